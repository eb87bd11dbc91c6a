/** Stores when something goes wrong: full disks, two processes, damaged values. */
import { statSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IDBFactory, IDBKeyRange, IDBObjectStore } from "fake-indexeddb";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Store, StoreWrite } from "@albumen/core/ports/store.ts";
import { createDexieStore } from "@albumen/client/storage/dexie/dexie.ts";
import { createMemoryStore } from "@albumen/client/storage/memory/memory.ts";
import { createSealedStore, parseStoreKey } from "@albumen/client/storage/sealed-store.ts";
import { openSqliteStore } from "@albumen/client/storage/sqlite/sqlite.ts";
import { createCountingRandom, createSqlitePlace, testKey } from "./store-adapters.ts";

const kibibytes = (count: number) => new Uint8Array(1024 * count).map((_, at) => at % 251);
const put = (key: string, value: Uint8Array): StoreWrite => ({ table: "records", key, value });
const cleanUp: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanUp.splice(0)) clean();
});

/** A store whose disk takes a small value and not 400 KB. */
const smallDisks: readonly { readonly name: string; readonly create: () => Store }[] = [
  {
    name: "memory",
    create: () =>
      createMemoryStore((writes) =>
        writes.some(({ value }) => (value?.length ?? 0) > 100_000) ? { kind: "disk-full", reason: "the disk is full" } : null,
      ),
  },
  {
    name: "sqlite",
    create: () => {
      const place = createSqlitePlace(64);
      cleanUp.push(place.remove);
      return place.open();
    },
  },
  {
    name: "dexie",
    create: () => {
      const put = IDBObjectStore.prototype.put;
      const spy = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, value, key) {
        if (value.length > 100_000) throw new DOMException("no space", "QuotaExceededError");
        return put.call(this, value, key);
      });
      cleanUp.push(() => spy.mockRestore());
      return createDexieStore("albumen", { indexedDB: new IDBFactory(), IDBKeyRange });
    },
  },
];

describe.each(smallDisks)("a full disk: $name", ({ create }) => {
  test("the write is refused as disk-full, nothing of it is stored, and the store works on", async () => {
    const store = create();
    await store.write([put("before", kibibytes(1))]);
    const refused = await store.write([put("small", kibibytes(1)), put("large", kibibytes(400))]);
    expect(refused).toMatchObject({ ok: false, error: { kind: "disk-full" } });
    expect(await store.keys("records")).toEqual(["before"]);
    expect(await store.write([put("after", kibibytes(1))])).toMatchObject({ ok: true });
    expect(await store.keys("records")).toEqual(["after", "before"]);
    await store.close();
  });
});

describe("the SQLite file", () => {
  const createFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), "albumen-store-"));
    cleanUp.push(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  };

  test("belongs to one process: the next one is refused with a sentence, and comes in once the first is gone", async () => {
    const path = join(createFolder(), "albumen.db");
    const first = openSqliteStore(path);
    expect(openSqliteStore(path, { waitMilliseconds: 50 })).toMatchObject({ ok: false, error: { kind: "in-use" } });
    if (first.ok) await first.value.close();
    expect(openSqliteStore(path, { waitMilliseconds: 50 })).toMatchObject({ ok: true });
  });

  test("can be read by its owner only, and so can its write-ahead log", async () => {
    const path = join(createFolder(), "albumen.db");
    const store = openSqliteStore(path);
    if (store.ok) await store.value.write([put("a", kibibytes(1))]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(`${path}-wal`).mode & 0o777).toBe(0o600);
  });

  test("that is something else is refused by name and left as it was", () => {
    const path = join(createFolder(), "albumen.db");
    writeFileSync(path, "these are my holidays, not a database ".repeat(200));
    expect(openSqliteStore(path)).toMatchObject({ ok: false, error: { kind: "not-a-store" } });
    expect(readFileSync(path, "utf8")).toMatch(/^these are my holidays/);
  });
});

describe("a sealed store", () => {
  const sealed = (inner: Store) => createSealedStore(inner, testKey, createCountingRandom());

  test("leaves no byte of a value readable", async () => {
    const inner = createMemoryStore();
    await sealed(inner).write([put("a", new TextEncoder().encode("Anna and Ben"))]);
    expect(Buffer.from((await inner.get("records", "a")) ?? []).includes("Anna")).toBe(false);
  });

  test("never seals twice under one nonce", async () => {
    const inner = createMemoryStore();
    const store = sealed(inner);
    await store.write([put("a", kibibytes(1)), put("b", kibibytes(1))]);
    const [a, b] = await inner.entries("records");
    expect(a?.[1].subarray(0, 24)).not.toEqual(b?.[1].subarray(0, 24));
  });

  test("names a damaged value by table and key and says nothing of its content", async () => {
    const inner = createMemoryStore();
    await sealed(inner).write([put("a", kibibytes(1))]);
    const value = (await inner.get("records", "a")) ?? new Uint8Array(0);
    value[40] = (value[40] ?? 0) ^ 1;
    await inner.write([put("a", value)]);
    await expect(sealed(inner).get("records", "a")).rejects.toThrow('the stored value "a" of the table "records" is damaged');
  });

  test("refuses a value that was moved to another key", async () => {
    const inner = createMemoryStore();
    await sealed(inner).write([put("a", kibibytes(1))]);
    await inner.write([put("b", (await inner.get("records", "a")) ?? new Uint8Array(0))]);
    await expect(sealed(inner).entries("records")).rejects.toThrow('"b" of the table "records"');
  });

  test("takes a key of 32 bytes and no other", () => {
    expect(parseStoreKey(new Uint8Array(32))).not.toBeNull();
    expect(parseStoreKey(new Uint8Array(31))).toBeNull();
  });
});
