/**
 * Sorting in linear time where the order is known beforehand: items are dealt into buckets whose order is that of the items, and
 * only the few of one bucket are compared. Ids are hashes, so their first digits spread evenly; heights count up from 1.
 * Whatever the items are, the outcome is that of `[...items].sort(compare)`.
 */

import { compareText } from "./bytes.ts";

/** Sorted by `compare`; `bucketOf` gives whole numbers in 0 … `buckets` − 1 and never a greater one for a lesser item. */
export function sortInBuckets<T>(
  items: readonly T[],
  buckets: number,
  bucketOf: (item: T) => number,
  compare: (a: T, b: T) => number,
): T[] {
  if (items.length < smallCount) return [...items].sort(compare);
  const starts = new Uint32Array(buckets + 1);
  const bucketByItem = new Uint32Array(items.length);
  for (const [at, item] of items.entries()) {
    const bucket = bucketOf(item);
    bucketByItem[at] = bucket;
    starts[bucket + 1] = (starts[bucket + 1] ?? 0) + 1;
  }
  for (let bucket = 0; bucket < buckets; bucket++) starts[bucket + 1] = (starts[bucket + 1] ?? 0) + (starts[bucket] ?? 0);
  const ends = starts.slice();
  const sorted = items.slice();
  for (const [at, item] of items.entries()) {
    const bucket = bucketByItem[at] ?? 0;
    sorted[ends[bucket] ?? 0] = item;
    ends[bucket] = (ends[bucket] ?? 0) + 1;
  }
  for (let bucket = 0; bucket < buckets; bucket++) sortRange(sorted, starts[bucket] ?? 0, starts[bucket + 1] ?? 0, compare);
  return sorted;
}

/** Sorted by text, in order of UTF-16 code units; fast where the texts are lower-case hex. */
export function sortByText<T>(items: readonly T[], textOf: (item: T) => string): T[] {
  return sortInBuckets(
    items,
    textBuckets,
    (item) => bucketOfText(textOf(item)),
    (a, b) => compareText(textOf(a), textOf(b)),
  );
}

/** Below so many items buckets cost more than they save. */
const smallCount = 512;

/** Places of a character among those of hex: before the digits, the ten digits, between, the six letters, after. */
const ranks = 19;
const textBuckets = ranks ** 3;
const rankByCode = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code < 48) return 0;
  if (code < 58) return 1 + code - 48;
  if (code < 97) return 11;
  return Math.min(12 + code - 97, ranks - 1);
});

/** Never greater for a lesser text: the ranks of its first three characters, as far as they are hex. */
function bucketOfText(text: string): number {
  let bucket = 0;
  let isHex = true;
  for (let at = 0; at < 3; at++) {
    const rank = isHex && at < text.length ? (rankByCode[text.charCodeAt(at)] ?? ranks - 1) : 0;
    // One rank for many characters says nothing about what follows them.
    if (rank === 0 || rank === 11 || rank === ranks - 1) isHex = false;
    bucket = bucket * ranks + rank;
  }
  return bucket;
}

function sortRange<T>(items: T[], start: number, end: number, compare: (a: T, b: T) => number): void {
  if (end - start < 2) return;
  const range = items.slice(start, end).sort(compare);
  for (const [at, item] of range.entries()) items[start + at] = item;
}
