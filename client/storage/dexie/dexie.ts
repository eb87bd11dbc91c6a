/**
 * The store in IndexedDB (Dexie), for browsers. One object store per table, keys outside of the values; IndexedDB orders text
 * keys by UTF-16 code units, as the port asks. `durability: "strict"`: a transaction is complete only when it is on the disk,
 * not when the system has promised to write it. The database opens with the first call.
 *
 * One tab writes at a time: the composition holds a lock of the browser around the store.
 */
import { Dexie } from "dexie";
import { type Store, type StoreError, storeTables } from "@albumen/core/ports/store.ts";
import { err, ok } from "@albumen/core/primitives/result.ts";

/** Stands in for the browser's IndexedDB in tests. */
export interface IndexedDbParts {
  readonly indexedDB: IDBFactory;
  readonly IDBKeyRange: typeof IDBKeyRange;
}

/** The store in the database `name`; nothing is opened yet. */
export function createDexieStore(name: string, parts?: IndexedDbParts): Store {
  const db = new Dexie(name, { chromeTransactionDurability: "strict", ...parts });
  db.version(1).stores(Object.fromEntries(storeTables.map((table) => [table, ""])));
  const values = (table: string) => db.table<Uint8Array, string>(table);
  return {
    get: async (table, key) => (await values(table).get(key)) ?? null,
    keys: async (table) => values(table).toCollection().primaryKeys(),
    entries: async (table, range) => {
      const chosen = () =>
        range === undefined ? values(table).toCollection() : values(table).where(":id").above(range.after).limit(range.limit);
      const [keys, all] = await db.transaction("r", table, () => Promise.all([chosen().primaryKeys(), chosen().toArray()]));
      return keys.map((key, at) => [key, all[at] ?? new Uint8Array(0)]);
    },
    write: async (writes) => {
      const tables = [...new Set(writes.map(({ table }) => table))];
      if (tables.length === 0) return ok(null);
      try {
        await db.transaction("rw", tables, async () => {
          // A view would be cloned with its whole buffer, so what is stored is a copy of its own.
          const change = ({ table, key, value }: (typeof writes)[number]) =>
            value === null ? values(table).delete(key) : values(table).put(value.slice(), key);
          await Promise.all(writes.map(change));
        });
        return ok(null);
      } catch (cause) {
        return err(writeError(cause));
      }
    },
    close: async () => db.close(),
  };
}

function writeError(cause: unknown): StoreError {
  if (namesOf(cause).includes("QuotaExceededError")) {
    return {
      kind: "disk-full",
      reason: "the browser has no more space for this site: nothing was stored; free some and try again",
    };
  }
  return {
    kind: "store-failed",
    reason: `the store could not be written: ${cause instanceof Error ? cause.message : String(cause)}`,
  };
}

/** Names of an error and of those it wraps: Dexie puts its own around the browser's. */
function namesOf(cause: unknown): readonly string[] {
  if (typeof cause !== "object" || cause === null) return [];
  const name = "name" in cause ? [String(cause.name)] : [];
  return "inner" in cause ? [...name, ...namesOf(cause.inner)] : name;
}
