/**
 * Pairs of clusters in order of (linkage descending, lesser name, greater name): a binary heap over flat arrays. An entry
 * remembers the versions of both clusters; the reader drops it where one of them has changed since.
 */

/** A pair of clusters, a < b, as it was when it was added. */
export interface MergeCandidate {
  readonly linkage: number;
  readonly a: number;
  readonly b: number;
  readonly versionA: number;
  readonly versionB: number;
}

/** A queue of candidates, the best first. */
export interface MergeQueue {
  push(candidate: MergeCandidate): void;
  /** Takes out the first, or null where none is left. */
  pop(): MergeCandidate | null;
}

/** An empty queue. */
export function createMergeQueue(): MergeQueue {
  const heap: MergeCandidate[] = [];
  return {
    push: (candidate) => {
      let at = heap.length;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        const above = heap[parent] as MergeCandidate;
        if (!isBefore(candidate, above)) break;
        heap[at] = above;
        at = parent;
      }
      heap[at] = candidate;
    },
    pop: () => {
      const first = heap[0];
      const last = heap.pop();
      if (first === undefined || last === undefined) return null;
      if (heap.length > 0) sink(heap, last);
      return first;
    },
  };
}

/** Puts `candidate` in the place of the first and moves it down to where it belongs. */
function sink(heap: MergeCandidate[], candidate: MergeCandidate): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isBefore(heap[child + 1] as MergeCandidate, heap[child] as MergeCandidate)) child++;
    const below = heap[child] as MergeCandidate;
    if (!isBefore(below, candidate)) break;
    heap[at] = below;
    at = child;
  }
  heap[at] = candidate;
}

function isBefore(x: MergeCandidate, y: MergeCandidate): boolean {
  if (x.linkage !== y.linkage) return x.linkage > y.linkage;
  return x.a !== y.a ? x.a < y.a : x.b < y.b;
}
