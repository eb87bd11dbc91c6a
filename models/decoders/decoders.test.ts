import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import webpEncoder from "@jsquash/webp/codec/enc/webp_enc.js";
import { beforeAll, describe, expect, test } from "vitest";
import { bytesToHex } from "@albumen/core/primitives/bytes.ts";
import { readHeader } from "../containers/header.ts";
import { readDecoderFiles, sha256 } from "../eval/parts.ts";
import type { RgbaImage } from "../kernels/image.ts";
import { noise, png, slope } from "../testing/pictures.ts";
import { createDecoders, type Decoders } from "./decoders.ts";
import { compileWasm, startProgram } from "./wasm.ts";

let decoders: Decoders;
beforeAll(async () => {
  decoders = await createDecoders(await readDecoderFiles());
});

async function decode(file: Uint8Array): Promise<RgbaImage | string> {
  const header = readHeader(file);
  if (!header.ok) return header.error.reason;
  const image = await decoders.decode(file, header.value);
  return image.ok ? image.value : image.error.reason;
}

const rows = (...lines: readonly (readonly number[])[]): Uint8Array => Uint8Array.from(lines.flatMap((line) => [0, ...line]));
const pixels = (image: RgbaImage | string): readonly number[] | string => (typeof image === "string" ? image : [...image.data]);

describe("PNG", () => {
  test("colour, grey, grey with alpha, and 16 bits cut to their high byte", async () => {
    expect(pixels(await decode(png(2, 1, 8, 2, rows([1, 2, 3, 4, 5, 6]))))).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
    expect(pixels(await decode(png(2, 1, 8, 0, rows([9, 200]))))).toEqual([9, 9, 9, 255, 200, 200, 200, 255]);
    expect(pixels(await decode(png(1, 2, 8, 4, rows([9, 100], [8, 0]))))).toEqual([9, 9, 9, 100, 8, 8, 8, 0]);
    expect(pixels(await decode(png(1, 1, 16, 2, rows([1, 255, 2, 0, 3, 128]))))).toEqual([1, 2, 3, 255]);
    expect(pixels(await decode(png(3, 1, 1, 0, rows([0b10100000]))))).toEqual([
      255, 255, 255, 255, 0, 0, 0, 255, 255, 255, 255, 255,
    ]);
  });
  test("a damaged checksum is refused", async () => {
    const file = png(2, 1, 8, 2, rows([1, 2, 3, 4, 5, 6]));
    file[50] = (file[50] ?? 0) ^ 1;
    expect(await decode(file)).toBe("damaged file: a checksum in it is wrong");
  });
  test("the decoder works on after a damaged file", async () => {
    await decode(png(200, 200, 8, 2, rows([1])));
    expect(pixels(await decode(png(1, 1, 8, 2, rows([1, 2, 3]))))).toEqual([1, 2, 3, 255]);
  });
});

describe("JPEG", () => {
  test("what was encoded comes back within a few levels", async () => {
    const source = slope(96, 64);
    const image = await decode(await decoders.encodeJpeg(source, 95));
    if (typeof image === "string") throw new Error(image);
    expect([image.width, image.height]).toEqual([96, 64]);
    expect(Math.max(...image.data.map((value, i) => Math.abs(value - (source.data[i] ?? 0))))).toBeLessThan(24);
  });
  test("bytes and pixels are the frozen ones", async () => {
    const file = await decoders.encodeJpeg(slope(96, 64), 82);
    const image = await decode(file);
    if (typeof image === "string") throw new Error(image);
    const hashes = [file, new Uint8Array(image.data)].map(async (bytes) => bytesToHex(await sha256(bytes)).slice(0, 16));
    expect(await Promise.all(hashes)).toMatchInlineSnapshot(`
      [
        "2207a27b68dd90ae",
        "7ecb87d594e824b7",
      ]
    `);
  });
  test("a file cut anywhere is refused with a reason", async () => {
    const file = await decoders.encodeJpeg(slope(96, 64), 82);
    for (let length = 3; length < file.length; length += 7)
      expect(await decode(file.subarray(0, length)), `${length}`).toMatch(/^damaged file: /);
  });
  test("a file cut and closed with an end marker is refused", async () => {
    const file = await decoders.encodeJpeg({ ...slope(96, 64), data: noiseWithAlpha(96, 64) }, 82);
    const cut = file.slice(0, file.length / 2);
    cut.set([0xff, 0xd9], cut.length - 2);
    expect(await decode(cut)).toBe("damaged file: its picture cannot be decoded");
  });
  test("a flipped byte gives a picture or a reason, never an exception", async () => {
    const file = await decoders.encodeJpeg(slope(48, 32), 82);
    for (let at = 2; at < file.length; at += 11) {
      const damaged = file.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x55;
      expect(["string", "object"]).toContain(typeof (await decode(damaged)));
    }
  });
});

describe("WebP", () => {
  test("lossless comes back as it was", async () => {
    const source = { ...slope(17, 9), data: noiseWithAlpha(17, 9) };
    const file = await encodeWebp(source, { lossless: 1 });
    expect(await decode(file)).toEqual(source);
    expect(await decode(file.subarray(0, file.length - 9))).toBe(
      "damaged file: it is shorter than it says: a part of it is missing",
    );
  });
  test("lossy comes back within a few levels", async () => {
    const source = slope(64, 64);
    const image = await decode(await encodeWebp(source, { quality: 95 }));
    if (typeof image === "string") throw new Error(image);
    expect(Math.max(...image.data.map((value, i) => Math.abs(value - (source.data[i] ?? 0))))).toBeLessThan(32);
  });
});

function noiseWithAlpha(width: number, height: number): Uint8ClampedArray {
  const { data } = noise(width, height, 9);
  return Uint8ClampedArray.from({ length: 4 * width * height }, (_, i) =>
    i % 4 === 3 ? 255 : (data[i - Math.floor(i / 4)] ?? 0),
  );
}

async function encodeWebp(
  image: RgbaImage,
  changes: { readonly lossless?: number; readonly quality?: number },
): Promise<Uint8Array> {
  const { defaultOptions } = await import("@jsquash/webp/meta.js");
  const path = createRequire(import.meta.url).resolve("@jsquash/webp/codec/enc/webp_enc.wasm");
  const module = await compileWasm(new Uint8Array(await readFile(path)));
  const { functions } = await startProgram<{
    encode(data: RgbaImage["data"], width: number, height: number, options: object): Uint8Array;
  }>(webpEncoder, module);
  return functions.encode(image.data, image.width, image.height, { ...defaultOptions, exact: 1, ...changes }).slice();
}
