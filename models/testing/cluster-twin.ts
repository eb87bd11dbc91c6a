/** For tests: the clustering of cluster.ts in the fewest words, cubic in time: what the fast code is compared with. */
import { photoOfFace, type FaceId } from "@albumen/core/ids/face.ts";
import { compareText } from "@albumen/core/primitives/bytes.ts";
import type { ClusterFace, ClusterInput } from "@albumen/core/ports/clusterer.ts";
import { dot } from "../kernels/similarity.ts";

type Group = readonly ClusterFace[];

/** As `clusterFaces`, for faces with distinct ids and vectors of one length. */
export function clusterSlowly({ faces, mustLink, cannotLink }: ClusterInput): readonly (readonly FaceId[])[] {
  const closure = new Map<FaceId, FaceId>();
  const closureOf = (id: FaceId): FaceId => closure.get(id) ?? id;
  for (const [a, b] of mustLink) {
    const [from, to] = [closureOf(a), closureOf(b)];
    for (const { id } of faces) if (closureOf(id) === from) closure.set(id, to);
    for (const id of [...mustLink, ...cannotLink].flat()) if (closureOf(id) === from) closure.set(id, to);
  }
  const linked = (a: FaceId, b: FaceId): boolean => closureOf(a) === closureOf(b);
  const forbidden = new Set(
    cannotLink.flatMap(([a, b]) => [`${closureOf(a)} ${closureOf(b)}`, `${closureOf(b)} ${closureOf(a)}`]),
  );
  const apart = (a: FaceId, b: FaceId): boolean =>
    !linked(a, b) && (photoOfFace(a) === photoOfFace(b) || forbidden.has(`${closureOf(a)} ${closureOf(b)}`));
  const mayMeet = (x: Group, y: Group): boolean => x.every(({ id: a }) => y.every(({ id: b }) => !apart(a, b)));

  const sorted = [...faces].sort((a, b) => compareText(a.id, b.id));
  const best = new Map<FaceId, ReadonlySet<FaceId>>(
    sorted.map((face) => {
      const others = sorted.filter(
        ({ id, vector }) => !linked(id, face.id) && !apart(id, face.id) && dot(vector, face.vector) >= 6775,
      );
      const order = others.sort((a, b) => dot(b.vector, face.vector) - dot(a.vector, face.vector) || compareText(a.id, b.id));
      return [face.id, new Set(order.slice(0, 32).map(({ id }) => id))];
    }),
  );
  const areCandidates = (x: Group, y: Group): boolean =>
    x.some(({ id: a }) => y.some(({ id: b }) => best.get(a)?.has(b) || best.get(b)?.has(a)));

  const names = [...new Set(sorted.map(({ id }) => closureOf(id)))];
  let groups: Group[] = names.map((name) => sorted.filter(({ id }) => closureOf(id) === name));
  for (;;) {
    groups.sort((x, y) => compareText(x[0]?.id ?? "", y[0]?.id ?? ""));
    let pick: { readonly value: number; readonly x: Group; readonly y: Group } | null = null;
    for (const [i, x] of groups.entries()) {
      for (const y of groups.slice(i + 1)) {
        if (!areCandidates(x, y) || !mayMeet(x, y)) continue;
        const value = geoLinkage(x, y);
        if (value >= 8065 && (pick === null || value > pick.value)) pick = { value, x, y };
      }
    }
    if (pick === null) break;
    const { x, y } = pick;
    groups = [...groups.filter((group) => group !== x && group !== y), join(x, y)];
  }
  return stepTwo(groups, mayMeet).map((group) => group.map(({ id }) => id));
}

function stepTwo(groups: readonly Group[], mayMeet: (x: Group, y: Group) => boolean): readonly Group[] {
  const large = groups.filter((group) => group.length >= 3);
  const joins = groups.flatMap((small) => {
    if (small.length >= 3) return [];
    const reach = large.filter((group) => mayMeet(group, small)).map((group) => ({ group, value: centroidCosine(group, small) }));
    const [first, second] = reach.sort((a, b) => b.value - a.value);
    const isClear = first !== undefined && first.value >= 6775 && first.value - Math.max(0, second?.value ?? 0) >= 2258;
    return isClear ? [{ small, ...first }] : [];
  });
  const grown = new Map<Group, Group>(groups.map((group) => [group, group]));
  for (const { small, group } of joins.sort((a, b) => b.value - a.value)) {
    const now = grown.get(group) ?? group;
    if (!mayMeet(now, small)) continue;
    grown.set(group, join(now, small));
    grown.delete(small);
  }
  return [...grown.values()].sort((x, y) => compareText(x[0]?.id ?? "", y[0]?.id ?? ""));
}

function join(x: Group, y: Group): Group {
  return [...x, ...y].sort((a, b) => compareText(a.id, b.id));
}

function sumOf(group: Group): readonly number[] {
  return Array.from(group[0]?.vector ?? [], (_, i) => group.reduce((sum, { vector }) => sum + (vector[i] ?? 0), 0));
}

function product(x: Group, y: Group): number {
  const other = sumOf(y);
  return sumOf(x).reduce((sum, value, i) => sum + value * (other[i] ?? 0), 0);
}

function geoLinkage(x: Group, y: Group): number {
  const moment = (group: Group): number => Math.sqrt(group.length * Math.sqrt(product(group, group)));
  const m = moment(x) * moment(y);
  return m > 0 ? (127 * product(x, y)) / m : 0;
}

function centroidCosine(x: Group, y: Group): number {
  const norms = Math.sqrt(product(x, x)) * Math.sqrt(product(y, y));
  return norms > 0 ? (16129 * product(x, y)) / norms : 0;
}
