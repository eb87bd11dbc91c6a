/**
 * Area averaging to a smaller size, exact in integers: in units of 1/(to) of a source pixel, source pixel j covers
 * [j · to, (j + 1) · to) and target pixel i covers [i · from, (i + 1) · from); the length of their overlap is the weight.
 * Value = (Σ weight_y · weight_x · source + ⌊area / 2⌋) / area, rounded down, with area = from_x · from_y. The sums stay
 * below 255 · 65535² < 2⁵³, so doubles hold them exactly and any order of summation gives the same.
 */
import type { RgbImage } from "./image.ts";

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size with the proportions of `size` whose longest side is at most `longest` pixels; never larger than `size`. */
export function fitSize(size: Size, longest: number): Size {
  const side = Math.max(size.width, size.height);
  if (side <= longest) return { width: size.width, height: size.height };
  const scaled = (length: number): number => Math.max(1, Math.floor((2 * length * longest + side) / (2 * side)));
  return { width: scaled(size.width), height: scaled(size.height) };
}

/** `image` at `to`, whose sides are at most those of the image. */
export function shrinkImage(image: RgbImage, to: Size): RgbImage {
  if (to.width === image.width && to.height === image.height) return image;
  const data = new Uint8Array(3 * to.width * to.height);
  const spans = spansOf(image.width, to.width);
  const sums = new Float64Array(3 * to.width);
  const row = new Float64Array(3 * to.width);
  const area = image.width * image.height;
  const half = Math.floor(area / 2);
  let summed = -1;
  for (let y = 0; y < to.height; y++) {
    sums.fill(0);
    const begin = y * image.height;
    const end = begin + image.height;
    for (let j = Math.floor(begin / to.height); j * to.height < end; j++) {
      if (j !== summed) sumRow(image, j, spans, row);
      summed = j;
      const weight = Math.min(end, (j + 1) * to.height) - Math.max(begin, j * to.height);
      for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + weight * (row[i] as number);
    }
    for (let i = 0; i < sums.length; i++) data[y * sums.length + i] = Math.floor(((sums[i] as number) + half) / area);
  }
  return { width: to.width, height: to.height, data };
}

/** Of each target pixel: its first and last source pixel and their weights; those between weigh `to`. */
interface Spans {
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly firstWeight: Int32Array;
  readonly lastWeight: Int32Array;
  readonly weight: number;
}

function spansOf(from: number, to: number): Spans {
  const spans = {
    first: new Int32Array(to),
    last: new Int32Array(to),
    firstWeight: new Int32Array(to),
    lastWeight: new Int32Array(to),
  };
  for (let i = 0; i < to; i++) {
    const first = Math.floor((i * from) / to);
    const last = Math.floor(((i + 1) * from - 1) / to);
    spans.first[i] = first;
    spans.last[i] = last;
    spans.firstWeight[i] = Math.min((first + 1) * to, (i + 1) * from) - i * from;
    spans.lastWeight[i] = (i + 1) * from - last * to;
  }
  return { ...spans, weight: to };
}

/** Σ weight_x · source over row `y` for every target column and channel. */
function sumRow(image: RgbImage, y: number, spans: Spans, row: Float64Array): void {
  const source = image.data;
  const start = 3 * y * image.width;
  for (let i = 0; i < spans.first.length; i++) {
    const first = start + 3 * (spans.first[i] as number);
    const last = start + 3 * (spans.last[i] as number);
    const weight = spans.firstWeight[i] as number;
    let red = weight * (source[first] as number);
    let green = weight * (source[first + 1] as number);
    let blue = weight * (source[first + 2] as number);
    for (let at = first + 3; at <= last; at += 3) {
      const share = at === last ? (spans.lastWeight[i] as number) : spans.weight;
      red += share * (source[at] as number);
      green += share * (source[at + 1] as number);
      blue += share * (source[at + 2] as number);
    }
    row[3 * i] = red;
    row[3 * i + 1] = green;
    row[3 * i + 2] = blue;
  }
}
