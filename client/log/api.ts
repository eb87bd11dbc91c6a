/**
 * What an application sees of the encrypted log of one device: who belongs to the library, how far this device and the relay
 * agree, and which records do not count. It knows nothing of what the records say.
 */
import type { DeviceId, LibraryId } from "@albumen/core/ids/ids.ts";

/** A device of the library. */
export interface DeviceView {
  readonly id: DeviceId;
  readonly name: string;
  /** Whether it is this one. */
  readonly self: boolean;
  readonly removed: boolean;
  /** The recovery words are an offline member. */
  readonly words: boolean;
}

/** How far this device and the relay agree. */
export interface SyncState {
  /** "idle" before the first attempt; "offline" keeps trying while live sync is on. */
  readonly phase: "idle" | "syncing" | "live" | "offline";
  /** Records of this device that the relay has not acknowledged. */
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

/** How a pairing talks with the person at this device. */
export interface PairingDialogue {
  /** The inviting side's code, as soon as it exists. */
  readonly code?: (code: string) => void;
  /** Both sides show `string`, "🐶 … 12345"; resolves to whether the person says that both screens show the same. */
  readonly confirm: (string: string, other: string) => Promise<boolean>;
  readonly signal?: AbortSignal;
}
