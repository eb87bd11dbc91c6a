/**
 * Belonging: whose face it is. A face that a person assigned is *confirmed*. Any other face of a person's cluster is *sure*
 * where its best dot product with a confirmed face of that cluster reaches `sureDot`, else *suggested*; a face that was denied
 * for that person is neither. Only confirmed and sure faces enter albums.
 */
import type { FaceId } from "../ids/face.ts";
import type { ClusterId, PersonId } from "../ids/ids.ts";
import type { FaceCluster } from "./face-clusters.ts";
import type { FaceStanding } from "./face-standings.ts";
import type { ShownFace } from "./shown-faces.ts";

/**
 * Least dot product of two vectors at scale 127 with which a face is sure: cosine 0.50. On LFW the pack's false accept rate is
 * 1e-3 at cosine 0.324 for a single pair (FACTS.md); the margin pays for comparing with many confirmed faces.
 */
export const sureDot = 8065;

/** Whose a face is. */
export interface FaceBelonging {
  readonly cluster: ClusterId | null;
  readonly person: PersonId | null;
  readonly belonging: "confirmed" | "sure" | "suggested" | null;
  /** The confirmed face that it resembles most, and their dot product; null for faces that nobody compared. */
  readonly nearest: { readonly face: FaceId; readonly dot: number } | null;
}

/** Whose each face is. */
export function judgeBelonging(
  faces: readonly ShownFace[],
  clusters: readonly FaceCluster[],
  standings: ReadonlyMap<FaceId, FaceStanding>,
): ReadonlyMap<FaceId, FaceBelonging> {
  const belongings = new Map<FaceId, FaceBelonging>();
  const personOf = (face: FaceId): PersonId | null => standings.get(face)?.person ?? null;
  for (const { id } of faces) belongings.set(id, { cluster: null, ...confirmedAs(personOf(id)) });
  for (const cluster of clusters) {
    const confirmed = cluster.faces.filter(({ id }) => cluster.person !== null && personOf(id) === cluster.person);
    for (const face of cluster.faces) {
      const denied = cluster.person === null || standings.get(face.id)?.denies.has(cluster.person) === true;
      if (denied || personOf(face.id) !== null) {
        belongings.set(face.id, { cluster: cluster.id, ...confirmedAs(personOf(face.id)) });
        continue;
      }
      const nearest = findNearest(face, confirmed);
      const belonging = nearest !== null && nearest.dot >= sureDot ? "sure" : "suggested";
      belongings.set(face.id, { cluster: cluster.id, person: cluster.person, belonging, nearest });
    }
  }
  return belongings;
}

/** What facts alone say. */
function confirmedAs(person: PersonId | null): Omit<FaceBelonging, "cluster"> {
  return { person, belonging: person === null ? null : "confirmed", nearest: null };
}

/** Of equally near faces the least id. */
function findNearest(face: ShownFace, confirmed: readonly ShownFace[]): FaceBelonging["nearest"] {
  let nearest: FaceBelonging["nearest"] = null;
  for (const candidate of confirmed) {
    const dot = dotProduct(face.vector, candidate.vector);
    if (nearest === null || dot > nearest.dot) nearest = { face: candidate.id, dot };
  }
  return nearest;
}

/** Exact: at most 1,024 products of at most 127². */
function dotProduct(a: Int8Array | null, b: Int8Array | null): number {
  if (a === null || b === null) return 0;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
