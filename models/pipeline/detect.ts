/**
 * Faces of a photo: boxes and landmarks as integers, each face once.
 *
 * The photo is shrunk by area to at most 640 pixels on its longest side (never enlarged), the detector's answers are scaled
 * back by the exact ratio of sides, rounded half up to 1/65536 of the photo's width and height and cut to its borders. Then
 * non-maximum suppression in integers: in order of (score descending, box), a face is dropped where it overlaps a kept one
 * by more than 3/10 (intersection over union). At most 256 faces are kept.
 */
import type { Box } from "@albumen/core/ids/face.ts";
import type { RgbImage } from "../kernels/image.ts";
import type { Pyramid } from "../kernels/pyramid.ts";
import { fitSize, shrinkImage, type Size } from "../kernels/resize.ts";
import type { Model } from "../runtime/session.ts";
import { decodeDetections, detectorInput, detectorSide, type Detection } from "./yunet.ts";

/** A face that was found. */
export interface FoundFace {
  readonly box: Box;
  /** As in the index record. */
  readonly landmarks: readonly number[];
  /** 0 … 65535. */
  readonly score: number;
}

const maximalFaces = 256;
/** Landmarks may lie outside the photo by this much, in 1/65536 of a side: what an index record holds. */
const landmarkBound = 2 ** 20;

/** The faces of the photo of `pyramid`, sorted by box. */
export async function detectFaces(model: Model, pyramid: Pyramid): Promise<readonly FoundFace[]> {
  const photo = pyramid.level(0);
  const input = shrinkFor(pyramid, fitSize(photo, detectorSide));
  const outputs = await model.run(detectorInput(input), [1, 3, detectorSide, detectorSide]);
  const found = decodeDetections(outputs).map((detection) => toFound(detection, input));
  return suppress(found.filter(({ box }) => box.w > 0 && box.h > 0)).sort((a, b) => compareBoxes(a.box, b.box));
}

/** The photo at `size`, from the smallest level that is at least twice as large where there is one: equal to the eye, faster. */
export function shrinkFor(pyramid: Pyramid, size: Size): RgbImage {
  let level = 0;
  const large = (image: RgbImage): boolean => image.width >= 2 * size.width && image.height >= 2 * size.height;
  while (large(pyramid.level(level)) && large(pyramid.level(level + 1))) level++;
  return shrinkImage(pyramid.level(level), size);
}

function toFound(detection: Detection, input: Size): FoundFace {
  const left = bound(toShare(detection.x, input.width), 0, 65535);
  const top = bound(toShare(detection.y, input.height), 0, 65535);
  const right = bound(toShare(detection.x + detection.w, input.width), 0, 65535);
  const bottom = bound(toShare(detection.y + detection.h, input.height), 0, 65535);
  const landmarks = detection.landmarks.map((value, i) =>
    bound(toShare(value, i % 2 === 0 ? input.width : input.height), -landmarkBound, landmarkBound),
  );
  const box = { x: left, y: top, w: right - left, h: bottom - top };
  return { box, landmarks, score: bound(Math.floor(detection.score * 65535 + 0.5), 0, 65535) };
}

/** Pixels of a side of `side` pixels in 1/65536 of it, rounded half up. */
function toShare(pixels: number, side: number): number {
  return Math.floor((pixels * 65536) / side + 0.5);
}

/** Greedy non-maximum suppression; exported for its twin. */
export function suppress(faces: readonly FoundFace[]): FoundFace[] {
  const kept: FoundFace[] = [];
  for (const face of [...faces].sort((a, b) => b.score - a.score || compareBoxes(a.box, b.box))) {
    if (kept.length === maximalFaces) break;
    if (kept.every((other) => !overlaps(face.box, other.box))) kept.push(face);
  }
  return kept;
}

/** Whether intersection over union exceeds 3/10; areas stay below 2³³, so the products are exact. */
function overlaps(a: Box, b: Box): boolean {
  const width = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return false;
  const shared = width * height;
  return 10 * shared > 3 * (a.w * a.h + b.w * b.h - shared);
}

/** Order of boxes: x, y, width, height. */
export function compareBoxes(a: Box, b: Box): number {
  return a.x - b.x || a.y - b.y || a.w - b.w || a.h - b.h;
}

function bound(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}
