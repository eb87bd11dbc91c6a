import { describe, expect, test } from "vitest";
import { createFaceId, type Box } from "../ids/face.ts";
import type { PackId, PhotoId } from "../ids/ids.ts";
import { matchFaces, type BoxedFace } from "./face-matching.ts";
import { compareOverlaps, isHalf, overlapOf } from "./overlap.ts";

const photo = "1".repeat(32) as PhotoId;
const box = (x: number, w = 1000): Box => ({ x, y: 0, w, h: 1000 });
const old = (x: number, w?: number, pack = "a") => createFaceId({ photo, box: box(x, w), pack: pack.repeat(32) as PackId });
const shown = (x: number, w?: number): BoxedFace => ({
  id: createFaceId({ photo, box: box(x, w), pack: "f".repeat(32) as PackId }),
  box: box(x, w),
});

describe("overlap", () => {
  test("one half counts, anything less does not", () => {
    expect(overlapOf(box(0, 1000), box(0, 2000))).toEqual({ intersection: 1_000_000, union: 2_000_000 });
    expect(isHalf(overlapOf(box(0, 1000), box(0, 2000)))).toBe(true);
    expect(isHalf(overlapOf(box(0, 1000), box(0, 2001)))).toBe(false);
    expect(isHalf(overlapOf(box(5, 0), box(5, 0)))).toBe(false);
  });

  test("fractions that round to the same number are told apart", () => {
    const a = { intersection: 2 ** 32 - 3, union: 2 ** 32 - 2 };
    const b = { intersection: 2 ** 32 - 2, union: 2 ** 32 - 1 };
    const coarse = { intersection: 9_007_199_254_740_990, union: 9_007_199_254_740_991 };
    const fine = { intersection: 9_007_199_254_740_989, union: 9_007_199_254_740_990 };
    expect(compareOverlaps(a, b)).toBe(-1);
    expect(coarse.intersection / coarse.union === fine.intersection / fine.union).toBe(true);
    expect(compareOverlaps(fine, coarse)).toBe(-1);
    expect(compareOverlaps(a, a)).toBe(0);
  });
});

describe("matching", () => {
  test("the greatest overlap is matched first, and no face twice", () => {
    const [near, far] = [old(100), old(400)];
    expect(matchFaces([far, near], [shown(0)])).toEqual(new Map([[near, shown(0).id]]));
    expect(matchFaces([near], [shown(300), shown(50)])).toEqual(new Map([[near, shown(50).id]]));
  });

  test("of equal overlaps the least named face, then the least shown face, whatever the order of input", () => {
    const named = [old(300), old(100)];
    const expected = new Map([[old(100), shown(200).id]]);
    expect(matchFaces(named, [shown(200)])).toEqual(expected);
    expect(matchFaces([...named].reverse(), [shown(200)])).toEqual(expected);
    expect(matchFaces([old(200)], [shown(300), shown(100)])).toEqual(new Map([[old(200), shown(100).id]]));
  });

  test("two packs that name one face both find it", () => {
    const [a, b] = [old(10, 1000, "a"), old(20, 1000, "b")];
    expect(matchFaces([a, b], [shown(0)])).toEqual(
      new Map([
        [a, shown(0).id],
        [b, shown(0).id],
      ]),
    );
  });
});
