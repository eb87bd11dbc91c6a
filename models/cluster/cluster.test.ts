import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createFaceId, photoOfFace, type FaceId } from "@albumen/core/ids/face.ts";
import type { PackId, PhotoId } from "@albumen/core/ids/ids.ts";
import type { ClusterFace, ClusterInput } from "@albumen/core/ports/clusterer.ts";
import { dot } from "../kernels/similarity.ts";
import { createNumbers } from "../testing/pictures.ts";
import { clusterFaces } from "./cluster.ts";
import { clusterSlowly } from "../testing/cluster-twin.ts";

const pack = "1".repeat(32) as PackId;
const dimension = 16;

function name(photo: number, place: number): FaceId {
  const id = photo.toString(16).padStart(32, "0") as PhotoId;
  return createFaceId({ photo: id, box: { x: place, y: 0, w: 1, h: 1 }, pack });
}

/** A vector of length 127 near the `person`-th axis: `spread` 0 is on it, 1 is mostly noise. */
function vectorOf(person: number, spread: number, seed: number): Int8Array {
  const next = createNumbers(seed);
  const values = Array.from(
    { length: dimension },
    (_, i) => (i === person % dimension ? 1 : 0) + spread * (next() / 2 ** 31 - 1),
  );
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return Int8Array.from(values, (value) => Math.round((127 * value) / length));
}

/** Up to 40 faces of 5 people on 20 photos, with constraints between some of them. */
const input: fc.Arbitrary<ClusterInput> = fc
  .record({
    faces: fc.array(fc.record({ photo: fc.nat(19), person: fc.nat(4), spread: fc.nat(100), seed: fc.nat() }), { maxLength: 40 }),
    must: fc.array(fc.tuple(fc.nat(45), fc.nat(45)), { maxLength: 6 }),
    cannot: fc.array(fc.tuple(fc.nat(45), fc.nat(45)), { maxLength: 8 }),
  })
  .map(({ faces, must, cannot }) => {
    const named = faces.map(({ photo, person, spread, seed }, i): ClusterFace => {
      return { id: name(photo, i), vector: vectorOf(person, spread / 100, seed), quality: seed & 65535 };
    });
    // Ids beyond the faces are those of faces without a vector.
    const pairs = (list: readonly (readonly [number, number])[]) => list.map(([a, b]) => [idAt(a), idAt(b)] as const);
    const idAt = (i: number): FaceId => named[i]?.id ?? name(99, i);
    return { faces: named, mustLink: pairs(must), cannotLink: pairs(cannot) };
  });

/** Which closure each id is in, by must-links alone. */
function closures({ faces, mustLink, cannotLink }: ClusterInput): ReadonlyMap<FaceId, FaceId> {
  const ids = new Set([...faces.map(({ id }) => id), ...mustLink.flat(), ...cannotLink.flat()]);
  const closure = new Map<FaceId, FaceId>([...ids].map((id) => [id, id]));
  for (const _ of ids) {
    for (const [a, b] of mustLink) {
      const least = [closure.get(a) ?? a, closure.get(b) ?? b].sort()[0] ?? a;
      closure.set(a, least).set(b, least);
    }
  }
  return closure;
}

describe("clusterFaces", () => {
  test("equals its slow twin", () => {
    fc.assert(
      fc.property(input, (given) => {
        expect(clusterFaces(given)).toEqual(clusterSlowly(given));
      }),
      { numRuns: 300 },
    );
  });

  test("any order, repetition and direction of the input gives the same", () => {
    fc.assert(
      fc.property(input, fc.infiniteStream(fc.nat()), ({ faces, mustLink, cannotLink }, chance) => {
        const shuffle = <T>(items: readonly T[]): readonly T[] =>
          [...items, ...items.slice(0, 3)]
            .map((item) => ({ item, key: chance.next().value ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item);
        const turned = shuffle(mustLink).map(([a, b]) => [b, a] as const);
        const again = clusterFaces({ faces: shuffle(faces), mustLink: turned, cannotLink: shuffle(cannotLink) });
        expect(again).toEqual(clusterFaces({ faces, mustLink, cannotLink }));
      }),
    );
  });

  test("every face is in one cluster, and clusters are sorted", () => {
    fc.assert(
      fc.property(input, (given) => {
        const clusters = clusterFaces(given);
        expect(clusters.flat().sort()).toEqual(given.faces.map(({ id }) => id).sort());
        for (const members of clusters) expect(members).toEqual([...members].sort());
        expect(clusters.map(([first]) => first)).toEqual(clusters.map(([first]) => first).sort());
      }),
    );
  });

  test("constraints hold, and faces of one photo meet by must-links only", () => {
    fc.assert(
      fc.property(input, (given) => {
        const closure = closures(given);
        const clusterOf = new Map(clusterFaces(given).flatMap((members, i) => members.map((id) => [id, i] as const)));
        for (const { id: a } of given.faces) {
          for (const { id: b } of given.faces) {
            const together = clusterOf.get(a) === clusterOf.get(b);
            const linked = closure.get(a) === closure.get(b);
            if (linked) expect(together).toBe(true);
            else if (photoOfFace(a) === photoOfFace(b)) expect(together).toBe(false);
          }
        }
        for (const [a, b] of given.cannotLink) {
          if (!clusterOf.has(a) || !clusterOf.has(b) || closure.get(a) === closure.get(b)) continue;
          expect(clusterOf.get(a)).not.toBe(clusterOf.get(b));
        }
      }),
    );
  });

  const face = (photo: number, person: number, spread = 0.1): ClusterFace => {
    return { id: name(photo, 0), vector: vectorOf(person, spread, photo), quality: 1 };
  };
  const sizes = (given: Partial<ClusterInput>): readonly number[] =>
    clusterFaces({ faces: [], mustLink: [], cannotLink: [], ...given }).map((members) => members.length);

  test("nothing gives nothing", () => {
    expect(sizes({})).toEqual([]);
  });
  test("two people are two clusters", () => {
    expect(sizes({ faces: [face(1, 0), face(2, 1), face(3, 0), face(4, 1), face(5, 0)] })).toEqual([3, 2]);
  });
  test("a cannot-link between faces without vectors keeps their closures apart", () => {
    const [x, y] = [name(50, 0), name(51, 0)];
    const faces = [face(1, 0), face(2, 0), face(3, 0), face(4, 0)];
    const mustLink = [[name(1, 0), x] as const, [name(4, 0), y] as const];
    expect(sizes({ faces, mustLink, cannotLink: [[x, y]] }).length).toBe(2);
    expect(sizes({ faces, mustLink }).length).toBe(1);
  });
  test("a vector of another length is similar to nothing", () => {
    const odd: ClusterFace = { id: name(9, 0), vector: new Int8Array(1024).fill(11), quality: 1 };
    const manual: readonly ClusterFace[] = [20, 21, 22, 23].map((photo) => ({
      id: name(photo, 0),
      vector: new Int8Array(0),
      quality: 1,
    }));
    expect(sizes({ faces: [face(1, 0), odd, face(2, 0), face(3, 0), ...manual] })).toEqual([3, 1, 1, 1, 1, 1]);
  });
  test("of two faces with one id and different vectors the order does not choose", () => {
    const [x, y] = [face(1, 0), { ...face(2, 1), id: name(1, 0) }];
    const others = [face(3, 0), face(4, 0), face(5, 1)];
    expect(clusterFaces({ faces: [x, y, ...others], mustLink: [], cannotLink: [] })).toEqual(
      clusterFaces({ faces: [y, x, ...others], mustLink: [], cannotLink: [] }),
    );
  });
  test("a straggler joins the one cluster that is much nearer than the next", () => {
    const vector = (...values: readonly number[]): Int8Array => Int8Array.from({ length: dimension }, (_, i) => values[i] ?? 0);
    const group = (first: number, axis: Int8Array): readonly ClusterFace[] =>
      [0, 1, 2].map((i) => ({ id: name(first + i, 0), vector: axis, quality: 1 }));
    const groups = [...group(1, vector(127)), ...group(4, vector(0, 127))];
    const straggler = (...values: readonly number[]): readonly ClusterFace[] => [
      ...groups,
      { id: name(9, 0), vector: vector(...values), quality: 1 },
    ];
    expect(dot(vector(127), vector(60, 40, 104))).toBe(7620);
    expect(sizes({ faces: straggler(60, 40, 104) })).toEqual([4, 3]);
    expect(sizes({ faces: straggler(60, 45, 102) })).toEqual([3, 3, 1]);
    expect(sizes({ faces: straggler(53, 0, 115) })).toEqual([3, 3, 1]);
    const twins = [vector(60, 40, 104), vector(60, 40, 0, 104)].map((v, i) => ({ id: name(9, i), vector: v, quality: 1 }));
    expect(sizes({ faces: [...groups, ...twins] })).toEqual([4, 3, 1]);
  });
});
