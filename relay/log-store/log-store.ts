/**
 * Port: the relay's log, one append-only sequence of records per library.
 *
 * Invariants. Places count from 1 without gaps, in order of arrival. A record's running hash is H(running hash before ‖ record
 * hash) from 32 zero bytes (core/wire/page.ts). Append is idempotent on the record hash, which covers device and sequence. At
 * one (device, sequence) up to 4 different hashes are kept: from the second on the outcome is "forked", the fifth is refused.
 * Records set aside (a removed key's own continuation) are bounded per device. A key is found in every library that holds a
 * record which admits it. What was acknowledged is there after a crash of the process or the machine, where the adapter has a
 * disk.
 *
 * The store trusts its caller: records were parsed and checked before they come here. `Date` and randomness enter only where
 * a store is made (its id).
 */
import type { DeviceId, LibraryId, RecordHash } from "@albumen/core/ids/ids.ts";
import type { Result } from "@albumen/core/primitives/result.ts";
import type { Page } from "@albumen/core/wire/page.ts";
import type { RecordKind } from "@albumen/core/wire/record.ts";

/** A checked record with what the log sorts it by; all of it also stands in `bytes`. */
export interface LogEntry {
  readonly hash: RecordHash;
  readonly device: DeviceId;
  readonly sequence: number;
  readonly previous: RecordHash | null;
  readonly kind: RecordKind;
  /** Whether a removed key appended it itself. */
  readonly aside: boolean;
  /** Keys that the record admits with their own signature (consenting-keys.ts); empty for content. */
  readonly admits: readonly DeviceId[];
  readonly bytes: Uint8Array;
}

/** What became of one entry; `place` is its sequence in the library's log. */
export type LogOutcome =
  | { readonly outcome: "stored" | "duplicate" | "forked"; readonly place: number }
  | { readonly outcome: "refused"; readonly why: "too-many-forks" | "too-many-aside" };

/** How much of a library the store holds. */
export interface LogUsage {
  readonly records: number;
  /** How many of them are membership records. */
  readonly membership: number;
  readonly bytes: number;
  /** How many of them are of membership records. */
  readonly membershipBytes: number;
}

/** How much of the log a page may hold: records, and bytes in its download form, head included. */
export interface PageBounds {
  readonly records: number;
  readonly bytes: number;
}

/** Why the store did nothing; nothing of the request took effect. */
export interface LogStoreError {
  readonly kind: "log-store-unavailable";
  readonly reason: string;
}

/** The port. What is asked of a library is answered from that library alone. */
export interface LogStore {
  /** 16 bytes drawn when the store was made. */
  readonly id: Uint8Array;
  /** Appends all entries in order, in one transaction; outcomes in the same order. */
  readonly append: (library: LibraryId, entries: readonly LogEntry[]) => Promise<Result<readonly LogOutcome[], LogStoreError>>;
  /**
   * Records after place `after`, as many as the bounds allow: none where not even one fits. Beyond the end the page's cursor is
   * the end's, so a reader that knows more than the store sees a rollback.
   */
  readonly page: (library: LibraryId, after: number, bounds: PageBounds) => Promise<Result<Page, LogStoreError>>;
  /** Membership records in order of arrival. */
  readonly membership: (library: LibraryId) => Promise<Result<readonly Uint8Array[], LogStoreError>>;
  /** Where each record stands; null where it is not held. */
  readonly places: (
    library: LibraryId,
    hashes: readonly RecordHash[],
  ) => Promise<Result<readonly (number | null)[], LogStoreError>>;
  /**
   * Where chains lead: for those of `from` that are held, and for every membership record that is met from there, the nearest
   * membership record before it, or where the chain has a gap the hash that is missing; null at a chain's beginning. Costs one
   * step per hash looked up, whatever lies between; what lies beyond `steps` is left out, as if it were not held.
   */
  readonly membershipBefore: (
    library: LibraryId,
    from: readonly RecordHash[],
    steps: number,
  ) => Promise<Result<ReadonlyMap<RecordHash, RecordHash | null>, LogStoreError>>;
  readonly usage: (library: LibraryId) => Promise<Result<LogUsage, LogStoreError>>;
  /** Libraries that hold a record which admits `device`, in the order in which those arrived, at most `limit`. */
  readonly librariesOf: (device: DeviceId, limit: number) => Promise<Result<readonly LibraryId[], LogStoreError>>;
  /** How many libraries the store holds. */
  readonly libraries: () => Promise<Result<number, LogStoreError>>;
  /** Finishes what was asked and lets go of the disk. Afterwards every method fails. */
  readonly close: () => Promise<void>;
}

/** Counts: hashes kept at one (device, sequence); records a removed key may set aside. */
export const logLimits = { forks: 4, aside: 64 } as const;
