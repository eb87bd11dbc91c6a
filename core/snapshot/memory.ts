/** Memory: what a device found out about the records it holds, as far as it can be remembered instead of found out again. */
import type { VerifiedRecord } from "../facts/verified-record.ts";
import type { FreeDocumentId } from "../ids/ids.ts";

/** A change of a free document, as it stands in a record. */
export interface RememberedChange {
  readonly document: FreeDocumentId;
  readonly bytes: Uint8Array;
}

/** A record that opened and counts, with its changes of free documents in their order. */
export interface RememberedRecord {
  readonly record: VerifiedRecord;
  readonly changes: readonly RememberedChange[];
}

/** A record that is held and does not count. */
export interface RememberedApart extends Pick<VerifiedRecord, "hash" | "device" | "sequence" | "previous"> {
  /** Why, as one sentence. */
  readonly reason: string;
}

/** All of it. Membership records are not in it: they are few, and are verified again each time. */
export interface LogMemory {
  readonly records: readonly RememberedRecord[];
  readonly apart: readonly RememberedApart[];
}
