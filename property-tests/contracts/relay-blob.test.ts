/** Contract of the relay's blob store, over every adapter, and the blobs' routes over one. */
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { blobName } from "@albumen/core/crypto/verify.ts";
import type { BlobName, LibraryId } from "@albumen/core/ids/ids.ts";
import type { Result } from "@albumen/core/primitives/result.ts";
import type { BlobStore } from "@albumen/relay/blob-store/blob-store.ts";
import { openFolderBlobStore } from "@albumen/relay/blob-store/file-system.ts";
import { createMemoryBlobStore } from "@albumen/relay/blob-store/memory.ts";
import { foundLibrary } from "../arbitraries/records.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";
import { bearer, refusalOf } from "./relay-client.ts";
import { createRelayWorld } from "./relay-world.ts";

const library = "a".repeat(64) as LibraryId;
const other = "b".repeat(64) as LibraryId;
const folders: string[] = [];

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "albumen-blobs-"));
  folders.push(folder);
  return folder;
}

async function openFolder(folder: string): Promise<BlobStore> {
  return unwrap(await openFolderBlobStore(folder));
}

function unwrap<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

async function readAll(store: BlobStore, name: BlobName, start: number, end: number): Promise<Uint8Array | null> {
  const stream = unwrap(await store.read(library, name, start, end));
  return stream === null
    ? null
    : new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const adapters: readonly { readonly name: string; readonly open: () => Promise<BlobStore> }[] = [
  { name: "memory", open: () => Promise.resolve(createMemoryBlobStore()) },
  { name: "a folder", open: () => openFolder(createFolder()) },
];

describe.each(adapters)("the blob store in $name", ({ open }) => {
  test("gives back any range of what was put, cut at its end", async () => {
    const store = await open();
    const bytes = seededRandom(1)(1000);
    const name = blobName(bytes);
    expect(unwrap(await store.put(library, name, bytes, 1e9))).toBe("stored");
    const range = fc.asyncProperty(fc.nat(1100), fc.nat(1100), async (start, end) => {
      expect(await readAll(store, name, start, end)).toEqual(bytes.slice(start, Math.max(start, end)));
    });
    await fc.assert(range, { numRuns: 100, seed: 7 });
    expect(unwrap(await store.size(library, name))).toBe(1000);
  });

  test("reads large blobs in chunks and small ones not at all", async () => {
    const store = await open();
    for (const size of [0, 1, 262_144, 700_001]) {
      const bytes = new Uint8Array(size).fill(size & 255);
      await store.put(library, blobName(bytes), bytes, 1e9);
      expect(await readAll(store, blobName(bytes), 0, size)).toEqual(bytes);
    }
  });

  test("knows a blob that it holds, and keeps libraries apart", async () => {
    const store = await open();
    const bytes = new Uint8Array([1, 2, 3]);
    const name = blobName(bytes);
    await store.put(library, name, bytes, 1e9);
    expect(unwrap(await store.put(library, name, bytes, 1e9))).toBe("duplicate");
    expect(unwrap(await store.size(other, name))).toBeNull();
    expect(unwrap(await store.read(other, name, 0, 3))).toBeNull();
    expect([unwrap(await store.usage(library)), unwrap(await store.usage(other))]).toEqual([3, 0]);
  });

  test("refuses bytes under another name", async () => {
    const store = await open();
    const refused = await store.put(library, blobName(new Uint8Array([1])), new Uint8Array([2]), 1e9);
    expect(!refused.ok && refused.error.kind).toBe("wrong-name");
    expect(unwrap(await store.usage(library))).toBe(0);
  });

  test("takes a quota to the byte and no further", async () => {
    const store = await open();
    const [four, five] = [new Uint8Array(4), new Uint8Array(5).fill(1)];
    expect((await store.put(library, blobName(four), four, 8)).ok).toBe(true);
    const refused = await store.put(library, blobName(five), five, 8);
    expect(!refused.ok && refused.error.kind).toBe("blob-quota");
    expect(unwrap(await store.size(library, blobName(five)))).toBeNull();
    expect((await store.put(library, blobName(five), five, 9)).ok).toBe(true);
  });

  test("stores a blob once, however many bring it at once", async () => {
    const store = await open();
    const bytes = new Uint8Array(5000).fill(3);
    const puts = await Promise.all(Array.from({ length: 5 }, () => store.put(library, blobName(bytes), bytes, 1e9)));
    expect(puts.map(unwrap).sort()).toEqual(["duplicate", "duplicate", "duplicate", "duplicate", "stored"]);
    expect(unwrap(await store.usage(library))).toBe(5000);
  });
});

describe("a folder of blobs", () => {
  test("is laid out by library and name, closed to others, without leftovers", async () => {
    const folder = createFolder();
    const bytes = new Uint8Array([9]);
    const name = blobName(bytes);
    await (await openFolder(folder)).put(library, name, bytes, 1e9);
    expect(readdirSync(join(folder, "blobs", library, name.slice(0, 2)))).toEqual([name]);
    expect(readdirSync(join(folder, "incoming"))).toEqual([]);
    expect(statSync(join(folder, "blobs", library, name.slice(0, 2), name)).mode & 0o077).toBe(0);
  });

  test("survives a restart, drops what was half-written, and counts what it holds", async () => {
    const folder = createFolder();
    const bytes = new Uint8Array(10);
    await (await openFolder(folder)).put(library, blobName(bytes), bytes, 1e9);
    writeFileSync(join(folder, "incoming", "17"), "half");
    const store = await openFolder(folder);
    expect(readdirSync(join(folder, "incoming"))).toEqual([]);
    expect(unwrap(await store.usage(library))).toBe(10);
    expect(unwrap(await store.put(library, blobName(bytes), bytes, 10))).toBe("duplicate");
  });

  test("says that it failed where the disk does, and holds nothing of it", async () => {
    const folder = createFolder();
    const store = await openFolder(folder);
    const bytes = new Uint8Array([7]);
    const name = blobName(bytes);
    await mkdir(join(folder, "blobs", library), { recursive: true });
    writeFileSync(join(folder, "blobs", library, name.slice(0, 2)), "a file where a folder should be");
    const refused = await store.put(library, name, bytes, 1e9);
    expect(!refused.ok && refused.error.kind).toBe("blob-store-unavailable");
  });
});

describe("the blobs' routes", () => {
  async function createWorld(limits = {}) {
    const world = createRelayWorld(limits);
    const founded = foundLibrary(1);
    await world.append(founded.library, [founded.create]);
    const token = await world.token(founded.library, founded.founder);
    const path = (name: string): string => `/v1/libraries/${founded.library}/blobs/${name}`;
    const put = (bytes: Uint8Array, name: string = blobName(bytes)) =>
      world.send(path(name), { method: "PUT", headers: bearer(token), body: bytes as Uint8Array<ArrayBuffer> });
    const get = (name: string, range?: string, method = "GET") =>
      world.send(path(name), { method, headers: { ...bearer(token), ...(range === undefined ? {} : { range }) } });
    return { world, path, put, get };
  }

  const ten = Uint8Array.from({ length: 10 }, (_, at) => at);

  test("store once and answer GET and HEAD", async () => {
    const { put, get } = await createWorld();
    expect(await (await put(ten)).json()).toEqual({ outcome: "stored" });
    expect(await (await put(ten)).json()).toEqual({ outcome: "duplicate" });
    const response = await get(blobName(ten));
    expect([response.status, response.headers.get("content-length"), response.headers.get("cache-control")]).toEqual([
      200,
      "10",
      "no-store",
    ]);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(ten);
    const head = await get(blobName(ten), undefined, "HEAD");
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "10", ""]);
    expect((await get("0".repeat(64), undefined, "HEAD")).status).toBe(404);
    expect(await refusalOf(await get("0".repeat(64)))).toEqual([404, "not-found"]);
  });

  test.each([
    ["bytes=2-4", 206, "bytes 2-4/10", [2, 3, 4]],
    ["bytes=8-", 206, "bytes 8-9/10", [8, 9]],
    ["bytes=-3", 206, "bytes 7-9/10", [7, 8, 9]],
    ["bytes=-30", 206, "bytes 0-9/10", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ["bytes=9-99", 206, "bytes 9-9/10", [9]],
    ["bytes=4-2", 200, null, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ["bytes=0-1,4-5", 200, null, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ["lines=1-2", 200, null, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ])("honour the range %s", async (range, status, contentRange, bytes) => {
    const { put, get } = await createWorld();
    await put(ten);
    const response = await get(blobName(ten), range);
    expect([response.status, response.headers.get("content-range")]).toEqual([status, contentRange]);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual(bytes);
  });

  test.each(["bytes=10-", "bytes=-0", "bytes=99-100"])("have nothing in the range %s", async (range) => {
    const { put, get } = await createWorld();
    await put(ten);
    const response = await get(blobName(ten), range);
    expect([response.status, response.headers.get("content-range")]).toEqual([416, "bytes */10"]);
  });

  test("refuse a wrong name, a name that is none, too many bytes, too much at once and a full library", async () => {
    const { world, path, put } = await createWorld({ blobBytes: 100, blobBytesInFlight: 50, libraryBlobBytes: 30 });
    expect(await refusalOf(await put(ten, "0".repeat(64)))).toEqual([400, "bad-request"]);
    expect(await refusalOf(await put(ten, "xyz"))).toEqual([400, "bad-request"]);
    expect(await refusalOf(await put(new Uint8Array(101)))).toEqual([413, "too-large"]);
    expect(await refusalOf(await put(new Uint8Array(51)))).toEqual([503, "unavailable"]);
    expect(await refusalOf(await put(new Uint8Array(31)))).toEqual([507, "quota-exceeded"]);
    expect((await put(new Uint8Array(30))).status).toBe(200);
    expect(await refusalOf(await world.send(path(blobName(ten)), { method: "PUT", body: ten }))).toEqual([401, "unauthorised"]);
  });
});
