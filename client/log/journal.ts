/**
 * Journal: the ledger and the store together. What it appends or accepts is staged, then made durable in one transaction with
 * everything that belongs to it, and only then counts.
 *
 *   records   arrival number (12 digits) → record
 *   outbox    what the relay has not shown (`outbox.ts`)
 *   meta      "cursor" → the relay's position after the last page that was stored
 *   snapshot  "latest" → what was found out about the records (`snapshot-store.ts`)
 */
import type { MemberKeys } from "@albumen/core/crypto/keys.ts";
import { recordHash } from "@albumen/core/crypto/verify.ts";
import type { LibraryId, RecordHash } from "@albumen/core/ids/ids.ts";
import type { Store, StoreError, StoreWrite } from "@albumen/core/ports/store.ts";
import { bytesToU64, concatBytes, u64ToBytes } from "@albumen/core/primitives/bytes.ts";
import { ok, type Result } from "@albumen/core/primitives/result.ts";
import type { Cursor } from "@albumen/core/wire/page.ts";
import type { LedgerDifference } from "./check-ledger.ts";
import { createLedgerSwitch, type LedgerSwitch } from "./ledger-switch.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { openOutbox, outboxWrite, type OutgoingRecord } from "./outbox.ts";
import { forgetSnapshot, loadSnapshot, makeSnapshot } from "./snapshot-store.ts";
import { arrivalKey, readStoredRecords } from "./stored-records.ts";
import { inSteps, verifyStored, type Breathe } from "./verify-stored.ts";
import type { Staged } from "./staging.ts";

/** The durable log of one device. */
export interface Journal {
  readonly ledger: Ledger;
  /** Whether a snapshot was there that could not be used. */
  readonly isSnapshotDamaged: boolean;
  /** Records that are believed because a snapshot says so, until `verifyLog` is done. */
  readonly unverified: () => number;
  /**
   * Verifies every record of the store, and only then compares: what the log says takes the place of what was believed, and a
   * snapshot that said anything else is forgotten. Null where it was left before.
   */
  readonly verifyLog: (breathe: Breathe) => Promise<LedgerDifference | null>;
  /** Records that the snapshot does not cover. */
  readonly uncovered: () => number;
  /** Makes and keeps a snapshot of what is held; only after `verifyLog`. */
  readonly keepSnapshot: (breathe: Breathe) => Promise<void>;
  /**
   * Stages, stores and commits `records` with `also`. Own ones (all, or those that `outbox` names) go to the outbox; those that
   * the relay showed leave it with the same transaction.
   */
  readonly append: (
    records: readonly Uint8Array[],
    options?: { readonly outbox?: boolean | ReadonlySet<RecordHash>; readonly also?: readonly StoreWrite[] },
  ) => Promise<Result<Staged, StoreError>>;
  /** Records that no page of the relay has shown since they were put here. */
  readonly outboxSize: () => number;
  /** Those of them that were not tried since `beginRound`. */
  readonly outboxUntried: () => number;
  /** Whatever is in the outbox is to be tried again. */
  readonly beginRound: () => void;
  /** The oldest untried records of the outbox, up to `limit` of them and about `bytes` bytes; they count as tried from here. */
  readonly outboxBatch: (limit: number, bytes: number) => Promise<readonly OutgoingRecord[]>;
  /** Puts every record into the outbox that is not in `known`. */
  readonly queueMissing: (known: ReadonlySet<RecordHash>) => Promise<Result<null, StoreError>>;
  readonly cursor: () => Cursor | null;
  /**
   * Whether the relay's log is to be read from its beginning: a record came that vouches for one which was refused before, in an
   * earlier page. Asking takes it back.
   */
  readonly takeReread: () => boolean;
  /** The same, without taking it back. */
  readonly wantsReread: () => boolean;
}

/** The write that keeps `cursor`. */
export function cursorWrite(cursor: Cursor | null): StoreWrite {
  const value = cursor === null ? null : concatBytes(cursor.store, u64ToBytes(cursor.sequence), cursor.running);
  return { table: "meta", key: "cursor", value };
}

/** Records per slice where nobody waits for anything else. */
const wholeSlice = 4000;

/**
 * Opens the journal that `store` holds. Where a snapshot is there, it is believed for now, and only what arrived after it is
 * verified at once: `verifyLog` does the rest.
 */
export async function openJournal(store: Store, library: LibraryId, keys: MemberKeys): Promise<Journal> {
  const snapshot = await loadSnapshot(store, library, keys);
  const loaded = snapshot === "damaged" ? null : snapshot;
  const shown = createLedgerSwitch(loaded?.ledger ?? createLedger(library, keys));
  const stored = readStoredRecords(store, shown.ledger, loaded?.arrivals ?? 0, wholeSlice);
  while ((await stored.next()) > 0);
  stored.finish();
  const covered = loaded?.arrivals ?? 0;
  const held: Held = { store, library, keys, shown, next: stored.arrivals(), covered, unverified: covered };
  const outbox = await openOutbox(store);
  let reread = false;
  let cursor = parseCursor(await store.get("meta", "cursor"));
  const noteCursor = (also: readonly StoreWrite[]): void => {
    const moved = also.find((entry) => entry.table === "meta" && entry.key === "cursor");
    if (moved !== undefined) cursor = parseCursor(moved.value);
  };
  return {
    ledger: shown.ledger,
    isSnapshotDamaged: snapshot === "damaged",
    unverified: () => held.unverified,
    uncovered: () => held.next - held.covered,
    verifyLog: (breathe) => verifyLog(held, breathe),
    keepSnapshot: (breathe) => keepSnapshot(held, breathe),
    cursor: () => cursor,
    outboxSize: outbox.size,
    outboxUntried: outbox.untried,
    beginRound: outbox.beginRound,
    outboxBatch: outbox.batch,
    wantsReread: () => reread,
    takeReread: () => {
      const wanted = reread;
      reread = false;
      return wanted;
    },
    append: async (records, { outbox: own = false, also = [] } = {}) => {
      const isOwn = (hash: RecordHash): boolean => (typeof own === "boolean" ? own : own.has(hash));
      const staged = shown.ledger.stage(records);
      if (staged.vouchesForRefused) reread = true;
      const placed = staged.accepted.map((record, at) => ({ record, arrival: arrivalKey(held.next + at) }));
      const gone = own === true || outbox.size() === 0 ? [] : records.map(recordHash).filter(outbox.has);
      const writes = placed.flatMap(({ record, arrival }): StoreWrite[] => [
        { table: "records", key: arrival, value: record.bytes },
        ...(isOwn(record.hash) ? [outboxWrite(record.hash, arrival)] : []),
      ]);
      const written = await writeAll(store, [...writes, ...gone.map((hash) => outboxWrite(hash, null)), ...also]);
      if (!written.ok) return written;
      gone.forEach(outbox.remove);
      held.next += placed.length;
      for (const { record, arrival } of placed) if (isOwn(record.hash)) outbox.put(record.hash, arrival);
      noteCursor(also);
      shown.ledger.commit(staged.accepted);
      return ok(staged);
    },
    queueMissing: async (known) => {
      const missing: (readonly [RecordHash, string])[] = [];
      for (const [arrival, bytes] of await store.entries("records")) {
        const hash = recordHash(bytes);
        if (shown.ledger.has(hash) && !known.has(hash) && !outbox.has(hash)) missing.push([hash, arrival]);
      }
      const written = await writeAll(
        store,
        missing.map(([hash, arrival]) => outboxWrite(hash, arrival)),
      );
      if (written.ok) for (const [hash, arrival] of missing) outbox.put(hash, arrival);
      return written;
    },
  };
}

async function writeAll(store: Store, writes: readonly StoreWrite[]): Promise<Result<null, StoreError>> {
  return writes.length === 0 ? ok(null) : store.write(writes);
}

/** What a journal holds, and how far its snapshot goes. */
interface Held {
  readonly store: Store;
  readonly library: LibraryId;
  readonly keys: MemberKeys;
  readonly shown: LedgerSwitch;
  /** Arrivals so far. */
  next: number;
  /** Those of them that the snapshot covers, and those that are believed because of it. */
  covered: number;
  unverified: number;
}

async function verifyLog(held: Held, breathe: Breathe): Promise<LedgerDifference | null> {
  const { store, library, keys, shown } = held;
  const verified = createLedger(library, keys);
  const difference = await verifyStored(store, { verified, shown, breathe, stored: () => held.next });
  if (difference === null) return null;
  held.unverified = 0;
  const { altered, invented, omitted } = difference;
  if (altered + invented + omitted > 0 && (await store.write([forgetSnapshot])).ok) held.covered = 0;
  return difference;
}

async function keepSnapshot(held: Held, breathe: Breathe): Promise<void> {
  const arrivals = held.next;
  const made = await inSteps(makeSnapshot(held.shown.current(), arrivals, held.keys), breathe);
  if (made !== null && (await held.store.write([made])).ok) held.covered = arrivals;
}

function parseCursor(bytes: Uint8Array | null): Cursor | null {
  const sequence = bytes === null ? null : bytesToU64(bytes, 16);
  return bytes === null || sequence === null ? null : { store: bytes.slice(0, 16), sequence, running: bytes.slice(24, 56) };
}
