/**
 * Drawn photos as JPEG files: Chromium paints the SVG on a canvas, and an Exif block with the capture time goes in behind the
 * first two bytes, as cameras write it.
 */
import type { Browser } from "playwright-core";
import type { DrawnPhoto } from "./drawn-photos.ts";

/** A file as a file chooser takes it. */
export interface ChosenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** The files of `photos`, in their order. */
export async function paintPhotos(browser: Browser, photos: readonly DrawnPhoto[]): Promise<readonly ChosenFile[]> {
  const page = await browser.newPage();
  const files: ChosenFile[] = [];
  for (const { file, svg, width, height, taken } of photos) {
    const jpeg = await page.evaluate(paint, { svg, width, height });
    files.push({ name: file, mimeType: "image/jpeg", buffer: withCaptureTime(Buffer.from(jpeg, "base64"), taken) });
  }
  await page.close();
  return files;
}

/** Runs in the page. */
async function paint({ svg, width, height }: { svg: string; width: number; height: number }): Promise<string> {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d")?.drawImage(picture, 0, 0);
  return canvas.toDataURL("image/jpeg", 0.86).split(",")[1] ?? "";
}

/** `jpeg` with DateTimeOriginal: APP1, "Exif", a TIFF header, one directory that leads to one Exif directory with one text. */
function withCaptureTime(jpeg: Buffer, taken: string): Buffer {
  const tiff = Buffer.alloc(64);
  tiff.write("MM", 0, "ascii");
  tiff.writeUInt16BE(42, 2);
  tiff.writeUInt32BE(8, 4);
  writeDirectory(tiff, 8, 0x8769, 4, 1, 26);
  writeDirectory(tiff, 26, 0x9003, 2, 20, 44);
  tiff.write(`${taken}\0`, 44, "ascii");
  const exif = Buffer.concat([Buffer.from("Exif\0\0", "binary"), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(exif.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
}

/** A directory of one entry and no follower; 18 bytes. */
function writeDirectory(tiff: Buffer, at: number, tag: number, type: number, count: number, value: number): void {
  tiff.writeUInt16BE(1, at);
  tiff.writeUInt16BE(tag, at + 2);
  tiff.writeUInt16BE(type, at + 4);
  tiff.writeUInt32BE(count, at + 6);
  tiff.writeUInt32BE(value, at + 10);
}
