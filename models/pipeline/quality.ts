/**
 * How useful a face is for recognition, 0 … 65535: size × sharpness × pose, each 0 … 65535, in integers and, for the pose, + − × ÷.
 *
 *   size       the box's shorter side in pixels, full at 112 (the side of the aligned face)
 *   sharpness  v / (v + 200) with v the variance of the 4-neighbour Laplacian of the aligned face's brightness
 *   pose       how far the nose lies from the middle of eyes and mouth, sideways: full when facing, 0 in profile
 */
import type { Box } from "@albumen/core/ids/face.ts";
import type { RgbImage } from "../kernels/image.ts";
import type { Size } from "../kernels/resize.ts";

const full = 65535;
const fullSide = 112;
const middlingVariance = 200;

/** The quality of the face in `box` of `photo` with `landmarks` (1/65536), aligned as `face`. */
export function faceQuality(box: Box, landmarks: readonly number[], photo: Size, face: RgbImage): number {
  const size = sizeShare(box, photo);
  const sharpness = sharpnessShare(face);
  const pose = poseShare(landmarks, photo);
  return scaleShare(scaleShare(size, sharpness), pose);
}

function scaleShare(a: number, b: number): number {
  return Math.floor((a * b) / full);
}

function sizeShare(box: Box, photo: Size): number {
  const side = Math.min(box.w * photo.width, box.h * photo.height);
  return Math.min(full, Math.floor((side * full) / (65536 * fullSide)));
}

/** Variance of the Laplacian over the inner pixels: Σ L² / n − (Σ L / n)², rounded down. */
export function laplacianVariance({ width, height, data }: RgbImage): number {
  const grey = new Int32Array(width * height);
  for (let i = 0; i < grey.length; i++) {
    const [r, g, b] = [data[3 * i] as number, data[3 * i + 1] as number, data[3 * i + 2] as number];
    grey[i] = (77 * r + 150 * g + 29 * b + 128) >> 8;
  }
  let sum = 0;
  let squares = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const around =
        (grey[i - 1] as number) + (grey[i + 1] as number) + (grey[i - width] as number) + (grey[i + width] as number);
      const laplacian = around - 4 * (grey[i] as number);
      sum += laplacian;
      squares += laplacian * laplacian;
    }
  }
  const n = (width - 2) * (height - 2);
  return Math.floor((n * squares - sum * sum) / (n * n));
}

function sharpnessShare(face: RgbImage): number {
  const variance = laplacianVariance(face);
  return Math.floor((full * variance) / (variance + middlingVariance));
}

/** Along the line of the eyes: 1 − |offset of the nose from the middle of eyes and mouth| / half the distance of the eyes. */
function poseShare(landmarks: readonly number[], photo: Size): number {
  const pixel = (i: number): number => (landmarks[i] ?? 0) * (i % 2 === 0 ? photo.width : photo.height);
  const ex = pixel(2) - pixel(0);
  const ey = pixel(3) - pixel(1);
  const square = ex * ex + ey * ey;
  if (square === 0) return 0;
  const mx = 4 * pixel(4) - pixel(0) - pixel(2) - pixel(6) - pixel(8);
  const my = 4 * pixel(5) - pixel(1) - pixel(3) - pixel(7) - pixel(9);
  const offset = Math.abs(mx * ex + my * ey) / (2 * square);
  return offset >= 1 ? 0 : Math.floor(full * (1 - offset));
}
