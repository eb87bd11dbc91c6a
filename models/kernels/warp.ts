/**
 * Sampling a picture under a similarity. The four numbers of the map are rounded once to 1/65536 of a pixel; from there on
 * all is integers: coordinates in 16.16 fixed point, bilinear weights of 8 bits, value = (Σ weight · pixel + 2¹⁵) >> 16.
 * Pixel centres are at integer coordinates; outside the picture all is black.
 */
import type { RgbImage } from "./image.ts";
import type { Similarity } from "./similarity-transform.ts";

/** The `size` × `size` picture whose pixel (x, y) is that of `image` at `map`(x, y). */
export function warpImage(image: RgbImage, map: Similarity, size: number): RgbImage {
  const data = new Uint8Array(3 * size * size);
  const a = toFixed(map.a);
  const b = toFixed(map.b);
  for (let y = 0; y < size; y++) {
    let x16 = toFixed(map.tx) - b * y;
    let y16 = toFixed(map.ty) + a * y;
    for (let x = 0; x < size; x++) {
      sample(image, x16, y16, data, 3 * (y * size + x));
      x16 += a;
      y16 += b;
    }
  }
  return { width: size, height: size, data };
}

/** Writes the colour at (x16, y16) / 65536 to `out` at `to`. */
function sample(image: RgbImage, x16: number, y16: number, out: Uint8Array, to: number): void {
  const { width, height, data } = image;
  const x = Math.floor(x16 / 65536);
  const y = Math.floor(y16 / 65536);
  if (x < -1 || y < -1 || x >= width || y >= height) return;
  const right = Math.floor((x16 - x * 65536) / 256);
  const lower = Math.floor((y16 - y * 65536) / 256);
  const at = 3 * (y * width + x);
  for (let c = 0; c < 3; c++) {
    let sum = 32768;
    if (y >= 0 && x >= 0) sum += (256 - right) * (256 - lower) * (data[at + c] as number);
    if (y >= 0 && x + 1 < width) sum += right * (256 - lower) * (data[at + 3 + c] as number);
    if (y + 1 < height && x >= 0) sum += (256 - right) * lower * (data[at + 3 * width + c] as number);
    if (y + 1 < height && x + 1 < width) sum += right * lower * (data[at + 3 * width + 3 + c] as number);
    out[to + c] = sum >> 16;
  }
}

function toFixed(value: number): number {
  return Math.floor(value * 65536 + 0.5);
}
