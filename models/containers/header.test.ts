import { describe, expect, test } from "vitest";
import { chunk, latin1, png, u32 } from "../testing/pictures.ts";
import { crc32 } from "./crc32.ts";
import { maximalFileBytes, readHeader } from "./header.ts";

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? latin1(part) : part)));
const pngHead = (width: number, height: number): Uint8Array =>
  bytes("\x89PNG\r\n\x1a\n", chunk("IHDR", [...u32(width), ...u32(height), 8, 2, 0, 0, 0]), chunk("IEND", []));
const frame = (marker: number, width: number, height: number, components: number, precision = 8): readonly number[] => [
  0xff,
  marker,
  0,
  8 + 3 * components,
  precision,
  height >> 8,
  height & 255,
  width >> 8,
  width & 255,
  components,
  ...Array.from({ length: 3 * components }, () => 1),
];
const scan: readonly number[] = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3];
const end: readonly number[] = [0xff, 0xd9];

describe("files that are no photo are refused with one sentence", () => {
  const cases: readonly (readonly [name: string, file: Uint8Array, kind: string, reason: string])[] = [
    ["a file of 0 bytes", bytes(), "empty", "the file is empty"],
    [
      "a text named .jpg",
      bytes("Dear diary, today"),
      "not-a-photo",
      "not a photo: its bytes are no picture format that Albumen knows",
    ],
    ["a single byte", bytes([0xff]), "not-a-photo", "not a photo: its bytes are no picture format that Albumen knows"],
    ["an MP4 film", bytes([0, 0, 0, 24], "ftypisom", [0, 0, 2, 0], "isomiso2"), "video", "a video: only photos are read"],
    ["a QuickTime film", bytes([0, 0, 0, 20], "ftypqt  ", [0, 0, 0, 0], "qt  "), "video", "a video: only photos are read"],
    ["an old QuickTime film", bytes([0, 0, 0, 8], "wide", [0, 0, 0, 0], "mdat"), "video", "a video: only photos are read"],
    ["a Matroska film", bytes("\x1aE\xdf\xa3..."), "video", "a video: only photos are read"],
    ["an AVI film", bytes("RIFF", [0, 0, 0, 0], "AVI LIST"), "video", "a video: only photos are read"],
    ["a sound", bytes([0, 0, 0, 20], "ftypM4A ", [0, 0, 0, 0]), "not-a-photo", "not a photo: a sound file"],
    ["a PDF", bytes("%PDF-1.7"), "not-a-photo", "not a photo: a PDF document"],
    [
      "a HEIC",
      bytes([0, 0, 0, 24], "ftypheic", [0, 0, 0, 0], "mif1heic"),
      "heic-decoder-missing",
      "HEIC decoder not installed: export the photo as JPEG to add it",
    ],
    [
      "a HEIF by its second brand",
      bytes([0, 0, 0, 24], "ftypmif1", [0, 0, 0, 0], "mif1heic"),
      "heic-decoder-missing",
      "HEIC decoder not installed: export the photo as JPEG to add it",
    ],
    [
      "an AVIF",
      bytes([0, 0, 0, 24], "ftypmif1", [0, 0, 0, 0], "avifmif1"),
      "unsupported",
      "AVIF files are not read: JPEG, PNG and WebP are",
    ],
    ["a GIF", bytes("GIF89a"), "unsupported", "GIF files are not read: JPEG, PNG and WebP are"],
    ["a raw photo", bytes("II*\0", [8, 0, 0, 0]), "unsupported", "TIFF and raw files are not read: JPEG, PNG and WebP are"],
    ["a bitmap", bytes("BM", [9, 9, 9, 9, 0, 0, 0, 0]), "unsupported", "BMP files are not read: JPEG, PNG and WebP are"],
    [
      "a PNG of 10,000 × 10,000",
      pngHead(10_000, 10_000),
      "too-large",
      "10000 × 10000 pixels are more than the 64 million that are read",
    ],
    [
      "a PNG of 2³² − 1 × 1",
      pngHead(0xffffffff, 1),
      "too-large",
      "4294967295 × 1 pixels are more than the 64 million that are read",
    ],
    ["a PNG of 0 × 5", pngHead(0, 5), "damaged", "damaged file: it does not say its size"],
    [
      "a PNG without its end",
      pngHead(4, 4).subarray(0, 40),
      "damaged",
      "damaged file: it ends before its last chunk: a part of it is missing",
    ],
    [
      "a PNG without its head",
      bytes("\x89PNG\r\n\x1a\n", chunk("IDAT", [1]), chunk("IEND", [])),
      "damaged",
      "damaged file: its chunks are out of order",
    ],
    [
      "a large JPEG",
      bytes([0xff, 0xd8], frame(0xc0, 65_000, 65_000, 3), scan, end),
      "too-large",
      "65000 × 65000 pixels are more than the 64 million that are read",
    ],
    [
      "a JPEG in CMYK",
      bytes([0xff, 0xd8], frame(0xc0, 8, 8, 4), scan, end),
      "unsupported",
      "JPEG files in CMYK are not read yet",
    ],
    [
      "a lossless JPEG",
      bytes([0xff, 0xd8], frame(0xc3, 8, 8, 3), scan, end),
      "unsupported",
      "this kind of JPEG (lossless, arithmetic or 12-bit) is not read",
    ],
    [
      "a JPEG of 12 bits",
      bytes([0xff, 0xd8], frame(0xc1, 8, 8, 3, 12), scan, end),
      "unsupported",
      "this kind of JPEG (lossless, arithmetic or 12-bit) is not read",
    ],
    [
      "a JPEG without its end",
      bytes([0xff, 0xd8], frame(0xc0, 8, 8, 3), scan),
      "damaged",
      "damaged file: it ends before its end marker: a part of it is missing",
    ],
    [
      "a JPEG cut in its head",
      bytes([0xff, 0xd8, 0xff, 0xe0, 9, 9, 1]),
      "damaged",
      "damaged file: it ends in the middle of its header",
    ],
    ["a JPEG without a picture", bytes([0xff, 0xd8, 0xff, 0xe0, 0, 2], end), "damaged", "damaged file: it holds no picture"],
    [
      "a JPEG of two frames",
      bytes([0xff, 0xd8], frame(0xc0, 8, 8, 1), frame(0xc0, 8, 8, 1), scan, end),
      "damaged",
      "damaged file: it holds two pictures in one",
    ],
    [
      "a JPEG of 201 scans",
      bytes([0xff, 0xd8], frame(0xc2, 8, 8, 1), Array.from({ length: 201 }, () => scan).flat(), end),
      "damaged",
      "damaged JPEG: 201 scans are not a photo",
    ],
    [
      "an animated WebP",
      bytes("RIFF", [22, 0, 0, 0], "WEBPVP8X", [10, 0, 0, 0, 2, 0, 0, 0, 7, 0, 0, 7, 0, 0]),
      "unsupported",
      "animated WebP files are not read",
    ],
    [
      "a WebP cut short",
      bytes("RIFF", [99, 0, 0, 0], "WEBPVP8X", [10, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 7, 0, 0]),
      "damaged",
      "damaged file: it is shorter than it says: a part of it is missing",
    ],
    [
      "a WebP of 16,384 × 16,384",
      bytes("RIFF", [22, 0, 0, 0], "WEBPVP8X", [10, 0, 0, 0, 0, 0, 0, 0, 255, 63, 0, 255, 63, 0]),
      "too-large",
      "16384 × 16384 pixels are more than the 64 million that are read",
    ],
  ];
  test.each(cases)("%s", (_, file, kind, reason) => {
    expect(readHeader(file)).toEqual({ ok: false, error: { kind, reason } });
  });

  test("the checksum's published check value", () => {
    expect(crc32(bytes("123456789"))).toBe(0xcbf43926);
  });
  test("a file of more than 256 MiB", () => {
    const refused = readHeader(new Uint8Array(maximalFileBytes + 1));
    expect(refused).toEqual({
      ok: false,
      error: { kind: "too-large", reason: "257 MiB are more than the 256 MiB that are read" },
    });
  });
});

describe("sizes are read from the header", () => {
  test("of PNG, JPEG and the three WebP forms", () => {
    const sizes = [
      png(3, 5, 8, 2, new Uint8Array(50)),
      bytes([0xff, 0xd8], frame(0xc2, 300, 200, 3), [0xff, 0xff], scan, [0xff, 0xd0, 7, 0xff, 0, 7], end, "motion photo"),
      bytes("RIFF", [22, 0, 0, 0], "WEBPVP8X", [10, 0, 0, 0, 0, 0, 0, 0, 255, 3, 0, 1, 1, 0]),
      bytes("RIFF", [18, 0, 0, 0], "WEBPVP8L", [5, 0, 0, 0, 0x2f, 0x8f, 0xc1, 0x12, 0, 0]),
      bytes("RIFF", [22, 0, 0, 0], "WEBPVP8 ", [10, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 0x90, 1, 0x2c, 1]),
    ].map((file) => {
      const header = readHeader(file);
      return header.ok ? [header.value.width, header.value.height] : header.error.reason;
    });
    expect(sizes).toEqual([
      [3, 5],
      [300, 200],
      [1024, 258],
      [400, 76],
      [400, 300],
    ]);
  });
});
