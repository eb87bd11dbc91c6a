/**
 * YuNet's head (Wu et al., "YuNet: A Tiny Millisecond-level Face Detector", 2023; decoding as in OpenCV's FaceDetectorYN).
 * Each stride S ∈ {8, 16, 32} has a grid of cells (column, row), and per cell
 *
 *   score = √(clamp(cls) · clamp(obj))
 *   centre = (column + dx, row + dy) · S, size = (e^dw, e^dh) · S, landmark i = (column + kx_i, row + ky_i) · S
 *
 * in pixels of the detector's input, which is 640 × 640, BGR, 0 … 255, planes one after the other.
 */
import { exactExp } from "../kernels/exp.ts";
import type { RgbImage } from "../kernels/image.ts";
import type { Outputs } from "../runtime/session.ts";

/** Side of the detector's input in pixels. */
export const detectorSide = 640;
const strides: readonly number[] = [8, 16, 32];
/** Detections below this score are dropped; see the README for the measurement. */
export const minimalScore = 0.7;

/** A detection in pixels of the detector's input. */
export interface Detection {
  /** minimalScore … 1. */
  readonly score: number;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  /** Right eye, left eye, nose, right and left mouth corner: x, y each. */
  readonly landmarks: readonly number[];
}

/** The detector's input for `image`, which lies in its upper left corner, both sides at most 640; the rest is black. */
export function detectorInput(image: RgbImage): Float32Array {
  const plane = detectorSide * detectorSide;
  const input = new Float32Array(3 * plane);
  for (let y = 0; y < image.height; y++) {
    let to = y * detectorSide;
    let from = 3 * y * image.width;
    for (let x = 0; x < image.width; x++, to++, from += 3) {
      input[to] = image.data[from + 2] as number;
      input[plane + to] = image.data[from + 1] as number;
      input[2 * plane + to] = image.data[from] as number;
    }
  }
  return input;
}

/** All detections of at least `threshold`, in order of stride and cell. */
export function decodeDetections(outputs: Outputs, threshold: number = minimalScore): readonly Detection[] {
  return strides.flatMap((stride) => decodeStride(outputs, stride, threshold));
}

function decodeStride(outputs: Outputs, stride: number, threshold: number): readonly Detection[] {
  const classes = output(outputs, `cls_${stride}`);
  const objects = output(outputs, `obj_${stride}`);
  const boxes = output(outputs, `bbox_${stride}`);
  const points = output(outputs, `kps_${stride}`);
  const columns = detectorSide / stride;
  const detections: Detection[] = [];
  for (let cell = 0; cell < columns * columns; cell++) {
    const score = Math.sqrt(unit(classes[cell] ?? 0) * unit(objects[cell] ?? 0));
    if (!(score >= threshold)) continue;
    const column = cell % columns;
    const row = (cell - column) / columns;
    const w = exactExp(boxes[4 * cell + 2] ?? 0) * stride;
    const h = exactExp(boxes[4 * cell + 3] ?? 0) * stride;
    const x = (column + (boxes[4 * cell] ?? 0)) * stride - w / 2;
    const y = (row + (boxes[4 * cell + 1] ?? 0)) * stride - h / 2;
    const landmarks = Array.from(
      { length: 10 },
      (_, i) => ((i % 2 === 0 ? column : row) + (points[10 * cell + i] ?? 0)) * stride,
    );
    detections.push({ score, x, y, w, h, landmarks });
  }
  return detections;
}

function output(outputs: Outputs, name: string): Float32Array {
  const values = outputs.get(name);
  if (values === undefined) throw new Error(`the detector has no output ${name}`);
  return values;
}

function unit(value: number): number {
  return value > 1 ? 1 : value > 0 ? value : 0;
}
