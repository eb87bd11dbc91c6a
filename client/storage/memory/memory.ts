/**
 * The store in memory: for tests, for benches and for a visit that shall leave nothing behind. It is the plain reading of the
 * port that the durable adapters are compared with.
 */
import type { Store, StoreError, StoreTable, StoreWrite } from "@albumen/core/ports/store.ts";
import { storeTables } from "@albumen/core/ports/store.ts";
import { compareText } from "@albumen/core/primitives/bytes.ts";
import { err, ok } from "@albumen/core/primitives/result.ts";

/** Called before each transaction takes effect; what it returns is the transaction's failure, null lets it happen. */
export type WriteFault = (writes: readonly StoreWrite[]) => StoreError | null;

/** An empty store; with `fault`, one whose disk fails as a test says. */
export function createMemoryStore(fault: WriteFault = () => null): Store {
  const tables = new Map<StoreTable, Map<string, Uint8Array>>(storeTables.map((table) => [table, new Map()]));
  const entriesOf = (table: StoreTable): Map<string, Uint8Array> => tables.get(table) ?? new Map<string, Uint8Array>();
  const sortedKeys = (table: StoreTable): string[] => [...entriesOf(table).keys()].sort(compareText);
  return {
    get: async (table, key) => entriesOf(table).get(key)?.slice() ?? null,
    keys: async (table) => sortedKeys(table),
    entries: async (table, range) => {
      const keys = sortedKeys(table);
      const chosen = range === undefined ? keys : keys.filter((key) => compareText(key, range.after) > 0).slice(0, range.limit);
      return chosen.map((key) => [key, (entriesOf(table).get(key) ?? new Uint8Array(0)).slice()]);
    },
    write: async (writes) => {
      const failure = fault(writes);
      if (failure !== null) return err(failure);
      for (const { table, key, value } of writes) {
        if (value === null) entriesOf(table).delete(key);
        else entriesOf(table).set(key, value.slice());
      }
      return ok(null);
    },
    close: async () => {},
  };
}
