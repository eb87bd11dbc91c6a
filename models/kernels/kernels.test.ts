/** Each kernel beside a slow twin that says the same in the fewest words. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { noise } from "../testing/pictures.ts";
import { exactExp } from "./exp.ts";
import type { RgbaImage, RgbImage } from "./image.ts";
import { orientPixels, toRgba } from "./orient.ts";
import { createPyramid, halve } from "./pyramid.ts";
import { fitSize, shrinkImage } from "./resize.ts";
import { dot, faceSimilarity } from "./similarity.ts";
import { fitSimilarity, invertSimilarity, type Similarity } from "./similarity-transform.ts";
import { warpImage } from "./warp.ts";

const at = (image: RgbImage, x: number, y: number, c: number): number => image.data[3 * (y * image.width + x) + c] ?? 0;
const inside = (image: RgbImage, x: number, y: number): boolean => x >= 0 && y >= 0 && x < image.width && y < image.height;
const draw = (width: number, height: number, colour: (x: number, y: number, c: number) => number): RgbImage => ({
  width,
  height,
  data: Uint8Array.from({ length: 3 * width * height }, (_, i) =>
    colour(((i - (i % 3)) / 3) % width, Math.floor(i / 3 / width), i % 3),
  ),
});
const side = fc.integer({ min: 1, max: 24 });

describe("exactExp", () => {
  test("is within 1e-12 of Math.exp, relative", () => {
    fc.assert(
      fc.property(fc.double({ min: -40, max: 40, noNaN: true }), (x) => {
        expect(Math.abs(exactExp(x) / Math.exp(x) - 1)).toBeLessThan(1e-12);
      }),
      { numRuns: 2000 },
    );
  });
  test("at its bounds and beyond", () => {
    expect([exactExp(0), exactExp(Number.NaN), exactExp(1e9), exactExp(-1e9)]).toEqual([1, 1, exactExp(40), exactExp(-40)]);
  });
});

describe("orientPixels", () => {
  /** Where each orientation puts the stored pixel (x, y) of a w × h picture: Exif 2.32 §4.6.4 A. */
  const place: readonly ((x: number, y: number, w: number, h: number) => readonly [number, number])[] = [
    (x, y) => [x, y],
    (x, y, w) => [w - 1 - x, y],
    (x, y, w, h) => [w - 1 - x, h - 1 - y],
    (x, y, _w, h) => [x, h - 1 - y],
    (x, y) => [y, x],
    (x, y, _w, h) => [h - 1 - y, x],
    (x, y, w, h) => [h - 1 - y, w - 1 - x],
    (x, y, w) => [y, w - 1 - x],
  ];
  test("puts every pixel where Exif says", () => {
    fc.assert(
      fc.property(side, side, fc.integer({ min: 1, max: 8 }), (width, height, orientation) => {
        const stored = noise(width, height, 7);
        const upright = orientPixels(toRgba(stored), orientation);
        expect([upright.width, upright.height]).toEqual(orientation >= 5 ? [height, width] : [width, height]);
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            const [ux, uy] = place[orientation - 1]?.(x, y, width, height) ?? [0, 0];
            for (let c = 0; c < 3; c++) expect(at(upright, ux, uy, c)).toBe(at(stored, x, y, c));
          }
        }
      }),
    );
  });
  test("lays alpha on white, rounded to the nearest", () => {
    for (let alpha = 0; alpha < 256; alpha += 5) {
      for (let value = 0; value < 256; value += 15) {
        const image: RgbaImage = { width: 1, height: 1, data: Uint8Array.of(value, value, value, alpha) };
        expect(orientPixels(image, 1).data[0]).toBe(Math.floor((alpha * value + (255 - alpha) * 255) / 255 + 0.5));
      }
    }
  });
});

describe("shrinkImage", () => {
  /** The mean over the exact area in fractions of BigInt. */
  const mean = (image: RgbImage, width: number, height: number, i: number, j: number, c: number): number => {
    let sum = 0n;
    for (let y = 0; y < image.height; y++) {
      for (let x = 0; x < image.width; x++) {
        const wx = Math.min((i + 1) * image.width, (x + 1) * width) - Math.max(i * image.width, x * width);
        const wy = Math.min((j + 1) * image.height, (y + 1) * height) - Math.max(j * image.height, y * height);
        if (wx > 0 && wy > 0) sum += BigInt(wx) * BigInt(wy) * BigInt(at(image, x, y, c));
      }
    }
    const area = BigInt(image.width * image.height);
    return Number((sum + area / 2n) / area);
  };
  test("is the mean over the area of each pixel", () => {
    fc.assert(
      fc.property(side, side, side, side, (w, h, a, b) => {
        const image = noise(Math.max(w, a), Math.max(h, b), 3);
        const [width, height] = [Math.min(w, a), Math.min(h, b)];
        expect(shrinkImage(image, { width, height })).toEqual(
          draw(width, height, (x, y, c) => mean(image, width, height, x, y, c)),
        );
      }),
      { numRuns: 50 },
    );
  });
  test("fitSize keeps proportions and never enlarges", () => {
    expect(fitSize({ width: 4000, height: 3000 }, 640)).toEqual({ width: 640, height: 480 });
    expect(fitSize({ width: 1, height: 60000 }, 640)).toEqual({ width: 1, height: 640 });
    expect(fitSize({ width: 30, height: 20 }, 640)).toEqual({ width: 30, height: 20 });
  });
});

describe("pyramid", () => {
  test("each level averages two by two", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 24 }), fc.integer({ min: 2, max: 24 }), (width, height) => {
        const image = noise(width, height, 5);
        const four = (x: number, y: number, c: number): number =>
          at(image, 2 * x, 2 * y, c) +
          at(image, 2 * x + 1, 2 * y, c) +
          at(image, 2 * x, 2 * y + 1, c) +
          at(image, 2 * x + 1, 2 * y + 1, c);
        expect(halve(image)).toEqual(draw(width >> 1, height >> 1, (x, y, c) => Math.floor((four(x, y, c) + 2) / 4)));
      }),
    );
  });
  test("ends at its last level", () => {
    const pyramid = createPyramid(noise(5, 2, 1));
    expect([0, 1, 2, 9].map((level) => pyramid.level(level).width)).toEqual([5, 2, 2, 2]);
  });
});

const number = (bound: number): fc.Arbitrary<number> => fc.double({ min: -bound, max: bound, noNaN: true });
const apply = ({ a, b, tx, ty }: Similarity, x: number, y: number): readonly [number, number] => [
  a * x - b * y + tx,
  b * x + a * y + ty,
];

describe("similarity", () => {
  const points = [38.2946, 51.6963, 73.5318, 51.5014, 56.0252, 71.7366, 41.5493, 92.3655, 70.7299, 92.2041];
  const pairs = [0, 2, 4, 6, 8];
  const similarity = fc.record({ a: number(3), b: number(3), tx: number(500), ty: number(500) });
  test("fitSimilarity finds the map that made the points, and invertSimilarity undoes it", () => {
    fc.assert(
      fc.property(similarity, (map) => {
        fc.pre(map.a * map.a + map.b * map.b > 1e-3);
        const moved = pairs.flatMap((i) => apply(map, points[i] ?? 0, points[i + 1] ?? 0));
        const found = fitSimilarity(points, moved);
        const back = found === null ? null : invertSimilarity(found);
        expect(found).not.toBeNull();
        for (const key of ["a", "b", "tx", "ty"] as const) expect(found?.[key]).toBeCloseTo(map[key], 8);
        const [x, y] = apply(back ?? map, ...apply(map, 3, 4));
        expect(x).toBeCloseTo(3, 6);
        expect(y).toBeCloseTo(4, 6);
      }),
    );
  });
  test("no map near the found one leaves smaller squares", () => {
    const error = (map: Similarity, target: readonly number[]): number =>
      pairs.reduce((sum, i) => {
        const [x, y] = apply(map, points[i] ?? 0, points[i + 1] ?? 0);
        return sum + (x - (target[i] ?? 0)) ** 2 + (y - (target[i + 1] ?? 0)) ** 2;
      }, 0);
    fc.assert(
      fc.property(
        fc.array(number(100), { minLength: 10, maxLength: 10 }),
        fc.record({ a: number(0.1), b: number(0.1), tx: number(1), ty: number(1) }),
        (target, step) => {
          const best = fitSimilarity(points, target) ?? { a: 0, b: 0, tx: 0, ty: 0 };
          const near = { a: best.a + step.a, b: best.b + step.b, tx: best.tx + step.tx, ty: best.ty + step.ty };
          expect(error(near, target)).toBeGreaterThanOrEqual(error(best, target) - 1e-6);
        },
      ),
    );
  });
  test("points that are all one have none", () => {
    expect(fitSimilarity([1, 1, 1, 1], [0, 0, 5, 5])).toBeNull();
    expect(invertSimilarity({ a: 0, b: 0, tx: 1, ty: 1 })).toBeNull();
  });
});

describe("warpImage", () => {
  const fixed = (value: number): number => Math.floor(value * 65536 + 0.5);
  const bilinear = (image: RgbImage, map: Similarity, x: number, y: number, c: number): number => {
    const u = fixed(map.a) * x - fixed(map.b) * y + fixed(map.tx);
    const v = fixed(map.b) * x + fixed(map.a) * y + fixed(map.ty);
    const [i, j] = [Math.floor(u / 65536), Math.floor(v / 65536)];
    const [p, q] = [Math.floor((u - 65536 * i) / 256), Math.floor((v - 65536 * j) / 256)];
    const colour = (dx: number, dy: number): number => (inside(image, i + dx, j + dy) ? at(image, i + dx, j + dy, c) : 0);
    const sum =
      (256 - p) * (256 - q) * colour(0, 0) + p * (256 - q) * colour(1, 0) + (256 - p) * q * colour(0, 1) + p * q * colour(1, 1);
    return Math.floor((sum + 32768) / 65536);
  };
  test("is the bilinear sample, black outside", () => {
    const image = noise(11, 9, 2);
    fc.assert(
      fc.property(fc.record({ a: number(2), b: number(2), tx: number(12), ty: number(12) }), (map) => {
        expect(warpImage(image, map, 8)).toEqual(draw(8, 8, (x, y, c) => bilinear(image, map, x, y, c)));
      }),
    );
  });
  test("the identity changes nothing", () => {
    const image = noise(8, 8, 4);
    expect(warpImage(image, { a: 1, b: 0, tx: 0, ty: 0 }, 8)).toEqual(image);
  });
});

describe("face similarity", () => {
  test("is the cosine in 1/10,000", () => {
    const [x, y] = [Int8Array.of(3, 4, 0), Int8Array.of(4, 3, 0)];
    expect([dot(x, y), faceSimilarity(x, x), faceSimilarity(x, y), faceSimilarity(x, new Int8Array(3))]).toEqual([
      24, 10000, 9600, 0,
    ]);
    expect(faceSimilarity(x, Int8Array.of(-3, -4, 0))).toBe(-10000);
  });
});
