/** Small pictures made by arithmetic, for runs that need files and no faces. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";

/** A grey PNG of `width` × `height`; `seed` makes it different from all others. */
export function createPng(width: number, height: number, seed: number): Buffer {
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < Math.min(height, 64); y++) {
    for (let x = 0; x < Math.min(width, 64); x++)
      rows[y * (width + 1) + 1 + x] = (x * 3 + y * 5 + seed * 7 + ((x * y * seed) >> 4)) & 255;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

/** Writes `count` different pictures into `folder`; their names begin with `prefix`. */
export function writePhotos(folder: string, count: number, prefix = "picture"): void {
  mkdirSync(folder, { recursive: true });
  for (let at = 1; at <= count; at++)
    writeFileSync(join(folder, `${prefix}-${at.toString().padStart(3, "0")}.png`), createPng(96, 64, at));
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
