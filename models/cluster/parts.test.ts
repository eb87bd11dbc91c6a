import fc from "fast-check";
import { expect, test } from "vitest";
import { createFaceId } from "@albumen/core/ids/face.ts";
import type { PackId, PhotoId } from "@albumen/core/ids/ids.ts";
import { findNeighbours } from "./candidates.ts";
import { createForest } from "./forest.ts";
import { prepareLeaves } from "./leaves.ts";
import { createMergeQueue } from "./merge-queue.ts";

test("the queue gives the greatest linkage first, then the lesser name, then the lesser other name", () => {
  const candidate = fc.record({
    linkage: fc.nat(3),
    a: fc.nat(5),
    b: fc.nat(5),
    versionA: fc.constant(0),
    versionB: fc.constant(0),
  });
  fc.assert(
    fc.property(fc.array(candidate), (candidates) => {
      const queue = createMergeQueue();
      for (const each of candidates) queue.push(each);
      const sorted = [...candidates].sort((x, y) => y.linkage - x.linkage || x.a - y.a || x.b - y.b);
      expect(candidates.map(() => queue.pop())).toEqual(sorted);
      expect(queue.pop()).toBeNull();
    }),
  );
});

test("a set of the forest is named by its least member", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(9))), (pairs) => {
      const forest = createForest(10);
      let names = Array.from({ length: 10 }, (_, i) => i);
      for (const [a, b] of pairs) {
        forest.unite(a, b);
        const [x = 0, y = 0] = [names[a], names[b]];
        names = names.map((name) => (name === x || name === y ? Math.min(x, y) : name));
      }
      expect(names.map((_, i) => forest.find(i))).toEqual(names);
    }),
  );
});

test("faces of one photo take no place among the 32, and of equal candidates the first ones stay", () => {
  const pack = "1".repeat(32) as PackId;
  const id = (photo: number, place: number) =>
    createFaceId({ photo: photo.toString(16).padStart(32, "0") as PhotoId, box: { x: place, y: 0, w: 1, h: 1 }, pack });
  const vector = new Int8Array(16).fill(32);
  const crowd = Array.from({ length: 41 }, (_, place) => ({ id: id(1, place), vector, quality: 1 }));
  const neighbours = findNeighbours(
    prepareLeaves({ faces: [...crowd, { id: id(2, 0), vector, quality: 1 }], mustLink: [], cannotLink: [] }),
  );
  expect(neighbours.slice(0, 41)).toEqual(crowd.map(() => [41]));
  const spread = Array.from({ length: 40 }, (_, photo) => ({ id: id(photo, 0), vector, quality: 1 }));
  const first = findNeighbours(prepareLeaves({ faces: spread, mustLink: [], cannotLink: [] }));
  expect(first[39]).toEqual(Array.from({ length: 32 }, (_, i) => i));
});
