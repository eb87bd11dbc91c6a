/**
 * Verified records: what the lower half (wire, crypto, membership, documents) hands to replay once a record's authenticity,
 * encryption, schema and every Automerge change in it were checked. Nothing here is trusted to be wise, only to be genuine.
 */
import type { Frontier } from "../ids/frontier.ts";
import type { DeviceId, FactId, RecordHash } from "../ids/ids.ts";

export type { Frontier };

/** One fact as stated: its id was recomputed from its place in the log, so it cannot be squatted. */
export interface StatedFact {
  readonly id: FactId;
  /** Canonical CBOR; see `fact.ts`. */
  readonly bytes: Uint8Array;
}

/** One user action. */
export interface VerifiedEvent {
  /** What was done, a short verb such as "name" or "import"; for history, never for decisions. */
  readonly what: string;
  /** Wall clock of the author in milliseconds since 1970; for display only, may be wrong by years. */
  readonly at: number;
  /** 1 + the greatest height the author had seen; 1 … 2⁵³−1. */
  readonly height: number;
  /** In the order of their index in the record. */
  readonly facts: readonly StatedFact[];
  /** Canonical CBOR of an announcement event, or null where the event states facts; see `announcement.ts`. */
  readonly announcement: Uint8Array | null;
}

/** One record, verified. */
export interface VerifiedRecord {
  readonly hash: RecordHash;
  readonly device: DeviceId;
  /** From 1. */
  readonly sequence: number;
  /** Null for the first record of a device. */
  readonly previous: RecordHash | null;
  readonly seen: readonly Frontier[];
  readonly events: readonly VerifiedEvent[];
}
