/**
 * Outbox: which records no page of the relay has shown since they were written here or found to be missing there. Its entries are
 * durable with the transactions of the journal; which of them were tried in this round is not.
 *
 *   outbox    record hash → arrival number, until a page of the relay shows the record
 */
import type { RecordHash } from "@albumen/core/ids/ids.ts";
import type { Store, StoreWrite } from "@albumen/core/ports/store.ts";
import { utf8, utf8ToText } from "@albumen/core/primitives/bytes.ts";

/** A record on its way to the relay. */
export interface OutgoingRecord {
  readonly hash: RecordHash;
  readonly bytes: Uint8Array;
}

/** The records that the relay has not shown. `put` and `remove` follow the writes that make them durable. */
export interface Outbox {
  readonly size: () => number;
  readonly has: (hash: RecordHash) => boolean;
  readonly put: (hash: RecordHash, arrival: string) => void;
  readonly remove: (hash: RecordHash) => void;
  readonly untried: () => number;
  readonly beginRound: () => void;
  readonly batch: (limit: number, bytes: number) => Promise<readonly OutgoingRecord[]>;
}

/** The write that puts a record into the outbox, or takes it out where `arrival` is null. */
export function outboxWrite(hash: RecordHash, arrival: string | null): StoreWrite {
  return { table: "outbox", key: hash, value: arrival === null ? null : utf8(arrival) };
}

/** The outbox in `store`. */
export async function openOutbox(store: Store): Promise<Outbox> {
  const stored = await store.entries("outbox");
  const arrivals = new Map(stored.map(([hash, value]) => [hash as RecordHash, utf8ToText(value) ?? ""]));
  const tried = new Set<RecordHash>();
  const untried = (): (readonly [RecordHash, string])[] => [...arrivals].filter(([hash]) => !tried.has(hash));
  return {
    size: () => arrivals.size,
    has: (hash) => arrivals.has(hash),
    put: (hash, arrival) => arrivals.set(hash, arrival),
    remove: (hash) => arrivals.delete(hash),
    untried: () => untried().length,
    beginRound: () => tried.clear(),
    batch: async (limit, bytes) => {
      const batch: OutgoingRecord[] = [];
      let size = 0;
      for (const [hash, arrival] of untried().sort(([, a], [, b]) => (a < b ? -1 : 1))) {
        const record = await store.get("records", arrival);
        if (record === null) continue;
        size += record.length + 4;
        if (batch.length > 0 && (batch.length >= limit || size > bytes)) break;
        batch.push({ hash, bytes: record });
        tried.add(hash);
      }
      return batch;
    },
  };
}
