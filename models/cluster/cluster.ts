/**
 * Clusters of faces that look alike: a pure function of the set of faces and constraints. Integer sums, √ × ÷ in a fixed
 * order, every tie broken by the order of face ids; no randomness, no clock, no order of arrival.
 *
 *   leaves (must-link closures) → candidates (exact, top 32) → geo linkage to 0.50 → step 2 for clusters of one and two
 *
 * Faces of one photo are never merged by similarity, unless must-links make them one. Forbidden pairs, and clusters that
 * hold one, are apart in every step; a cannot-link between any two faces of two must-link closures keeps the closures
 * apart, so one pair per two closures is enough. Cost: n² / 2 dot products, then about n log n. A
 * face's quality is not used by the linkage.
 */
import type { FaceId } from "@albumen/core/ids/face.ts";
import type { ClusterInput } from "@albumen/core/ports/clusterer.ts";
import { findNeighbours } from "./candidates.ts";
import { prepareLeaves } from "./leaves.ts";
import { mergeByLinkage } from "./linkage.ts";
import { createPool } from "./pool.ts";
import { joinStragglers } from "./stragglers.ts";

export type { ClusterFace, ClusterInput } from "@albumen/core/ports/clusterer.ts";

/** The clusters, each sorted by face id, sorted by first face. A pure function of the set: any order of input gives the same. */
export function clusterFaces(input: ClusterInput): readonly (readonly FaceId[])[] {
  const leaves = prepareLeaves(input);
  const pool = createPool(leaves);
  mergeByLinkage(pool, findNeighbours(leaves));
  joinStragglers(pool);
  const clusters = new Map<number, FaceId[]>();
  for (const [rank, id] of leaves.ids.entries()) {
    const root = pool.forest.find(leaves.leafByRank[rank] as number);
    const members = clusters.get(root);
    if (members === undefined) clusters.set(root, [id]);
    else members.push(id);
  }
  return [...clusters.values()];
}
