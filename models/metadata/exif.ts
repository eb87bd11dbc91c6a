/**
 * What is kept of a photo's Exif block (CIPA DC-008, Exif 2.32): orientation, capture time, place and camera.
 *
 * Capture time is the wall-clock text that the camera wrote, with its offset where it wrote one: never parsed through a time
 * zone. DateTimeOriginal counts, else DateTimeDigitized, else DateTime. A text that is no date ("0000:00:00 00:00:00") is
 * as if absent. Place is exact integer arithmetic on the file's rationals, rounded half away from zero to 1e-7 degrees; a
 * block without references, with a zero denominator, out of range, or at exactly 0, 0 (what cameras without a fix write)
 * gives null. Maker and model are at most 99 bytes each, without control
 * characters.
 */
import type { Place } from "@albumen/core/index/index-record.ts";
import { utf8ToText } from "@albumen/core/primitives/bytes.ts";
import { parseTiff, type Directory, type Rational, type Tiff } from "./tiff.ts";

/** What the Exif block of a photo says. */
export interface Metadata {
  /** Exif orientation 1 … 8; 1 where the file says nothing valid. */
  readonly orientation: number;
  readonly taken: string | null;
  readonly place: Place | null;
  readonly camera: string | null;
}

/** Tags of the first directory, of the Exif directory and of the GPS directory (Exif 2.32 tables 4, 7 and 15). */
const tag = {
  make: 0x010f,
  model: 0x0110,
  orientation: 0x0112,
  dateTime: 0x0132,
  exif: 0x8769,
  gps: 0x8825,
  dateTimeOriginal: 0x9003,
  dateTimeDigitized: 0x9004,
  offset: 0x9010,
  offsetOriginal: 0x9011,
  offsetDigitized: 0x9012,
  latitudeRef: 1,
  latitude: 2,
  longitudeRef: 3,
  longitude: 4,
} as const;

/** Two texts and a space stay within the 200 characters of an index record. */
const maximalTextBytes = 99;

const nothing: Metadata = { orientation: 1, taken: null, place: null, camera: null };

/** The metadata in the TIFF structure `exif`; defaults where it is null or malformed. */
export function readMetadata(exif: Uint8Array | null): Metadata {
  const tiff = exif === null ? null : parseTiff(exif);
  if (tiff === null) return nothing;
  const details = tiff.directory(tiff.first.get(tag.exif));
  const orientation = tiff.integer(tiff.first.get(tag.orientation)) ?? 1;
  return {
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    taken:
      captureTime(tiff, details, tag.dateTimeOriginal, tag.offsetOriginal) ??
      captureTime(tiff, details, tag.dateTimeDigitized, tag.offsetDigitized) ??
      captureTime(tiff, tiff.first, tag.dateTime, tag.offset, details),
    place: readPlace(tiff, tiff.directory(tiff.first.get(tag.gps))),
    camera: readCamera(tiff),
  };
}

function captureTime(tiff: Tiff, times: Directory, time: number, offset: number, offsets = times): string | null {
  const parts = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(text(tiff.bytes(times.get(time))));
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  if (year === 0 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59) return null;
  const date = `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}`;
  return date + (/^[+-](0\d|1[0-4]):[0-5]\d$/.exec(text(tiff.bytes(offsets.get(offset))))?.[0] ?? "");
}

/** Days of a month of the proleptic Gregorian calendar; 0 for a month out of 1 … 12. */
function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [0, 31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month] ?? 0;
}

function readPlace(tiff: Tiff, gps: Directory): Place | null {
  const latitude = readDegrees(tiff, gps, tag.latitude, tag.latitudeRef, "N", "S");
  const longitude = readDegrees(tiff, gps, tag.longitude, tag.longitudeRef, "E", "W");
  if (latitude === null || longitude === null || (latitude === 0 && longitude === 0)) return null;
  if (Math.abs(latitude) > 900_000_000 || Math.abs(longitude) > 1_800_000_000) return null;
  return { latitude, longitude };
}

function readDegrees(tiff: Tiff, gps: Directory, value: number, ref: number, plus: string, minus: string): number | null {
  const sign = text(tiff.bytes(gps.get(ref))).toUpperCase();
  const parts = tiff.rationals(gps.get(value), 3);
  if (parts === null || (sign !== plus && sign !== minus)) return null;
  const degrees = toTenMillionths(parts);
  return degrees === null ? null : sign === minus && degrees !== 0 ? -degrees : degrees;
}

/** Degrees, minutes and seconds in 1e-7 degrees, rounded half up (they are never negative), or null for n/0. */
function toTenMillionths(parts: readonly Rational[]): number | null {
  let numerator = 0n;
  let denominator = 1n;
  for (const [i, part] of parts.entries()) {
    // Cameras that write no seconds write 0/0 for them.
    if (part.denominator === 0 && (part.numerator !== 0 || i < 2)) return null;
    const below = BigInt(part.denominator || 1) * 60n ** BigInt(i);
    numerator = numerator * below + BigInt(part.numerator) * denominator;
    denominator *= below;
  }
  const rounded = (numerator * 20_000_000n + denominator) / (2n * denominator);
  return rounded > 1_800_000_000n ? null : Number(rounded);
}

function readCamera(tiff: Tiff): string | null {
  const maker = text(tiff.bytes(tiff.first.get(tag.make)));
  const model = text(tiff.bytes(tiff.first.get(tag.model)));
  const camera = `${maker} ${model}`.trim();
  return camera === "" ? null : camera;
}

/** Text up to the first NUL, as UTF-8 where it is that, else as Latin-1; trimmed, without control characters. */
function text(bytes: Uint8Array | null): string {
  if (bytes === null) return "";
  const end = bytes.indexOf(0);
  const used = bytes.subarray(0, Math.min(end < 0 ? bytes.length : end, maximalTextBytes));
  const decoded = utf8ToText(used) ?? Array.from(used, (byte) => String.fromCharCode(byte)).join("");
  return decoded.replace(/\p{Cc}/gu, "").trim();
}
