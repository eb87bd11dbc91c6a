/**
 * Which leaves may be compared: all pairs of faces by exact dot product, of which each face keeps the `candidatesPerFace`
 * most similar ones at `candidateDot` or above, in order of (dot descending, rank ascending). Pairs within one leaf, of
 * forbidden leaves or on one photo are no candidates and take no place. Two leaves are neighbours where a face of either
 * keeps a face of the other. O(n²) multiplications; the order of the loops does not show in the result.
 */
import type { Leaves } from "./leaves.ts";
import { candidateDot, candidatesPerFace } from "./thresholds.ts";

/** Each leaf's neighbours, ascending. */
export type Neighbours = readonly (readonly number[])[];

/** Faces of the inner loop that stay in the first cache: 64 vectors of 128 bytes are 8 KiB. */
const blockFaces = 64;

/** The neighbours of each leaf. */
export function findNeighbours(leaves: Leaves): Neighbours {
  const { ids, leafByRank, ranks } = leaves;
  const kept = createKept(ids.length);
  for (let block = 0; block < ids.length; block += blockFaces) {
    const end = Math.min(block + blockFaces, ids.length);
    for (let a = 0; a < end; a++) compareWithBlock(leaves, a, Math.max(a + 1, block), end, kept);
  }
  const neighbours = ranks.map(() => new Set<number>());
  for (let a = 0; a < ids.length; a++) {
    for (let place = 0; place < (kept.counts[a] as number); place++) {
      const left = leafByRank[a] as number;
      const right = leafByRank[kept.faces[a * candidatesPerFace + place] as number] as number;
      neighbours[left]?.add(right);
      neighbours[right]?.add(left);
    }
  }
  return neighbours.map((set) => [...set].sort((a, b) => a - b));
}

/** The best candidates of each face, best first. */
interface Kept {
  readonly counts: Int32Array;
  readonly faces: Int32Array;
  readonly dots: Int32Array;
}

function createKept(size: number): Kept {
  const room = size * candidatesPerFace;
  return { counts: new Int32Array(size), faces: new Int32Array(room), dots: new Int32Array(room) };
}

function compareWithBlock(leaves: Leaves, a: number, from: number, to: number, kept: Kept): void {
  const { vectors, dimension } = leaves;
  const start = a * dimension;
  for (let b = from; b < to; b++) {
    const other = b * dimension;
    let sum = 0;
    for (let i = 0; i < dimension; i++) sum += (vectors[start + i] as number) * (vectors[other + i] as number);
    if (sum < candidateDot || !mayMeet(leaves, a, b)) continue;
    keep(kept, a, b, sum);
    keep(kept, b, a, sum);
  }
}

function mayMeet({ photoByRank, leafByRank, forbidden }: Leaves, a: number, b: number): boolean {
  const [left, right] = [leafByRank[a] as number, leafByRank[b] as number];
  return photoByRank[a] !== photoByRank[b] && left !== right && !forbidden[left]?.has(right);
}

/** Inserts `other` among the best of `face`, where it belongs to them. */
function keep({ counts, faces, dots }: Kept, face: number, other: number, dot: number): void {
  const first = face * candidatesPerFace;
  const count = counts[face] as number;
  const better = (at: number): boolean => dot > (dots[at] as number) || (dot === dots[at] && other < (faces[at] as number));
  if (count === candidatesPerFace && !better(first + count - 1)) return;
  let at = first + Math.min(count, candidatesPerFace - 1);
  for (; at > first && better(at - 1); at--) {
    faces[at] = faces[at - 1] as number;
    dots[at] = dots[at - 1] as number;
  }
  faces[at] = other;
  dots[at] = dot;
  if (count < candidatesPerFace) counts[face] = count + 1;
}
