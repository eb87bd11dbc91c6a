import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { manualPack } from "@albumen/core/ids/face.ts";
import type { PhotoId } from "@albumen/core/ids/ids.ts";
import { encodeIndexRecord, type PhotoIndex } from "@albumen/core/index/index-record.ts";
import { bytesToHex } from "@albumen/core/primitives/bytes.ts";
import { readHeader } from "../containers/header.ts";
import { createDecoders } from "../decoders/decoders.ts";
import { readDecoderFiles, readParts, sha256 } from "../eval/parts.ts";
import { testFolders } from "../testing/folders.ts";
import { png, rationalEntry, shortEntry, slope, textEntry, tiff, withExif } from "../testing/pictures.ts";
import { createIndexer, type IndexedFile, type Indexer } from "./indexer.ts";

const photo = "0".repeat(32) as PhotoId;
const hashOf = async (index: PhotoIndex): Promise<string> => bytesToHex(await sha256(encodeIndexRecord({ photo, ...index })));

async function open(folder: string | null): Promise<Indexer> {
  const parts = await readParts(folder);
  if (!parts.ok) throw new Error(parts.error.reason);
  const indexer = await createIndexer(parts.value);
  if (!indexer.ok) throw new Error(indexer.error.reason);
  return indexer.value;
}

async function indexed(indexer: Indexer, file: Uint8Array): Promise<IndexedFile> {
  const result = await indexer.index(file);
  if (!result.ok) throw new Error(result.error.reason);
  return result.value;
}

describe("without weights", () => {
  let indexer: Indexer;
  let plain: Uint8Array;
  beforeAll(async () => {
    indexer = await open(null);
    plain = await (await createDecoders(await readDecoderFiles())).encodeJpeg(slope(900, 300), 90);
  });

  test("a photo has its size, its metadata, a thumbnail, no faces and the manual pack", async () => {
    const exif = tiff(
      [textEntry(0x10f, "Acme"), textEntry(0x110, "One"), shortEntry(0x112, 6)],
      [textEntry(0x9003, "2024:06:30 23:59:58"), textEntry(0x9011, "+02:00")],
      [textEntry(1, "N"), rationalEntry(2, 52, 1, 30, 1, 0, 1), textEntry(3, "W"), rationalEntry(4, 13, 1, 0, 1, 0, 1)],
    );
    const { index, thumbnail } = await indexed(indexer, withExif(plain, exif));
    expect(indexer.pack).toBeNull();
    expect(index).toEqual({
      pack: manualPack,
      width: 300,
      height: 900,
      type: "image/jpeg",
      taken: "2024-06-30T23:59:58+02:00",
      place: { latitude: 525000000, longitude: -130000000 },
      camera: "Acme One",
      faces: [],
    });
    const header = readHeader(thumbnail);
    expect(header).toEqual({ ok: true, value: { type: "image/jpeg", width: 256, height: 768, exif: null } });
  });
  test("a small transparent PNG keeps its size, over white", async () => {
    const { index, thumbnail } = await indexed(
      indexer,
      png(
        2,
        2,
        8,
        6,
        Uint8Array.from({ length: 18 }, () => 0),
      ),
    );
    expect([index.type, index.width, index.height]).toEqual(["image/png", 2, 2]);
    const again = await indexed(indexer, thumbnail);
    expect([again.index.width, again.index.height]).toEqual([2, 2]);
  });
  test("one file gives the same bytes again, also after others", async () => {
    const first = await indexed(indexer, plain);
    await indexer.index(plain.subarray(0, 900));
    expect(await indexed(indexer, plain)).toEqual(first);
    expect(await hashOf(first.index)).toMatchInlineSnapshot(`"1241e61b3344d4f467897825874d7b7605bec91f2885ec6fda6a42cb9ac2d215"`);
    expect(bytesToHex(await sha256(first.thumbnail)).slice(0, 16)).toMatchInlineSnapshot(`"03a41f8e6c804548"`);
  });
  test("an empty file is refused with its reason", async () => {
    expect(await indexer.index(new Uint8Array(0))).toEqual({ ok: false, error: { kind: "empty", reason: "the file is empty" } });
  });
});

test("a binary that is no WebAssembly is an error, not an exception", async () => {
  const parts = await readParts(null);
  if (!parts.ok) throw new Error(parts.error.reason);
  const decoders = { ...parts.value.decoders, pngDecoder: Uint8Array.of(1, 2, 3) };
  const refused = await createIndexer({ ...parts.value, decoders });
  expect(refused.ok ? null : refused.error.kind).toBe("runtime-failed");
});

const { models, data } = testFolders(process.env);
describe.skipIf(models === null || data === null)(
  "with the full pack (left out where ALBUMEN_MODEL_DIR or ALBUMEN_TEST_DATA is not set)",
  () => {
    let indexer: Indexer;
    const file = async (name: string): Promise<Uint8Array> => new Uint8Array(await readFile(join(data ?? "", "photos", name)));
    beforeAll(async () => {
      indexer = await open(models);
    });
    afterAll(() => indexer.close());

    test("a scene's whole index is the frozen one", async () => {
      const { index, thumbnail } = await indexed(indexer, await file("dlib-scenes/2008_001322.jpg"));
      expect(indexer.pack).toMatchInlineSnapshot(`"c37fd41ab4554385c7c33895a075cd3b"`);
      expect(index.faces).toHaveLength(3);
      expect(await hashOf(index)).toMatchInlineSnapshot(`"f2ffb02efbec29856e82a943b35502c9345a93718793039e4d2aee471f3ab3d6"`);
      expect(bytesToHex(await sha256(thumbnail)).slice(0, 16)).toMatchInlineSnapshot(`"6a8bd5ccdb66e362"`);
    });
    test("faces are sorted by box and are what an index record takes", async () => {
      const { index } = await indexed(indexer, await file("dlib-scenes/2008_002079.jpg"));
      const xs = index.faces.map(({ box }) => box.x);
      expect(xs).toEqual([...xs].sort((a, b) => a - b));
      for (const { vector, landmarks } of index.faces) expect([vector.length, landmarks.length]).toEqual([128, 10]);
    });
    test("orientation 6 is turned upright and its faces are found", async () => {
      const upright = (await indexed(indexer, await file("immich/metadata/faces/portrait.jpg"))).index;
      const turned = (await indexed(indexer, await file("immich/metadata/faces/portrait-orientation-6.jpg"))).index;
      expect([turned.width, turned.height]).toEqual([upright.width, upright.height]);
      expect(turned.faces).toHaveLength(upright.faces.length);
    });
    test("dates, places and cameras of immich's photos", async () => {
      const read = async (name: string) => {
        const { taken, place, camera } = (await indexed(indexer, await file(`immich/metadata/${name}`))).index;
        return [taken, place, camera];
      };
      expect(await read("dates/datetimeoriginal-gps.jpg")).toEqual([
        "2025-12-01T11:30:00",
        { latitude: 390000000, longitude: -1080000000 },
        null,
      ]);
      expect(await read("gps-position/empty_gps.jpg")).toEqual(["2025-06-01T16:59:26", null, "motorola moto g(9) plus"]);
      expect(await read("gps-position/thompson-springs.jpg")).toEqual([
        null,
        { latitude: 391150000, longitude: -1084009683 },
        null,
      ]);
      expect(await read("tags/picasa.jpg")).toEqual(["2010-02-13T14:55:31", null, "Canon Canon PowerShot SD1100 IS"]);
    });
  },
);
