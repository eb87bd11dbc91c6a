/**
 * Step 1: geo linkage. With m = √(n · √(S·S)), D(A, B) = 127 · (S_A·S_B) / (m_A · m_B): the cosine of the centroids times
 * the geometric mean of how coherent each cluster is, so loose clusters attract less. S·S and S_A·S_B are exact integers,
 * then √, ×, ÷ of IEEE 754 in this fixed order. Neighbouring clusters are merged, the greatest D first, ties by the lesser
 * name and then the greater name, while D ≥ `mergeLinkage`. A pair that constraints or a shared photo keep apart is
 * dropped when its turn comes; it can never be allowed later, since both only grow.
 */
import type { Neighbours } from "./candidates.ts";
import { createMergeQueue, type MergeQueue } from "./merge-queue.ts";
import { mayMerge, mergeClusters, sumProduct, type Pool } from "./pool.ts";
import { mergeLinkage } from "./thresholds.ts";

/** D(A, B) at scale 127²; 0 where a cluster's vectors add up to nothing. */
export function linkage(pool: Pool, a: number, b: number): number {
  const m = moment(pool, a) * moment(pool, b);
  return m > 0 ? (127 * sumProduct(pool, a, b)) / m : 0;
}

/** Merges the clusters of `pool` as far as step 1 goes. */
export function mergeByLinkage(pool: Pool, neighbours: Neighbours): void {
  const versions = new Int32Array(neighbours.length);
  const around = neighbours.map((leaves) => [...leaves]);
  const queue = createMergeQueue();
  const compare = (x: number, y: number): void => {
    const [a, b] = x < y ? [x, y] : [y, x];
    pushPair(queue, pool, versions, a, b);
  };
  for (const [leaf, others] of around.entries()) for (const other of others) if (leaf < other) compare(leaf, other);
  for (let next = queue.pop(); next !== null; next = queue.pop()) {
    const { a, b } = next;
    if (versions[a] !== next.versionA || versions[b] !== next.versionB || !mayMerge(pool, a, b)) continue;
    mergeClusters(pool, a, b);
    versions[a] = (versions[a] as number) + 1;
    versions[b] = -1;
    const alive = new Set<number>();
    for (const leaf of [...(around[a] ?? []), ...(around[b] ?? [])]) alive.add(pool.forest.find(leaf));
    alive.delete(a);
    around[a] = [...alive];
    around[b] = [];
    for (const other of alive) compare(a, other);
  }
}

function pushPair(queue: MergeQueue, pool: Pool, versions: Int32Array, a: number, b: number): void {
  const value = linkage(pool, a, b);
  if (value < mergeLinkage) return;
  queue.push({ linkage: value, a, b, versionA: versions[a] as number, versionB: versions[b] as number });
}

function moment({ sizes, squares }: Pool, cluster: number): number {
  return Math.sqrt((sizes[cluster] as number) * Math.sqrt(squares[cluster] as number));
}
