/**
 * Remembered clusters: clustering is by far the dearest step of a projection, and most edits change neither faces nor
 * constraints. A clusterer is a pure function, so the answers to its last questions are kept with it, for as long as the
 * clusterer itself is held: four, one for each space of vectors that a library is likely to have at a time.
 */
import type { ClusterFace, Clusterer, ClusterInput } from "../ports/clusterer.ts";

type Clusters = ReturnType<Clusterer>;
type Pairs = ClusterInput["mustLink"];

const kept = 4;
const answersByClusterer = new WeakMap<Clusterer, readonly (readonly [ClusterInput, Clusters])[]>();

/** What `cluster` answers to `input`, asked only where it was not asked lately. */
export function clusterRemembered(cluster: Clusterer, input: ClusterInput): Clusters {
  const answers = answersByClusterer.get(cluster) ?? [];
  const known = answers.find(([asked]) => isSameInput(asked, input));
  const answer = known ?? ([input, cluster(input)] as const);
  answersByClusterer.set(cluster, [answer, ...answers.filter((other) => other !== known)].slice(0, kept));
  return answer[1];
}

function isSameInput(a: ClusterInput, b: ClusterInput): boolean {
  return (
    a.faces.length === b.faces.length &&
    isSamePairs(a.mustLink, b.mustLink) &&
    isSamePairs(a.cannotLink, b.cannotLink) &&
    a.faces.every((face, i) => isSameFace(face, b.faces[i]))
  );
}

function isSamePairs(a: Pairs, b: Pairs): boolean {
  return a.length === b.length && a.every(([first, second], i) => first === b[i]?.[0] && second === b[i]?.[1]);
}

function isSameFace(a: ClusterFace, b: ClusterFace | undefined): boolean {
  if (b === undefined || a.id !== b.id || a.quality !== b.quality) return false;
  return a.vector === b.vector || (a.vector.length === b.vector.length && a.vector.every((value, i) => value === b.vector[i]));
}
