import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Box } from "@albumen/core/ids/face.ts";
import { createPyramid } from "../kernels/pyramid.ts";
import type { Model, Outputs } from "../runtime/session.ts";
import { noise } from "../testing/pictures.ts";
import { compareBoxes, detectFaces, shrinkFor, suppress, type FoundFace } from "./detect.ts";
import { decodeDetections, detectorInput, detectorSide } from "./yunet.ts";

/** A head that sees one face: in the cell (3, 2) of stride 32, e⁰ · 32 × e¹ · 32 pixels. */
function oneFace(): Outputs {
  const outputs = new Map<string, Float32Array>();
  for (const stride of [8, 16, 32]) {
    const cells = (detectorSide / stride) ** 2;
    outputs.set(`cls_${stride}`, new Float32Array(cells));
    outputs.set(`obj_${stride}`, new Float32Array(cells));
    outputs.set(`bbox_${stride}`, new Float32Array(4 * cells));
    outputs.set(`kps_${stride}`, new Float32Array(10 * cells));
  }
  const cell = 2 * 20 + 3;
  outputs.get("cls_32")?.set([0.9], cell);
  outputs.get("obj_32")?.set([1.6], cell);
  outputs.get("bbox_32")?.set([0.5, 0.25, 0, 1], 4 * cell);
  outputs.get("kps_32")?.set([0, 0, 1, 0, 0.5, 0.5, 0, 1, 1, 1], 10 * cell);
  return outputs;
}

describe("YuNet's head", () => {
  test("is decoded as published", () => {
    const [face, ...rest] = decodeDetections(oneFace());
    const height = 32 * Math.E;
    expect(rest).toEqual([]);
    expect(face?.score).toBeCloseTo(Math.sqrt(0.9), 6);
    expect([face?.x, face?.y, face?.w].map((value) => value?.toFixed(6))).toEqual([
      "96.000000",
      (72 - height / 2).toFixed(6),
      "32.000000",
    ]);
    expect(face?.h).toBeCloseTo(height, 6);
    expect(face?.landmarks).toEqual([96, 64, 128, 64, 112, 80, 96, 96, 128, 96]);
  });
  test("gives nothing below the threshold", () => {
    expect(decodeDetections(oneFace(), 0.96)).toEqual([]);
  });
  test("takes blue, green, red planes with the picture in the corner", () => {
    const image = noise(5, 3, 1);
    const input = detectorInput(image);
    const plane = detectorSide * detectorSide;
    expect(input[2 * detectorSide + 4]).toBe(image.data[3 * 14 + 2]);
    expect(input[plane + 2 * detectorSide + 4]).toBe(image.data[3 * 14 + 1]);
    expect(input[2 * plane + 2 * detectorSide + 4]).toBe(image.data[3 * 14]);
    expect(input[5]).toBe(0);
  });
});

describe("detectFaces", () => {
  const model: Model = { run: async () => oneFace(), close: async () => {} };
  test("scales back by the exact ratio of sides and cuts to the photo", async () => {
    const [face] = await detectFaces(model, createPyramid(noise(200, 100, 1)));
    expect(face?.box).toEqual({ x: 31457, y: 18683, w: 10486, h: 65535 - 18683 });
    expect(face?.landmarks.slice(0, 4)).toEqual([31457, 41943, 41943, 41943]);
    expect(face?.score).toBe(62172);
  });
  test("drops a face that lies outside altogether", async () => {
    expect(await detectFaces(model, createPyramid(noise(60, 640, 1)))).toEqual([]);
  });
  test("shrinking by way of halvings is next to shrinking at once", () => {
    const pyramid = createPyramid({
      ...noise(1, 1, 1),
      width: 64,
      height: 64,
      data: Uint8Array.from({ length: 3 * 64 * 64 }, (_, i) => (i / 64) & 255),
    });
    expect(shrinkFor(pyramid, { width: 10, height: 10 }).width).toBe(10);
    expect(shrinkFor(pyramid, { width: 64, height: 64 })).toBe(pyramid.level(0));
  });
});

describe("suppress", () => {
  const share = fc.integer({ min: 0, max: 40 });
  const face: fc.Arbitrary<FoundFace> = fc
    .tuple(share, share, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), fc.nat(9))
    .map(([x, y, w, h, score]) => ({ box: { x, y, w, h }, landmarks: [], score }));
  /** Overlap by counting the points that both boxes hold. */
  const overlap = (a: Box, b: Box): number => {
    const points = (box: Box): Set<number> => {
      const set = new Set<number>();
      for (let x = 0; x < box.w; x++) for (let y = 0; y < box.h; y++) set.add((box.x + x) * 100 + box.y + y);
      return set;
    };
    const other = points(b);
    const shared = [...points(a)].filter((point) => other.has(point)).length;
    return shared / (a.w * a.h + b.w * b.h - shared);
  };
  test("keeps the best of what overlaps, whatever the order", () => {
    fc.assert(
      fc.property(fc.array(face, { maxLength: 12 }), fc.nat(), (faces, turn) => {
        const kept = suppress(faces);
        for (const [i, a] of kept.entries())
          for (const b of kept.slice(0, i)) expect(overlap(a.box, b.box)).toBeLessThanOrEqual(0.3);
        for (const a of faces) {
          const better = kept.some(
            (b) => overlap(a.box, b.box) > 0.3 && (b.score > a.score || (b.score === a.score && compareBoxes(b.box, a.box) < 0)),
          );
          expect(better || kept.some((b) => compareBoxes(a.box, b.box) === 0)).toBe(true);
        }
        const by = faces.length === 0 ? 0 : turn % faces.length;
        expect(suppress([...faces.slice(by), ...faces.slice(0, by)].reverse())).toEqual(kept);
      }),
    );
  });
});
