/** For tests: pictures and files made in code, from a seed where chance is wanted. */
import { crc32 } from "../containers/crc32.ts";
import type { RgbaImage, RgbImage } from "../kernels/image.ts";

/** Numbers 0 … 2³² − 1 from `seed` (mulberry32). */
export function createNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** Noise: every byte its own. */
export function noise(width: number, height: number, seed: number): RgbImage {
  const next = createNumbers(seed);
  return { width, height, data: Uint8Array.from({ length: 3 * width * height }, () => next() & 255) };
}

/** A smooth slope of colours with a few edges, kind to JPEG; opaque. */
export function slope(width: number, height: number): RgbaImage {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const edge = x > width / 3 && y > height / 2 ? 60 : 0;
      data.set([(255 * x) / width, (255 * y) / height, 40 + edge, 255], 4 * (y * width + x));
    }
  }
  return { width, height, data };
}

/** Big-endian bytes of an unsigned 32-bit number. */
export function u32(value: number): readonly number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

/** The Latin-1 bytes of `text`. */
export function latin1(text: string): readonly number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

/** A PNG file of chunks; `rows` are filtered scan lines, uncompressed. IHDR: bit depth and colour type as in W3C PNG §11.2.1. */
export function png(
  width: number,
  height: number,
  depth: number,
  colour: number,
  rows: Uint8Array,
  extra: readonly number[] = [],
): Uint8Array {
  const header = chunk("IHDR", [...u32(width), ...u32(height), depth, colour, 0, 0, 0]);
  return Uint8Array.from([
    ...latin1("\x89PNG\r\n\x1a\n"),
    ...header,
    ...extra,
    ...chunk("IDAT", zlib(rows)),
    ...chunk("IEND", []),
  ]);
}

/** A PNG chunk with its CRC. */
export function chunk(type: string, data: readonly number[]): readonly number[] {
  const body = [...latin1(type), ...data];
  return [...u32(data.length), ...body, ...u32(crc32(Uint8Array.from(body)))];
}

/** A zlib stream of stored blocks (RFC 1950, 1951). */
function zlib(data: Uint8Array): readonly number[] {
  const out = [0x78, 0x01];
  for (let at = 0; at === 0 || at < data.length; at += 65535) {
    const block = data.subarray(at, at + 65535);
    const low = block.length & 255;
    const high = block.length >> 8;
    out.push(at + 65535 >= data.length ? 1 : 0, low, high, low ^ 255, high ^ 255, ...block);
  }
  let a = 1;
  let b = 0;
  for (const byte of data) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return [...out, ...u32(((b << 16) | a) >>> 0)];
}

/** One entry of a TIFF directory: values of `type` as their bytes, big-endian. */
export interface TiffEntry {
  readonly tag: number;
  /** 2 text, 3 short, 4 long, 5 rational. */
  readonly type: 2 | 3 | 4 | 5;
  readonly count: number;
  readonly bytes: readonly number[];
}

/** A text entry, with its closing NUL. */
export function textEntry(tag: number, text: string): TiffEntry {
  return { tag, type: 2, count: text.length + 1, bytes: [...latin1(text), 0] };
}

/** A rational entry of numerators and denominators in turn. */
export function rationalEntry(tag: number, ...numbers: readonly number[]): TiffEntry {
  return { tag, type: 5, count: numbers.length / 2, bytes: numbers.flatMap(u32) };
}

/** A short entry. */
export function shortEntry(tag: number, value: number): TiffEntry {
  return { tag, type: 3, count: 1, bytes: [value >> 8, value & 255] };
}

/** A big-endian TIFF structure: the first directory, and the Exif and GPS directories that it points to. */
export function tiff(first: readonly TiffEntry[], exif: readonly TiffEntry[] = [], gps: readonly TiffEntry[] = []): Uint8Array {
  const firstAt = 8;
  const exifAt = firstAt + directorySize([...first, ...pointers(0, 0)]);
  const gpsAt = exifAt + directorySize(exif);
  return Uint8Array.from([
    ...latin1("MM\0*"),
    ...u32(firstAt),
    ...directory([...first, ...pointers(exifAt, gpsAt)], firstAt),
    ...directory(exif, exifAt),
    ...directory(gps, gpsAt),
  ]);
}

function pointers(exifAt: number, gpsAt: number): readonly TiffEntry[] {
  return [
    { tag: 0x8769, type: 4, count: 1, bytes: u32(exifAt) },
    { tag: 0x8825, type: 4, count: 1, bytes: u32(gpsAt) },
  ];
}

function directorySize(entries: readonly TiffEntry[]): number {
  return 6 + 12 * entries.length + entries.reduce((sum, { bytes }) => sum + (bytes.length > 4 ? bytes.length : 0), 0);
}

function directory(entries: readonly TiffEntry[], at: number): readonly number[] {
  const values: number[] = [];
  const rows = entries.flatMap(({ tag, type, count, bytes }) => {
    const offset = at + 6 + 12 * entries.length + values.length;
    if (bytes.length > 4) values.push(...bytes);
    const inline = bytes.length > 4 ? u32(offset) : [...bytes, 0, 0, 0, 0].slice(0, 4);
    return [tag >> 8, tag & 255, 0, type, ...u32(count), ...inline];
  });
  return [entries.length >> 8, entries.length & 255, ...rows, ...u32(0), ...values];
}

/** `jpeg` with the TIFF structure `exif` as its first segment. */
export function withExif(jpeg: Uint8Array, exif: Uint8Array): Uint8Array {
  const length = exif.length + 8;
  return Uint8Array.from([
    0xff,
    0xd8,
    0xff,
    0xe1,
    length >> 8,
    length & 255,
    ...latin1("Exif\0\0"),
    ...exif,
    ...jpeg.subarray(2),
  ]);
}
