/**
 * From faces and constraints to the leaves of the linkage.
 *
 * Faces are ranked by id. A leaf is a must-link closure: all of its faces, their integer sum vector, their photos. Closures
 * run through ids that are not among the faces too (a face drawn by hand has no vector and still says that two others are
 * one person). Leaves are numbered by their least face, so a leaf's number is its key. A cannot-link inside of a closure
 * has no effect: whoever hands both in has decided it before (the facts' own rules leave none).
 *
 * A vector of another length than most (the least length of equally many), such as the empty one of a face drawn by hand,
 * counts as all zeros: similar to nothing.
 */
import { photoOfFace, type FaceId } from "@albumen/core/ids/face.ts";
import { compareBytes, compareText } from "@albumen/core/primitives/bytes.ts";
import type { ClusterFace, ClusterInput } from "@albumen/core/ports/clusterer.ts";
import { createForest } from "./forest.ts";

/** The faces in rank order with their vectors side by side, and the leaves over them. */
export interface Leaves {
  /** Face ids by rank. */
  readonly ids: readonly FaceId[];
  /** Length of a vector. */
  readonly dimension: number;
  /** `dimension` values per rank. */
  readonly vectors: Int8Array;
  /** Number of each rank's photo; photos are numbered in the order of their least face. */
  readonly photoByRank: Int32Array;
  readonly leafByRank: Int32Array;
  /** Ranks of each leaf, ascending. */
  readonly ranks: readonly (readonly number[])[];
  /** Leaves that each leaf must not be with, ascending. */
  readonly forbidden: readonly ReadonlySet<number>[];
}

/** The leaves of `input`. */
export function prepareLeaves(input: ClusterInput): Leaves {
  const faces = uniqueFaces(input.faces);
  const ids = faces.map(({ id }) => id);
  const numberById = new Map<FaceId, number>(ids.map((id, rank) => [id, rank]));
  const named = [...input.mustLink, ...input.cannotLink].flat();
  for (const id of named.sort(compareText)) if (!numberById.has(id)) numberById.set(id, numberById.size);
  const forest = createForest(numberById.size);
  const number = (id: FaceId): number => numberById.get(id) as number;
  for (const [a, b] of input.mustLink) forest.unite(number(a), number(b));
  const leafByRoot = new Map<number, number>();
  const ranks: number[][] = [];
  const leafByRank = Int32Array.from(ids, (_, rank) => {
    const root = forest.find(rank);
    const leaf = leafByRoot.get(root) ?? ranks.push([]) - 1;
    leafByRoot.set(root, leaf);
    ranks[leaf]?.push(rank);
    return leaf;
  });
  const forbidden = ranks.map(() => new Set<number>());
  for (const [a, b] of input.cannotLink) {
    const [left, right] = [leafByRoot.get(forest.find(number(a))), leafByRoot.get(forest.find(number(b)))];
    if (left === undefined || right === undefined || left === right) continue;
    forbidden[left]?.add(right);
    forbidden[right]?.add(left);
  }
  const dimension = commonLength(faces);
  return { ids, dimension, vectors: joinVectors(faces, dimension), photoByRank: numberPhotos(ids), leafByRank, ranks, forbidden };
}

/** Sorted by id, each id once: of several faces with one id the one with the least vector, so that the set alone decides. */
function uniqueFaces(faces: readonly ClusterFace[]): readonly ClusterFace[] {
  const bytes = ({ vector }: ClusterFace): Uint8Array => new Uint8Array(vector.buffer, vector.byteOffset, vector.length);
  const sorted = [...faces].sort((a, b) => compareText(a.id, b.id) || compareBytes(bytes(a), bytes(b)));
  return sorted.filter((face, i) => face.id !== sorted[i - 1]?.id);
}

function commonLength(faces: readonly ClusterFace[]): number {
  const counts = new Map<number, number>();
  for (const { vector } of faces) if (vector.length > 0) counts.set(vector.length, (counts.get(vector.length) ?? 0) + 1);
  const [most] = [...counts].sort(([a, many], [b, more]) => more - many || a - b);
  return most?.[0] ?? 0;
}

function joinVectors(faces: readonly ClusterFace[], dimension: number): Int8Array {
  const vectors = new Int8Array(faces.length * dimension);
  for (const [rank, { vector }] of faces.entries()) if (vector.length === dimension) vectors.set(vector, rank * dimension);
  return vectors;
}

function numberPhotos(ids: readonly FaceId[]): Int32Array {
  let photos = -1;
  let last: string | null = null;
  return Int32Array.from(ids, (id) => {
    const photo = photoOfFace(id);
    if (photo !== last) photos++;
    last = photo;
    return photos;
  });
}
