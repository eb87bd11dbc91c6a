/** Pages, cursors and challenges. */
import { demand, fromHex, join, numberAt, same, toHex } from "./bytes.ts";
import { hash, isSigned } from "./crypto.ts";

/** A position in a log. */
export interface Cursor {
  readonly store: string;
  readonly sequence: number;
  readonly running: string;
}

/** A page. */
export interface Page {
  readonly cursor: Cursor;
  readonly last: number;
  readonly records: readonly Uint8Array[];
}

/** The records of an upload. @throws Refused. */
export function readUpload(bytes: Uint8Array): readonly Uint8Array[] {
  const records: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = numberAt(bytes, at, 4);
    demand(length > 0 && length <= 1_048_576 && at + 4 + length <= bytes.length, "a record does not fit");
    records.push(bytes.slice(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return records;
}

/** The page in `bytes`. @throws Refused. */
export function readPage(bytes: Uint8Array): Page {
  demand(bytes.length >= 64, "its head is too short");
  const cursor = {
    store: toHex(bytes.subarray(0, 16)),
    sequence: numberAt(bytes, 16, 8),
    running: toHex(bytes.subarray(24, 56)),
  };
  return { cursor, last: numberAt(bytes, 56, 8), records: readUpload(bytes.slice(64)) };
}

/** Whether `page` follows `cursor`. */
export function continues(cursor: Cursor, page: Page): boolean {
  let running = fromHex(cursor.running);
  for (const record of page.records) running = hash(join(running, hash(record)));
  const isNext = page.cursor.store === cursor.store && page.cursor.sequence === cursor.sequence + page.records.length;
  return isNext && same(running, fromHex(page.cursor.running));
}

/** What is signed for a session (`library` given) or a find. */
export function challengeMessage(
  library: string | null,
  device: string,
  nonce: string,
  expires: number,
  origin: string,
): Uint8Array {
  const text = new TextEncoder().encode(`${expires}\n${origin}`);
  return join(fromHex((library ?? "") + device + nonce), text);
}

/** Whether `signature` answers a challenge under `label`. */
export function isAnswer(label: string, message: Uint8Array, signature: Uint8Array, device: string): boolean {
  return isSigned(label, message, signature, fromHex(device));
}
