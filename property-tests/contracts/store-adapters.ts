/** The adapters of the store port, each made empty for one test, with what a test needs beside the port. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IDBFactory, IDBKeyRange } from "fake-indexeddb";
import type { Store } from "@albumen/core/ports/store.ts";
import { createDexieStore } from "@albumen/client/storage/dexie/dexie.ts";
import { createMemoryStore } from "@albumen/client/storage/memory/memory.ts";
import { createSealedStore, parseStoreKey, type StoreKey } from "@albumen/client/storage/sealed-store.ts";
import { openSqliteStore } from "@albumen/client/storage/sqlite/sqlite.ts";

/** One place where a store lives. */
export interface StorePlace {
  /** Opens what is there, or an empty store. */
  readonly open: () => Store;
  /** Removes it from the machine. */
  readonly remove: () => void;
}

/** An adapter under test. */
export interface StoreAdapter {
  readonly name: string;
  readonly createPlace: () => StorePlace;
}

/** Bytes 7, 7, … as a store key. */
export const testKey: StoreKey = parseStoreKey(new Uint8Array(32).fill(7)) as StoreKey;

/** Nonces for tests: 1, 2, 3 … */
export function createCountingRandom(): (length: number) => Uint8Array {
  let count = 0;
  return (length) => Uint8Array.from({ length }, () => count++ % 251);
}

/** A place for SQLite in a folder of its own; `maxPages` makes its disk small. */
export function createSqlitePlace(maxPages?: number): StorePlace {
  const folder = mkdtempSync(join(tmpdir(), "albumen-store-"));
  return {
    open: () => {
      const store = openSqliteStore(join(folder, "albumen.db"), maxPages === undefined ? {} : { maxPages });
      if (!store.ok) throw new Error(store.error.reason);
      return store.value;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Every adapter. */
export const storeAdapters: readonly StoreAdapter[] = [
  {
    name: "memory",
    createPlace: () => {
      const store = createMemoryStore();
      return { open: () => store, remove: () => {} };
    },
  },
  { name: "sqlite", createPlace: () => createSqlitePlace() },
  {
    name: "dexie",
    createPlace: () => {
      const parts = { indexedDB: new IDBFactory(), IDBKeyRange };
      return { open: () => createDexieStore("albumen", parts), remove: () => {} };
    },
  },
  {
    name: "sealed sqlite",
    createPlace: () => {
      const place = createSqlitePlace();
      return { ...place, open: () => createSealedStore(place.open(), testKey, createCountingRandom()) };
    },
  },
];
