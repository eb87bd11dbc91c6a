/**
 * Upright, opaque pixels: alpha over white and the Exif orientation, in one pass of integers.
 *
 * Orientation (Exif 2.32 §4.6.4 A) names where the stored first row and column lie on the upright picture: 1 top left,
 * 2 top right, 3 bottom right, 4 bottom left, 5 left top, 6 right top, 7 right bottom, 8 left bottom; 5 … 8 swap the sides.
 * Alpha: (a · v + (255 − a) · 255) / 255, rounded half up.
 */
import type { RgbaImage, RgbImage } from "./image.ts";

/** The upright picture of stored pixels with Exif `orientation` 1 … 8. */
export function orientPixels(stored: RgbaImage, orientation: number): RgbImage {
  const { width, height, data } = stored;
  const swapped = orientation >= 5;
  const size = swapped ? { width: height, height: width } : { width, height };
  const upright = new Uint8Array(3 * width * height);
  const step = stepsOf(orientation, width, height);
  let from = 0;
  for (let y = 0; y < height; y++) {
    let to = 3 * (step.origin + y * step.row);
    for (let x = 0; x < width; x++) {
      const alpha = data[from + 3] as number;
      if (alpha === 255) {
        upright[to] = data[from] as number;
        upright[to + 1] = data[from + 1] as number;
        upright[to + 2] = data[from + 2] as number;
      } else {
        for (let c = 0; c < 3; c++) upright[to + c] = overWhite(data[from + c] as number, alpha);
      }
      from += 4;
      to += 3 * step.column;
    }
  }
  return { ...size, data: upright };
}

/** The same picture with full alpha: what encoders take. */
export function toRgba(image: RgbImage): RgbaImage {
  const pixels = image.width * image.height;
  const data = new Uint8ClampedArray(4 * pixels);
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < 3; c++) data[4 * i + c] = image.data[3 * i + c] as number;
    data[4 * i + 3] = 255;
  }
  return { width: image.width, height: image.height, data };
}

function overWhite(value: number, alpha: number): number {
  return Math.floor((2 * (alpha * value + (255 - alpha) * 255) + 255) / 510);
}

/** Where the stored pixel (0, 0) lands, and how far one stored row and one stored column move, in upright pixels. */
function stepsOf(orientation: number, w: number, h: number): { origin: number; row: number; column: number } {
  switch (orientation) {
    case 2:
      return { origin: w - 1, row: w, column: -1 };
    case 3:
      return { origin: w * h - 1, row: -w, column: -1 };
    case 4:
      return { origin: w * (h - 1), row: -w, column: 1 };
    case 5:
      return { origin: 0, row: 1, column: h };
    case 6:
      return { origin: h - 1, row: -1, column: h };
    case 7:
      return { origin: w * h - 1, row: -1, column: -h };
    case 8:
      return { origin: h * (w - 1), row: 1, column: -h };
    default:
      return { origin: 0, row: w, column: 1 };
  }
}
