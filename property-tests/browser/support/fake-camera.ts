/**
 * A camera that looks at a code on another screen: a raw video (YUV4MPEG2, 4:2:0) of pictures with that code, a little turned,
 * small and grey as a hand holds it, for Chromium's fake device.
 */
import { writeFile } from "node:fs/promises";
import type { Page } from "playwright-core";

const width = 640;
const height = 480;

/** Writes a film of the code that `page` shows to `path`: an empty table at first, then, unless it is `empty`, the code. */
export async function filmCode(page: Page, path: string, { empty = false }: { readonly empty?: boolean } = {}): Promise<void> {
  const png = await photographCode(page);
  const turns = Array.from({ length: 20 }, (_, at) => (empty || at < 10 ? null : 0.08 + at / 200));
  const pictures = await page.evaluate(drawFrames, { png: png.toString("base64"), turns, width, height });
  const chroma = Buffer.alloc(width * height * 0.5, 128);
  const parts: Buffer[] = [Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`)];
  for (const picture of pictures) parts.push(Buffer.from("FRAME\n"), Buffer.from(picture, "base64"), chroma);
  await writeFile(path, Buffer.concat(parts));
}

/** A photo of the code that `page` shows, as PNG. */
export function photographCode(page: Page): Promise<Buffer> {
  return page.locator(".qr").screenshot({ scale: "device" });
}

/** Runs in the page: the brightness of each picture, in base64. `null` is a picture without the code. */
async function drawFrames(film: {
  readonly png: string;
  readonly turns: readonly (number | null)[];
  readonly width: number;
  readonly height: number;
}): Promise<string[]> {
  const bytes = Uint8Array.from(atob(film.png), (letter) => letter.charCodeAt(0));
  const code = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  return film.turns.map((turn) => {
    const context = new OffscreenCanvas(film.width, film.height).getContext("2d");
    if (context === null) throw new Error("there is no canvas");
    context.fillStyle = "#7d7a76";
    context.fillRect(0, 0, film.width, film.height);
    if (turn !== null) {
      context.translate(film.width / 2, film.height / 2);
      context.rotate(turn);
      context.filter = "contrast(0.7)";
      context.drawImage(code, -150, -150, 300, 300);
    }
    const { data } = context.getImageData(0, 0, film.width, film.height);
    let luma = "";
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3);
      luma += String.fromCharCode(Math.round(0.299 * red + 0.587 * green + 0.114 * blue));
    }
    return btoa(luma);
  });
}
