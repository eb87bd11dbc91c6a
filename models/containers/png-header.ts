/**
 * The chunk structure of a PNG file (W3C PNG §5.3): signature, then chunks of a 4-byte length, a 4-byte type, data and a CRC,
 * from IHDR to IEND. Taken from it: size, the Exif block (`eXIf`), whether it is animated (`acTL`: its still picture is
 * read), and whether IEND was reached. The checksums of critical chunks (capital first letter) are verified here, since the
 * decoder does not look at them.
 */
import { bytesToU32 } from "@albumen/core/primitives/bytes.ts";
import { crc32 } from "./crc32.ts";

/** What the chunks say; `damage` is a sentence about the first defect, or null. */
export interface PngHeader {
  /** Pixels; 0 where there is no IHDR. */
  readonly width: number;
  readonly height: number;
  /** TIFF structure of the Exif chunk. */
  readonly exif: Uint8Array | null;
  readonly damage: string | null;
}

/** The header of `file`, which begins with the PNG signature. */
export function readPngHeader(file: Uint8Array): PngHeader {
  let width = 0;
  let height = 0;
  let exif: Uint8Array | null = null;
  for (let at = 8; at + 12 <= file.length; ) {
    const length = bytesToU32(file, at) ?? 0;
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    const end = at + 12 + length;
    if ((at === 8) !== (type === "IHDR")) return { width, height, exif, damage: "its chunks are out of order" };
    if (type === "IHDR") {
      width = bytesToU32(file, at + 8) ?? 0;
      height = bytesToU32(file, at + 12) ?? 0;
    }
    if (end > file.length) break;
    const isCritical = ((file[at + 4] ?? 0) & 32) === 0;
    if (isCritical && crc32(file.subarray(at + 4, end - 4)) !== bytesToU32(file, end - 4)) {
      return { width, height, exif, damage: "a checksum in it is wrong" };
    }
    if (type === "IEND") return { width, height, exif, damage: null };
    if (type === "eXIf") exif = file.subarray(at + 8, at + 8 + length);
    at = end;
  }
  return { width, height, exif, damage: "it ends before its last chunk: a part of it is missing" };
}
