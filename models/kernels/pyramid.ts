/**
 * Halvings of a picture: level 0 is the picture, each next level averages 2 × 2 pixels, (a + b + c + d + 2) >> 2 per
 * channel. An odd last row or column is left out, so that pixel (x, y) of a level covers exactly the pixels
 * 2x, 2x + 1 × 2y, 2y + 1 of the one before, whatever the size: coordinates at level n are (x + ½) / 2ⁿ − ½.
 */
import type { RgbImage } from "./image.ts";

/** The levels of one picture, computed when they are first asked for. */
export interface Pyramid {
  /** Level 0 … the last one whose sides are at least 1; beyond it the last is given. */
  level(index: number): RgbImage;
}

/** The pyramid over `image`. */
export function createPyramid(image: RgbImage): Pyramid {
  const levels = [image];
  return {
    level: (index) => {
      for (;;) {
        const last = levels.at(-1) ?? image;
        const held = levels[index];
        if (held !== undefined) return held;
        if (last.width < 2 || last.height < 2) return last;
        levels.push(halve(last));
      }
    },
  };
}

/** Half of `image` in both directions, which must be at least 2 × 2. */
export function halve(image: RgbImage): RgbImage {
  const width = image.width >> 1;
  const height = image.height >> 1;
  const source = image.data;
  const data = new Uint8Array(3 * width * height);
  const stride = 3 * image.width;
  let to = 0;
  for (let y = 0; y < height; y++) {
    let at = 2 * y * stride;
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++, at++) {
        const upper = (source[at] as number) + (source[at + 3] as number);
        const lower = (source[at + stride] as number) + (source[at + stride + 3] as number);
        data[to++] = (upper + lower + 2) >> 2;
      }
      at += 3;
    }
  }
  return { width, height, data };
}
