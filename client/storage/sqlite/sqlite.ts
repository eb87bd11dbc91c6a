/**
 * The store on SQLite (node:sqlite). Layout, durability and the lock: open-database.ts. Calls are synchronous underneath, so
 * one transaction never meets another.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { type Store, type StoreError, type StoreTable, type StoreWrite, storeTables } from "@albumen/core/ports/store.ts";
import { compareText } from "@albumen/core/primitives/bytes.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import { openDatabase, type OpenOptions, type OpenStoreError } from "./open-database.ts";

interface Statements {
  readonly get: StatementSync;
  readonly keys: StatementSync;
  readonly entries: StatementSync;
  readonly range: StatementSync;
  readonly put: StatementSync;
  readonly remove: StatementSync;
}

/** SQLite's result code for a disk, quota or page limit that is used up. */
const sqliteFull = 13;

/** The store in the file `path`; an error where it is in use, damaged, newer or not writable. */
export function openSqliteStore(path: string, options: OpenOptions = {}): Result<Store, OpenStoreError> {
  const opened = openDatabase(path, options);
  return opened.ok ? ok(storeOver(opened.value)) : opened;
}

function storeOver(db: DatabaseSync): Store {
  const statements = new Map(storeTables.map((table) => [table, prepare(db, table)]));
  const of = (table: StoreTable): Statements => {
    const prepared = statements.get(table);
    if (prepared === undefined) throw new RangeError(`there is no table ${table}`);
    return prepared;
  };
  return {
    get: async (table, key) => toBytes(of(table).get.get(key)?.["value"]),
    keys: async (table) => of(table).keys.all().map(toKey).sort(compareText),
    entries: async (table, range) =>
      (range === undefined ? of(table).entries.all() : of(table).range.all(range.after, range.limit))
        .map((row) => [toKey(row), toBytes(row["value"]) ?? new Uint8Array(0)] as const)
        .sort(([a], [b]) => compareText(a, b)),
    write: async (writes) => writeAll(db, of, writes),
    close: async () => {
      if (db.isOpen) db.close();
    },
  };
}

function prepare(db: DatabaseSync, table: StoreTable): Statements {
  return {
    get: db.prepare(`SELECT value FROM "${table}" WHERE key = ?`),
    keys: db.prepare(`SELECT key FROM "${table}" ORDER BY key`),
    entries: db.prepare(`SELECT key, value FROM "${table}" ORDER BY key`),
    range: db.prepare(`SELECT key, value FROM "${table}" WHERE key > ? ORDER BY key LIMIT ?`),
    put: db.prepare(`INSERT INTO "${table}" (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`),
    remove: db.prepare(`DELETE FROM "${table}" WHERE key = ?`),
  };
}

function writeAll(
  db: DatabaseSync,
  of: (table: StoreTable) => Statements,
  writes: readonly StoreWrite[],
): Result<null, StoreError> {
  try {
    db.exec("BEGIN IMMEDIATE");
    for (const { table, key, value } of writes) {
      if (value === null) of(table).remove.run(key);
      else of(table).put.run(key, value);
    }
    db.exec("COMMIT");
    return ok(null);
  } catch (cause) {
    // SQLite itself rolls back where the disk is full; then there is no transaction left to end.
    if (db.isOpen && db.isTransaction) db.exec("ROLLBACK");
    return err(writeError(cause));
  }
}

function writeError(cause: unknown): StoreError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const code = typeof cause === "object" && cause !== null && "errcode" in cause ? Number(cause.errcode) : 0;
  if (code % 256 === sqliteFull)
    return { kind: "disk-full", reason: "the disk is full: nothing was stored; free some space and try again" };
  return { kind: "store-failed", reason: `the store could not be written: ${message}` };
}

function toKey(row: Readonly<Record<string, unknown>>): string {
  return String(row["key"]);
}

function toBytes(value: unknown): Uint8Array | null {
  return value instanceof Uint8Array ? value : null;
}
