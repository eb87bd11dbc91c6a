/**
 * Causal past: what the author of a record had seen, that is, its own chain and the frontiers it names, transitively, as far
 * as the records are held. What is not held proves nothing.
 */
import type { VerifiedRecord } from "../facts/verified-record.ts";
import type { RecordHash } from "../ids/ids.ts";

/** Whether the author of record `later` had seen record `earlier`; a record has not seen itself. */
export type CausalPast = (later: RecordHash, earlier: RecordHash) => boolean;

/**
 * The pasts of the records `of`. One pass from the newest to the oldest carries 32 of them as bits of an integer, so the
 * time is O(records × ⌈of ÷ 32⌉).
 */
export function findCausalPasts(records: readonly VerifiedRecord[], of: readonly RecordHash[]): CausalPast {
  const order = of.length === 0 ? [] : newestFirst(records);
  const bitByRecord = new Map([...new Set(of)].map((record, bit) => [record, bit]));
  const words: ReadonlyMap<RecordHash, number>[] = [];
  for (let word = 0; word * 32 < bitByRecord.size; word++) words.push(carryBits(order, word, bitByRecord));
  return (later, earlier) => {
    const bit = bitByRecord.get(later);
    if (bit === undefined) throw new RangeError("the past of this record was not asked for");
    return (((words[Math.floor(bit / 32)]?.get(earlier) ?? 0) >>> (bit % 32)) & 1) === 1;
  };
}

function carryBits(
  order: readonly VerifiedRecord[],
  word: number,
  bitByRecord: ReadonlyMap<RecordHash, number>,
): ReadonlyMap<RecordHash, number> {
  const bits = new Map<RecordHash, number>();
  for (const record of order) {
    const own = bitByRecord.get(record.hash);
    const mark = own !== undefined && Math.floor(own / 32) === word ? 1 << (own % 32) : 0;
    const carried = (bits.get(record.hash) ?? 0) | mark;
    if (carried !== 0) for (const parent of parentsOf(record)) bits.set(parent, (bits.get(parent) ?? 0) | carried);
  }
  return bits;
}

/** Every record after all that have seen it directly. */
function newestFirst(records: readonly VerifiedRecord[]): readonly VerifiedRecord[] {
  const recordByHash = new Map(records.map((record) => [record.hash, record]));
  const children = new Map<RecordHash, number>();
  for (const record of records) for (const parent of parentsOf(record)) children.set(parent, (children.get(parent) ?? 0) + 1);
  const ready = records.filter((record) => !children.has(record.hash));
  const order: VerifiedRecord[] = [];
  for (let record = ready.pop(); record !== undefined; record = ready.pop()) {
    order.push(record);
    for (const hash of parentsOf(record)) {
      const left = (children.get(hash) ?? 0) - 1;
      children.set(hash, left);
      const parent = recordByHash.get(hash);
      if (left === 0 && parent !== undefined) ready.push(parent);
    }
  }
  return order;
}

function parentsOf(record: VerifiedRecord): readonly RecordHash[] {
  const seen = record.seen.map((frontier) => frontier.hash);
  return record.previous === null ? seen : [record.previous, ...seen];
}
