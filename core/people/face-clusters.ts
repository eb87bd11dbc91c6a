/**
 * Face clusters: what the clusterer makes of the shown faces under what people said. Each pack's vectors are a space of their
 * own and are clustered apart; ignored faces and faces without a vector are in no cluster.
 *
 * Must-link: all confirmed faces of a class. Cannot-link: the confirmed faces of two classes (one pair for every two, since
 * each class is one closure), and a face and every class it was denied for.
 * A cluster belongs to the class of its confirmed faces; should a clusterer disregard the constraints, to nobody.
 * Its id is the hash of its earliest-announced face by (height, device, photo, box), so faces that come later never change it.
 */
import { labelledHash } from "../crypto/hash.ts";
import { faceToBytes } from "../facts/fact-fields.ts";
import type { FaceId } from "../ids/face.ts";
import type { ClusterId, PersonId } from "../ids/ids.ts";
import { bytesToHex, compareText } from "../primitives/bytes.ts";
import type { ClusterFace, Clusterer, ClusterInput } from "../ports/clusterer.ts";
import { clusterRemembered } from "./remembered-clusters.ts";
import type { FaceStanding } from "./face-standings.ts";
import type { ShownFace } from "./shown-faces.ts";

/** Faces that look alike. */
export interface FaceCluster {
  readonly id: ClusterId;
  /** Sorted by id. */
  readonly faces: readonly ShownFace[];
  /** The class of its confirmed faces; null where there are none. */
  readonly person: PersonId | null;
}

type Standings = ReadonlyMap<FaceId, FaceStanding>;

/** The clusters of `faces`, by id. */
export function clusterShownFaces(faces: readonly ShownFace[], standings: Standings, cluster: Clusterer): readonly FaceCluster[] {
  const facesBySpace = new Map<string, ShownFace[]>();
  for (const face of faces) {
    if (face.vector === null || (standings.get(face.id)?.ignore ?? null) !== null) continue;
    const space = `${face.id.slice(50)} ${face.vector.length}`;
    const list = facesBySpace.get(space) ?? [];
    list.push(face);
    facesBySpace.set(space, list);
  }
  return [...facesBySpace.values()]
    .flatMap((space) => clusterSpace(space, standings, cluster))
    .sort((a, b) => compareText(a.id, b.id));
}

function clusterSpace(space: readonly ShownFace[], standings: Standings, cluster: Clusterer): readonly FaceCluster[] {
  const faceById = new Map(space.map((face) => [face.id, face]));
  return clusterRemembered(cluster, clusterInput(space, standings)).map((ids) => {
    const members = ids.flatMap((id) => faceById.get(id) ?? []).sort((a, b) => compareText(a.id, b.id));
    const people = new Set(members.flatMap((face) => standings.get(face.id)?.person ?? []));
    const [person = null] = people.size === 1 ? people : [];
    return { id: clusterId(members), faces: members, person };
  });
}

/** What the clusterer is given for the faces of one space, sorted. */
function clusterInput(space: readonly ShownFace[], standings: Standings): ClusterInput {
  const sorted = [...space].sort((a, b) => compareText(a.id, b.id));
  const faces: ClusterFace[] = [];
  const mustLink: (readonly [FaceId, FaceId])[] = [];
  const cannotLink: (readonly [FaceId, FaceId])[] = [];
  const firstByClass = new Map<PersonId, FaceId>();
  for (const { id, vector, quality } of sorted) {
    if (vector !== null) faces.push({ id, vector, quality });
    const person = standings.get(id)?.person ?? null;
    if (person === null) continue;
    const first = firstByClass.get(person);
    if (first === undefined) firstByClass.set(person, id);
    else mustLink.push([first, id]);
  }
  const firsts = [...firstByClass.values()];
  for (const [i, a] of firsts.entries()) for (const b of firsts.slice(i + 1)) cannotLink.push([a, b]);
  for (const { id } of sorted) {
    for (const denied of [...(standings.get(id)?.denies.keys() ?? [])].sort(compareText)) {
      const first = firstByClass.get(denied);
      if (first !== undefined && first !== id) cannotLink.push([id, first]);
    }
  }
  return { faces, mustLink, cannotLink };
}

function clusterId(faces: readonly ShownFace[]): ClusterId {
  const [first] = [...faces].sort(
    (a, b) => a.first.height - b.first.height || compareText(a.first.device, b.first.device) || compareText(a.id, b.id),
  );
  if (first === undefined) throw new RangeError("a cluster without faces");
  return bytesToHex(labelledHash("albumen cluster 1", faceToBytes(first.id), 16)) as ClusterId;
}
