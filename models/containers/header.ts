/**
 * What is known of a file before anything is decoded, and every refusal that needs no decoder. Limits: files of at most
 * 256 MiB, pictures of at most 64,000,000 pixels and 65,535 pixels on a side (as the index record holds), JPEG files of at
 * most 200 scans (a progressive file has about ten; thousands of them over a large frame take minutes to decode).
 */
import { ok, type Result } from "@albumen/core/primitives/result.ts";
import { refuse, type ImportError } from "../pipeline/import-error.ts";
import { readJpegHeader } from "./jpeg-header.ts";
import { readPngHeader } from "./png-header.ts";
import { sniffFile, type FileKind } from "./sniff.ts";
import { readWebpHeader } from "./webp-header.ts";

/** Largest file that is read, in bytes. */
export const maximalFileBytes: number = 256 * 1024 * 1024;
/** Most pixels that are decoded. */
export const maximalPixels = 64_000_000;
const maximalSide = 65_535;
const maximalScans = 200;

/** A picture that may be decoded. */
export interface FileHeader {
  readonly type: "image/jpeg" | "image/png" | "image/webp";
  /** Stored size in pixels, before the Exif orientation is applied. */
  readonly width: number;
  readonly height: number;
  /** TIFF structure of the Exif block, unchecked. */
  readonly exif: Uint8Array | null;
}

/** The header of `file`, or why it is not imported. */
export function readHeader(file: Uint8Array): Result<FileHeader, ImportError> {
  if (file.length === 0) return refuse("empty", "the file is empty");
  if (file.length > maximalFileBytes) {
    return refuse("too-large", `${Math.ceil(file.length / 1048576)} MiB are more than the 256 MiB that are read`);
  }
  const kind = sniffFile(file);
  switch (kind) {
    case "jpeg":
      return jpeg(file);
    case "png":
      return bounded("image/png", readPngHeader(file));
    case "webp":
      return webp(file);
    default:
      return refusal(kind);
  }
}

function jpeg(file: Uint8Array): Result<FileHeader, ImportError> {
  const header = readJpegHeader(file);
  const bounds = bounded("image/jpeg", header);
  if (!bounds.ok) return bounds;
  if (header.process > 2 || header.precision !== 8) {
    return refuse("unsupported", "this kind of JPEG (lossless, arithmetic or 12-bit) is not read");
  }
  if (header.components === 4) return refuse("unsupported", "JPEG files in CMYK are not read yet");
  if (header.scans > maximalScans) return refuse("damaged", `damaged JPEG: ${header.scans} scans are not a photo`);
  return bounds;
}

function webp(file: Uint8Array): Result<FileHeader, ImportError> {
  const header = readWebpHeader(file);
  if (header.animated) return refuse("unsupported", "animated WebP files are not read");
  return bounded("image/webp", header);
}

interface Sized {
  readonly width: number;
  readonly height: number;
  readonly exif: Uint8Array | null;
  readonly damage: string | null;
}

function bounded(type: FileHeader["type"], { width, height, exif, damage }: Sized): Result<FileHeader, ImportError> {
  if (width * height > maximalPixels || width > maximalSide || height > maximalSide) {
    return refuse("too-large", `${width} × ${height} pixels are more than the 64 million that are read`);
  }
  if (damage !== null) return refuse("damaged", `damaged file: ${damage}`);
  if (width === 0 || height === 0) return refuse("damaged", "damaged file: it does not say its size");
  return ok({ type, width, height, exif });
}

function refusal(kind: Exclude<FileKind, "jpeg" | "png" | "webp">): Result<never, ImportError> {
  switch (kind) {
    case "heic":
      return refuse("heic-decoder-missing", "HEIC decoder not installed: export the photo as JPEG to add it");
    case "video":
      return refuse("video", "a video: only photos are read");
    case "audio":
    case "pdf":
      return refuse("not-a-photo", `not a photo: ${kind === "pdf" ? "a PDF document" : "a sound file"}`);
    case null:
      return refuse("not-a-photo", "not a photo: its bytes are no picture format that Albumen knows");
    case "avif":
    case "gif":
    case "tiff":
    case "bmp":
    case "psd":
    case "jpeg-xl":
    case "jpeg-2000":
      return refuse("unsupported", `${names[kind]} files are not read: JPEG, PNG and WebP are`);
  }
}

const names = {
  avif: "AVIF",
  gif: "GIF",
  tiff: "TIFF and raw",
  bmp: "BMP",
  psd: "Photoshop",
  "jpeg-xl": "JPEG XL",
  "jpeg-2000": "JPEG 2000",
} as const;
