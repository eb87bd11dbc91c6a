/**
 * The marker structure of a JPEG file (ITU-T T.81 Annex B), walked to its end marker without decoding anything:
 *
 *   SOI, segments (FF marker, 2-byte length, payload), SOS segments each followed by entropy-coded data in which FF is
 *   followed by 00 or by a restart marker D0 … D7, EOI. What follows EOI (motion photos, multi-picture files) is ignored.
 *
 * Taken from it: size, number of components, number of scans, the Exif block, and whether the end marker was reached.
 */

/** What the markers say; `damage` is a sentence about the first defect, or null. */
export interface JpegHeader {
  /** Stored size in pixels; 0 where there is no frame header. */
  readonly width: number;
  readonly height: number;
  /** 1 grey, 3 colour, 4 CMYK; 0 where there is no frame header. */
  readonly components: number;
  /** Low four bits of the frame's marker: 0, 1, 2 are Huffman-coded DCT frames. */
  readonly process: number;
  /** Bits per sample. */
  readonly precision: number;
  readonly scans: number;
  /** TIFF structure of the first Exif segment. */
  readonly exif: Uint8Array | null;
  readonly damage: string | null;
}

const exifSignature = "Exif\0\0";

/** The header of `file`, which begins with FF D8. */
export function readJpegHeader(file: Uint8Array): JpegHeader {
  const found = { width: 0, height: 0, components: 0, process: 0, precision: 0, scans: 0 };
  let exif: Uint8Array | null = null;
  const finish = (damage: string | null): JpegHeader => ({ ...found, exif, damage });
  for (let at = file.indexOf(0xff, 2); at >= 0; at = file.indexOf(0xff, at)) {
    const marker = file[at + 1] ?? 0;
    if (!hasPayload(marker)) {
      if (marker === 0xd9) return finish(found.scans === 0 ? "it holds no picture" : null);
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const length = ((file[at + 2] ?? 0) << 8) | (file[at + 3] ?? 0);
    if (length < 2 || at + 2 + length > file.length) return finish("it ends in the middle of its header");
    const payload = file.subarray(at + 4, at + 2 + length);
    if (isFrame(marker)) {
      if (found.components > 0) return finish("it holds two pictures in one");
      if (payload.length < 6) return finish("its frame header is too short");
      found.process = marker & 15;
      found.precision = payload[0] ?? 0;
      found.height = ((payload[1] ?? 0) << 8) | (payload[2] ?? 0);
      found.width = ((payload[3] ?? 0) << 8) | (payload[4] ?? 0);
      found.components = payload[5] ?? 0;
    }
    if (marker === 0xda) found.scans++;
    if (marker === 0xe1 && exif === null && startsWithExif(payload)) exif = payload.subarray(exifSignature.length);
    at += 2 + length;
  }
  return finish("it ends before its end marker: a part of it is missing");
}

/** Neither stuffed zero, fill byte, restart, start, end nor TEM: those stand alone. */
function hasPayload(marker: number): boolean {
  return marker > 0x01 && marker !== 0xff && (marker < 0xd0 || marker > 0xd9);
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function startsWithExif(payload: Uint8Array): boolean {
  for (let i = 0; i < exifSignature.length; i++) if (payload[i] !== exifSignature.charCodeAt(i)) return false;
  return true;
}
