import { describe, expect, test } from "vitest";
import { createPyramid } from "../kernels/pyramid.ts";
import { sha256 } from "../eval/parts.ts";
import { noise } from "../testing/pictures.ts";
import { alignFace, alignedSide } from "./align.ts";
import { quantise } from "./embed.ts";
import { packId } from "./pack-id.ts";
import { faceQuality, laplacianVariance } from "./quality.ts";

const template = [38.2946, 51.6963, 73.5318, 51.5014, 56.0252, 71.7366, 41.5493, 92.3655, 70.7299, 92.2041];
/** The template's landmarks in a photo of `side` pixels, `scale` times as large, as shares. */
const shares = (side: number, scale: number): readonly number[] =>
  template.map((at) => (((at + 0.5) * scale - 0.5) / side) * 65536);

describe("alignFace", () => {
  test("a photo that is aligned already stays as it is", () => {
    const photo = noise(alignedSide, alignedSide, 1);
    expect(alignFace(createPyramid(photo), shares(alignedSide, 1))).toEqual(photo);
  });
  test("a face four times as large is the fourfold average", () => {
    const pyramid = createPyramid(noise(4 * alignedSide, 4 * alignedSide, 1));
    expect(alignFace(pyramid, shares(4 * alignedSide, 4))).toEqual(pyramid.level(2));
  });
  test("landmarks in one point give none", () => {
    expect(
      alignFace(
        createPyramid(noise(9, 9, 1)),
        Array.from({ length: 10 }, () => 77),
      ),
    ).toBeNull();
  });
});

describe("quantise", () => {
  test("length 127, rounded half up, within int8", () => {
    expect([...quantise(Float32Array.of(3, -4))]).toEqual([76, -102]);
    expect([...quantise(Float32Array.of(-3, 4))]).toEqual([-76, 102]);
    expect([...quantise(Float32Array.of(-5, 0))]).toEqual([-127, 0]);
    expect([...quantise(new Float32Array(2))]).toEqual([0, 0]);
  });
});

describe("faceQuality", () => {
  const photo = { width: 1000, height: 1000 };
  const sharp = noise(alignedSide, alignedSide, 1);
  const flat = { ...sharp, data: new Uint8Array(sharp.data.length).fill(99) };
  const box = (side: number) => ({ x: 0, y: 0, w: side, h: side });
  const facing = [100, 100, 200, 100, 150, 150, 110, 200, 190, 200];
  const turned = [100, 100, 200, 100, 190, 150, 110, 200, 190, 200];
  test("grows with size, sharpness and a facing pose", () => {
    const good = faceQuality(box(9000), facing, photo, sharp);
    expect(good).toBeGreaterThan(60000);
    expect(good).toBeLessThanOrEqual(65535);
    expect(faceQuality(box(3000), facing, photo, sharp)).toBeLessThan(good);
    expect(faceQuality(box(9000), turned, photo, sharp)).toBeLessThan(good);
    expect(faceQuality(box(9000), facing, photo, flat)).toBe(0);
    expect(
      faceQuality(
        box(9000),
        Array.from({ length: 10 }, () => 1),
        photo,
        sharp,
      ),
    ).toBe(0);
  });
  test("the variance is that of the Laplacian", () => {
    const values: number[] = [];
    const grey = (x: number, y: number): number => {
      const [r = 0, g = 0, b = 0] = sharp.data.subarray(3 * (y * alignedSide + x));
      return Math.floor((77 * r + 150 * g + 29 * b + 128) / 256);
    };
    for (let y = 1; y < alignedSide - 1; y++) {
      for (let x = 1; x < alignedSide - 1; x++)
        values.push(grey(x - 1, y) + grey(x + 1, y) + grey(x, y - 1) + grey(x, y + 1) - 4 * grey(x, y));
    }
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(laplacianVariance(sharp)).toBe(Math.floor(variance));
  });
});

describe("packId", () => {
  const weights = { detector: Uint8Array.of(1), embedder: Uint8Array.of(2) };
  const binaries = { runtime: Uint8Array.of(3), jpegDecoder: Uint8Array.of(4) };
  test("depends on every byte of weights and binaries, and not on their order", async () => {
    const id = await packId(weights, binaries, sha256);
    const others = await Promise.all([
      packId({ ...weights, detector: Uint8Array.of(2) }, binaries, sha256),
      packId({ detector: weights.embedder, embedder: weights.detector }, binaries, sha256),
      packId(weights, { ...binaries, runtime: Uint8Array.of(9) }, sha256),
      packId(weights, { runtime: binaries.runtime }, sha256),
    ]);
    expect(new Set([id, ...others]).size).toBe(5);
    expect(await packId(weights, { jpegDecoder: binaries.jpegDecoder, runtime: binaries.runtime }, sha256)).toBe(id);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
  });
});
