/**
 * The clusters while they grow. A cluster is named by its least leaf and holds: n faces, their integer sum vector S and
 * S·S, its photos, and the leaves that it must not be with. All sums are integers below 2⁵³ (up to 700,000 faces), so a
 * cluster's numbers depend on its faces alone and not on the order in which it was put together.
 */
import type { Leaves } from "./leaves.ts";
import { createForest, type Forest } from "./forest.ts";

/** Growing clusters; slots are leaf numbers, and only those that `forest` finds are alive. */
export interface Pool {
  readonly dimension: number;
  readonly forest: Forest;
  /** Faces per cluster. */
  readonly sizes: Int32Array;
  /** `dimension` sums per cluster. */
  readonly sums: Int32Array;
  /** S·S per cluster. */
  readonly squares: Float64Array;
  /** Photos per cluster, ascending, each once. */
  readonly photos: Int32Array[];
  readonly forbidden: ReadonlySet<number>[];
}

/** One cluster per leaf. */
export function createPool(leaves: Leaves): Pool {
  const { ranks, dimension, vectors, photoByRank } = leaves;
  const sums = new Int32Array(ranks.length * dimension);
  for (const [leaf, members] of ranks.entries()) {
    for (const rank of members) {
      for (let i = 0; i < dimension; i++) {
        sums[leaf * dimension + i] = (sums[leaf * dimension + i] as number) + (vectors[rank * dimension + i] as number);
      }
    }
  }
  const pool: Pool = {
    dimension,
    forest: createForest(ranks.length),
    sizes: Int32Array.from(ranks, (members) => members.length),
    sums,
    squares: new Float64Array(ranks.length),
    photos: ranks.map((members) => Int32Array.from(new Set(members.map((rank) => photoByRank[rank] as number)))),
    forbidden: [...leaves.forbidden],
  };
  for (let leaf = 0; leaf < ranks.length; leaf++) pool.squares[leaf] = sumProduct(pool, leaf, leaf);
  return pool;
}

/** S_A · S_B. */
export function sumProduct({ dimension, sums }: Pool, a: number, b: number): number {
  let product = 0;
  for (let i = 0; i < dimension; i++) product += (sums[a * dimension + i] as number) * (sums[b * dimension + i] as number);
  return product;
}

/** Merges cluster `b` into cluster `a`, where a < b. */
export function mergeClusters(pool: Pool, a: number, b: number): void {
  const { dimension, sums, sizes, squares, photos, forbidden } = pool;
  pool.forest.unite(a, b);
  sizes[a] = (sizes[a] as number) + (sizes[b] as number);
  for (let i = 0; i < dimension; i++) {
    sums[a * dimension + i] = (sums[a * dimension + i] as number) + (sums[b * dimension + i] as number);
  }
  squares[a] = sumProduct(pool, a, a);
  photos[a] = Int32Array.from(new Set([...(photos[a] ?? []), ...(photos[b] ?? [])])).sort();
  photos[b] = new Int32Array(0);
  const [left, right] = [forbidden[a], forbidden[b]];
  if (right !== undefined && right.size > 0) forbidden[a] = new Set([...(left ?? []), ...right]);
}

/** Whether nothing keeps clusters `a` and `b` apart: neither a cannot-link nor a photo on which both have a face. */
export function mayMerge({ forest, photos, forbidden }: Pool, a: number, b: number): boolean {
  for (const leaf of forbidden[a] ?? []) if (forest.find(leaf) === b) return false;
  const [left, right] = [photos[a], photos[b]];
  if (left === undefined || right === undefined) return true;
  const [few, many] = left.length < right.length ? [left, right] : [right, left];
  return few.every((photo) => !holds(many, photo));
}

function holds(sorted: Int32Array, value: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
}
