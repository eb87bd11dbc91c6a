/** Reading a pairing code out of a picture, whatever its size. */
import decodeQR from "qr/decode.js";

/** What a picture holds: a code, another QR code, or none that can be read. */
export type Reading = { readonly kind: "code"; readonly code: string } | { readonly kind: "other" } | { readonly kind: "none" };

/** Longest side in pixels at which a picture is read: a code fills enough of it, and reading takes a few milliseconds. */
const side = { frame: 800, photo: 1600 } as const;

/** Milliseconds that a photo may take; a camera brings the next picture anyhow. */
const photoPatience = 3000;

/** Reads the picture that a video shows now. */
export function readFrame(video: HTMLVideoElement): Reading {
  return read(video, video.videoWidth, video.videoHeight, side.frame, {});
}

/** Reads a picture in a file, also one that the browser cannot decode: that has none. */
export async function readPhoto(file: Blob): Promise<Reading> {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (bitmap === null) return { kind: "none" };
  try {
    const options = { effort: Number.POSITIVE_INFINITY, timeLimit: photoPatience };
    return read(bitmap, bitmap.width, bitmap.height, side.photo, options);
  } finally {
    bitmap.close();
  }
}

function read(
  source: CanvasImageSource,
  width: number,
  height: number,
  longest: number,
  options: { readonly effort?: number; readonly timeLimit?: number },
): Reading {
  if (width === 0 || height === 0) return { kind: "none" };
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) return { kind: "none" };
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  try {
    const text = decodeQR(context.getImageData(0, 0, canvas.width, canvas.height), options).trim();
    return /^[0-9A-Za-z -]{28,40}@https?:/.test(text) ? { kind: "code", code: text } : { kind: "other" };
  } catch {
    // The library throws where it finds no code: most pictures of a camera have none.
    return { kind: "none" };
  }
}
