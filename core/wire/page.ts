/**
 * Pages: how records travel in bulk, in both directions.
 *
 *   upload    ( length (4, big-endian) ‖ record )*
 *   download  store id (16) ‖ sequence after the page (8) ‖ running hash after the page (32) ‖ last sequence of the log (8)
 *             ‖ ( length (4) ‖ record )*
 *
 * The store's sequence counts its accepted records from 1 in order of arrival; the running hash is
 * H(previous running hash ‖ record hash), H = BLAKE2b-256, starting from 32 zero bytes. (store id, sequence, running hash) is
 * a cursor: any mismatch means another store, or one that was rolled back, and the reader starts over.
 */
import { bytesToU32, bytesToU64, concatBytes, u32ToBytes, u64ToBytes } from "../primitives/bytes.ts";
import { err, ok, type Result } from "../primitives/result.ts";
import { recordLimits } from "./record.ts";

/** A position in a relay's log. */
export interface Cursor {
  /** 16 bytes that the store drew when it was made. */
  readonly store: Uint8Array;
  /** Records before this position; 0 at the start. */
  readonly sequence: number;
  /** 32 bytes. */
  readonly running: Uint8Array;
}

/** A part of the log. */
export interface Page {
  /** Position after the page's last record. */
  readonly cursor: Cursor;
  /** Sequence of the newest record of the log: more is to be read where it exceeds the cursor's. */
  readonly last: number;
  readonly records: readonly Uint8Array[];
}

/** Why bytes are not a page. */
export interface PageError {
  readonly kind: "malformed-page";
  readonly reason: string;
}

/** Sizes: bytes and records of one page, in either direction. */
export const pageLimits = { bytes: 4_194_304, records: 2000, head: 64 } as const;

/** The upload form of `records`. */
export function encodeRecords(records: readonly Uint8Array[]): Uint8Array {
  return concatBytes(...records.flatMap((record) => [u32ToBytes(record.length), record]));
}

/** The records of an upload. */
export function parseRecords(bytes: Uint8Array): Result<readonly Uint8Array[], PageError> {
  const records: Uint8Array[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const length = bytesToU32(bytes, offset);
    if (length === null || length === 0 || length > recordLimits.maximum || offset + 4 + length > bytes.length) {
      return malformed(`the record at byte ${offset} does not fit`);
    }
    records.push(bytes.subarray(offset + 4, offset + 4 + length));
    if (records.length > pageLimits.records) return malformed(`it holds more than ${pageLimits.records} records`);
    offset += 4 + length;
  }
  return ok(records);
}

/** The download form of a page. */
export function encodePage(page: Page): Uint8Array {
  const { store, sequence, running } = page.cursor;
  return concatBytes(store, u64ToBytes(sequence), running, u64ToBytes(page.last), encodeRecords(page.records));
}

/** The page in `bytes`. */
export function parsePage(bytes: Uint8Array): Result<Page, PageError> {
  const sequence = bytesToU64(bytes, 16);
  const last = bytesToU64(bytes, 56);
  if (bytes.length < pageLimits.head || sequence === null || last === null) return malformed("its head is damaged");
  const records = parseRecords(bytes.subarray(pageLimits.head));
  if (!records.ok) return records;
  return ok({ cursor: { store: bytes.slice(0, 16), sequence, running: bytes.slice(24, 56) }, last, records: records.value });
}

function malformed(reason: string): Result<never, PageError> {
  return err({ kind: "malformed-page", reason });
}
