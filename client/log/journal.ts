/**
 * Journal: the ledger and the store together. What it appends or accepts is staged, then made durable in one transaction with
 * everything that belongs to it, and only then counts.
 *
 *   records   arrival number (12 digits) → record
 *   outbox    record hash → arrival number, until a page of the relay shows the record
 *   meta      "cursor" → the relay's position after the last page that was stored
 */
import type { MemberKeys } from "@albumen/core/crypto/keys.ts";
import { recordHash } from "@albumen/core/crypto/verify.ts";
import type { LibraryId, RecordHash } from "@albumen/core/ids/ids.ts";
import type { Store, StoreError, StoreWrite } from "@albumen/core/ports/store.ts";
import { bytesToU64, concatBytes, u64ToBytes, utf8, utf8ToText } from "@albumen/core/primitives/bytes.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import type { Cursor } from "@albumen/core/wire/page.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import type { Staged } from "./staging.ts";

/** The durable log of one device. */
export interface Journal {
  readonly ledger: Ledger;
  /**
   * Stages, stores and commits `records` with `also`. Own ones go to the outbox; those that the relay showed leave it with the
   * same transaction.
   */
  readonly append: (
    records: readonly Uint8Array[],
    options?: { readonly outbox?: boolean; readonly also?: readonly StoreWrite[] },
  ) => Promise<Result<Staged, StoreError>>;
  /** Records that no page of the relay has shown since they were put here. */
  readonly outboxSize: () => number;
  /** Those of them that were not tried since `beginRound`. */
  readonly outboxUntried: () => number;
  /** Whatever is in the outbox is to be tried again. */
  readonly beginRound: () => void;
  /** The oldest untried records of the outbox, up to `limit` of them and about `bytes` bytes; they count as tried from here. */
  readonly outboxBatch: (
    limit: number,
    bytes: number,
  ) => Promise<readonly { readonly hash: RecordHash; readonly bytes: Uint8Array }[]>;
  /** Puts every record into the outbox that is not in `known`. */
  readonly queueMissing: (known: ReadonlySet<RecordHash>) => Promise<Result<null, StoreError>>;
  readonly cursor: () => Cursor | null;
}

/** The write that keeps `cursor`. */
export function cursorWrite(cursor: Cursor | null): StoreWrite {
  const value = cursor === null ? null : concatBytes(cursor.store, u64ToBytes(cursor.sequence), cursor.running);
  return { table: "meta", key: "cursor", value };
}

/** Opens the journal that `store` holds; what it stored was verified when it was accepted. */
export async function openJournal(store: Store, library: LibraryId, keys: MemberKeys): Promise<Journal> {
  const ledger = createLedger(library, keys);
  const arrivals = new Map<RecordHash, string>();
  const stored = await store.entries("records");
  const loaded = ledger.stage(stored.map(([, bytes]) => bytes));
  const arrivalByBytes = new Map(stored.map(([key, bytes]) => [bytes, key]));
  for (const record of loaded.accepted) arrivals.set(record.hash, arrivalByBytes.get(record.bytes) ?? "");
  ledger.commit(loaded.accepted);
  let next = stored.length === 0 ? 0 : Number(stored[stored.length - 1]?.[0]) + 1;
  const outbox = new Map((await store.entries("outbox")).map(([hash, value]) => [hash as RecordHash, utf8ToText(value) ?? ""]));
  const tried = new Set<RecordHash>();
  let cursor = parseCursor(await store.get("meta", "cursor"));

  const write = async (writes: readonly StoreWrite[], done: () => void): Promise<Result<null, StoreError>> => {
    const written = writes.length === 0 ? ok(null) : await store.write(writes);
    if (written.ok) done();
    return written;
  };
  return {
    ledger,
    cursor: () => cursor,
    outboxSize: () => outbox.size,
    outboxUntried: () => [...outbox.keys()].filter((hash) => !tried.has(hash)).length,
    beginRound: () => tried.clear(),
    append: async (records, options = {}) => {
      const staged = ledger.stage(records);
      const placed = staged.accepted.map((record, at) => ({ record, arrival: String(next + at).padStart(12, "0") }));
      const isOwn = options.outbox === true;
      const shown = isOwn || outbox.size === 0 ? [] : records.map(recordHash).filter((hash) => outbox.has(hash));
      const writes = placed.flatMap(({ record, arrival }): StoreWrite[] => [
        { table: "records", key: arrival, value: record.bytes },
        ...(isOwn ? [{ table: "outbox", key: record.hash, value: utf8(arrival) } as const] : []),
      ]);
      const gone = shown.map((hash): StoreWrite => ({ table: "outbox", key: hash, value: null }));
      const written = await write([...writes, ...gone, ...(options.also ?? [])], () => {
        for (const hash of shown) outbox.delete(hash);
        next += placed.length;
        for (const { record, arrival } of placed) {
          arrivals.set(record.hash, arrival);
          if (isOwn) outbox.set(record.hash, arrival);
        }
        const moved = options.also?.find((entry) => entry.table === "meta" && entry.key === "cursor");
        if (moved !== undefined) cursor = parseCursor(moved.value);
        ledger.commit(staged.accepted);
      });
      return written.ok ? ok(staged) : err(written.error);
    },
    outboxBatch: async (limit, bytes) => {
      const batch: { hash: RecordHash; bytes: Uint8Array }[] = [];
      let size = 0;
      const untried = [...outbox].filter(([hash]) => !tried.has(hash));
      for (const [hash, arrival] of untried.sort(([, a], [, b]) => (a < b ? -1 : 1))) {
        const record = await store.get("records", arrival);
        if (record === null) continue;
        size += record.length + 4;
        if (batch.length > 0 && (batch.length >= limit || size > bytes)) break;
        batch.push({ hash, bytes: record });
        tried.add(hash);
      }
      return batch;
    },
    queueMissing: (known) => {
      const missing = [...arrivals].filter(([hash]) => !known.has(hash) && !outbox.has(hash));
      return write(
        missing.map(([hash, arrival]): StoreWrite => ({ table: "outbox", key: hash, value: utf8(arrival) })),
        () => {
          for (const [hash, arrival] of missing) outbox.set(hash, arrival);
        },
      );
    },
  };
}

function parseCursor(bytes: Uint8Array | null): Cursor | null {
  const sequence = bytes === null ? null : bytesToU64(bytes, 16);
  return bytes === null || sequence === null ? null : { store: bytes.slice(0, 16), sequence, running: bytes.slice(24, 56) };
}
