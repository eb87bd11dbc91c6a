/**
 * The chunk structure of a WebP file (WebP container specification; VP8: RFC 6386 §9.1; VP8L: WebP lossless §3): "RIFF",
 * size, "WEBP", then chunks of a 4-byte type, a little-endian 4-byte length and data padded to an even length. Taken from
 * it: size, the Exif block, whether it is animated, and whether all bytes are there.
 */

/** What the chunks say; `damage` is a sentence about the first defect, or null. */
export interface WebpHeader {
  /** Pixels; 0 where no chunk says. */
  readonly width: number;
  readonly height: number;
  readonly animated: boolean;
  /** TIFF structure of the Exif chunk. */
  readonly exif: Uint8Array | null;
  readonly damage: string | null;
}

/** The header of `file`, which begins with "RIFF????WEBP". */
export function readWebpHeader(file: Uint8Array): WebpHeader {
  const found = { width: 0, height: 0, animated: false };
  let exif: Uint8Array | null = null;
  const end = 8 + littleEndian(file, 4, 4);
  if (end > file.length) {
    readChunkSize(file, 12, found);
    return { ...found, exif, damage: "it is shorter than it says: a part of it is missing" };
  }
  for (let at = 12; at + 8 <= end; ) {
    const type = String.fromCharCode(...file.subarray(at, at + 4));
    const length = littleEndian(file, at + 4, 4);
    if (at + 8 + length > end) return { ...found, exif, damage: "one of its chunks is longer than the file" };
    readChunkSize(file, at, found);
    if (type === "EXIF") exif = withoutSignature(file.subarray(at + 8, at + 8 + length));
    at += 8 + length + (length & 1);
  }
  return { ...found, exif, damage: null };
}

/** Reads the size where the chunk at `at` has it; the first chunk that has one counts. */
function readChunkSize(file: Uint8Array, at: number, found: { width: number; height: number; animated: boolean }): void {
  if (found.width > 0) return;
  const type = String.fromCharCode(...file.subarray(at, at + 4));
  const data = at + 8;
  if (type === "VP8X") {
    found.animated = ((file[data] ?? 0) & 2) !== 0;
    found.width = 1 + littleEndian(file, data + 4, 3);
    found.height = 1 + littleEndian(file, data + 7, 3);
  } else if (type === "VP8L") {
    const bits = littleEndian(file, data + 1, 4);
    found.width = 1 + (bits & 0x3fff);
    found.height = 1 + ((bits >>> 14) & 0x3fff);
  } else if (type === "VP8 ") {
    found.width = littleEndian(file, data + 6, 2) & 0x3fff;
    found.height = littleEndian(file, data + 8, 2) & 0x3fff;
  }
}

/** Some writers put JPEG's "Exif\0\0" in front. */
function withoutSignature(exif: Uint8Array): Uint8Array {
  return exif[0] === 0x45 && exif[1] === 0x78 ? exif.subarray(6) : exif;
}

function littleEndian(file: Uint8Array, at: number, size: 2 | 3 | 4): number {
  let value = 0;
  for (let i = size - 1; i >= 0; i--) value = value * 256 + (file[at + i] ?? 0);
  return value;
}
