/**
 * What an application sees of the encrypted log of one device: who belongs to the library, how far this device and the relay
 * agree, and which records do not count. It knows nothing of what the records say.
 */
import type { DeviceId, LibraryId, RecordHash } from "@albumen/core/ids/ids.ts";
import type { PairingString } from "@albumen/core/membership/pairing-string.ts";
import type { StoreError } from "@albumen/core/ports/store.ts";

export type { PairingString };

/** A device of the library. */
export interface DeviceView {
  readonly id: DeviceId;
  readonly name: string;
  /** Whether it is this one. */
  readonly self: boolean;
  readonly removed: boolean;
  /** The recovery words are an offline member. */
  readonly words: boolean;
  /** Who admitted it; null for the first words. Times are milliseconds since 1970 by the clock of whoever did it; null where unknown. */
  readonly addedBy: DeviceId | null;
  readonly addedAt: number | null;
  readonly removedBy: DeviceId | null;
  /** Of this device: when it heard of its removal, whose own time is sealed to those who stay. */
  readonly removedAt: number | null;
  /** By its own clock, at the newest thing it did that arrived here. */
  readonly lastActive: number | null;
  /** Who may remove it: this device, only somebody more senior with the recovery words at hand, or nobody any more. */
  readonly removal: "here" | "with-words" | "done";
}

/** Something that shows that a relay or a device does not behave, as one or two sentences for people. */
export interface EvidenceView {
  readonly kind: "fork" | "missing" | "rollback" | "other-log" | "copy" | "snapshot" | "failed-key";
  /** Whose records it is about; null where it is about the relay or this device. */
  readonly device: DeviceId | null;
  /** The records, sorted: both are kept. */
  readonly records: readonly RecordHash[];
  /** Milliseconds since 1970 by this device's clock; null where it holds as long as it is shown. */
  readonly at: number | null;
  readonly text: string;
}

/** Records that a device wrote and that do not count, because it was removed before them. They can be adopted. */
export interface AsideView {
  readonly device: DeviceId;
  /** In the order of the device's chain. */
  readonly records: readonly RecordHash[];
}

/** How far this device and the relay agree. */
export interface SyncState {
  /** "idle" before the first attempt; "offline" keeps trying while live sync is on. */
  readonly phase: "idle" | "syncing" | "live" | "offline";
  /** Records that the relay has not shown to have. */
  readonly outbox: number;
  /** Blobs on their way to the relay, and from it. */
  readonly uploads: number;
  readonly downloads: number;
  /** Why the last attempt failed, as one sentence; null where it did not. */
  readonly problem: string | null;
  /** Milliseconds since 1970 by the local clock; null where no sync was complete yet. */
  readonly lastComplete: number | null;
}

/** A record that does not count, and why. */
export interface QuarantineView {
  /** Hash of the record. */
  readonly id: string;
  readonly device: DeviceId | null;
  readonly reason: string;
}

/** Everything that can be shown of a log. */
export interface LogState {
  readonly library: LibraryId;
  readonly device: DeviceId;
  readonly deviceName: string;
  readonly relay: string;
  readonly devices: readonly DeviceView[];
  readonly sync: SyncState;
  readonly quarantine: readonly QuarantineView[];
  /** Records that this device shows as it remembers them, while it verifies them again in the background; 0 when it is done. */
  readonly unverified: number;
  readonly evidence: readonly EvidenceView[];
  /** By device. */
  readonly aside: readonly AsideView[];
  /** This device showed new recovery words, and nobody has shown it yet that they are on paper. */
  readonly wordsUnchecked: boolean;
}

/** What one round of sync moved: records up and down, blobs up and down. */
export interface SyncReport {
  readonly pushed: number;
  readonly pulled: number;
  readonly uploaded: number;
  readonly downloaded: number;
}

/** Why something involving the relay or another device failed. */
export interface SyncError {
  readonly kind: "unreachable" | "refused" | "wrong-code" | "aborted" | "timed-out" | "damaged";
  readonly reason: string;
}

/** Why something that only members may do was not done; nothing was written. */
export interface AuthorityError {
  readonly kind: "removed" | "unknown-device" | "needs-words" | "wrong-words" | "nothing-to-do" | "no-keys";
  readonly reason: string;
}

/** Why something was not written. */
export type WriteError = AuthorityError | StoreError;

/** How a pairing talks with the person at this device. */
export interface PairingDialogue {
  /** The inviting side's code, as soon as it exists. */
  readonly code?: (code: string) => void;
  /**
   * Shows `string` and asks whether the other screen shows the same. `other` is the other device's name; null where it is not
   * known yet. `over` aborts when the pairing ended while the question stands: then it is to be withdrawn.
   */
  readonly confirm: (string: PairingString, other: string | null, over: AbortSignal) => Promise<boolean>;
  /** Ends the pairing for this side's person. */
  readonly signal?: AbortSignal;
}
