/**
 * The SQLite file of a device: how it is laid out, opened and locked.
 *
 *   albumen.db      one table per store table, key TEXT PRIMARY KEY → value BLOB; an unnamed index over the keys comes with it,
 *                   so listing keys reads no values
 *   albumen.db-wal  write-ahead log; present while the file is open and after a crash
 *
 * `synchronous = FULL` waits at each commit until the log is on the disk: an acknowledged edit survives a power cut.
 * `locking_mode = EXCLUSIVE` holds the file for one process from its first read until it ends, however it ends; a second
 * process waits `waitMilliseconds` and is then refused. Both files have mode 0600. `user_version` is the schema's version.
 */
import { closeSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { storeTables } from "@albumen/core/ports/store.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";

/** Why a file cannot be opened as a store. */
export interface OpenStoreError {
  readonly kind: "in-use" | "newer-schema" | "not-a-store" | "not-writable";
  readonly reason: string;
}

/** How a file is opened. */
export interface OpenOptions {
  /** How long to wait for another process to let go; default 5000. */
  readonly waitMilliseconds?: number;
  /** Pages of 4096 bytes after which the disk counts as full: for tests of that. */
  readonly maxPages?: number;
}

const schemaVersion = 1;

/** The database in the file `path`, made where it is missing, locked for this process. */
export function openDatabase(path: string, options: OpenOptions = {}): Result<DatabaseSync, OpenStoreError> {
  let db: DatabaseSync | null = null;
  try {
    // SQLite would make the file readable for others; its write-ahead log takes the mode of the file.
    closeSync(openSync(path, "a", 0o600));
    db = new DatabaseSync(path, { timeout: options.waitMilliseconds ?? 5000 });
    db.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    const version = prepareSchema(db);
    if (version > schemaVersion) {
      db.close();
      const reason = `${path} was written by a newer albumen (schema ${version}; this one knows ${schemaVersion})`;
      return err({ kind: "newer-schema", reason });
    }
    if (options.maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${options.maxPages}`);
    return ok(db);
  } catch (cause) {
    if (db?.isOpen === true) db.close();
    return err(openError(path, cause));
  }
}

/** The schema's version after making it where the file is empty. Writing takes the lock and holds it. */
function prepareSchema(db: DatabaseSync): number {
  db.exec("BEGIN IMMEDIATE");
  const version = Number(db.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (version === 0) {
    for (const table of storeTables) db.exec(`CREATE TABLE "${table}" (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT`);
    db.exec(`PRAGMA user_version = ${schemaVersion}`);
  }
  db.exec("COMMIT");
  return version === 0 ? schemaVersion : version;
}

function openError(path: string, cause: unknown): OpenStoreError {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/locked|busy/i.test(message)) return { kind: "in-use", reason: `another albumen process is using ${path}` };
  if (/unable to open|readonly|EACCES|EROFS|EISDIR|ENOENT|ENOTDIR|disk/i.test(message)) {
    return { kind: "not-writable", reason: `${path} cannot be written: ${message}` };
  }
  return { kind: "not-a-store", reason: `${path} is not a store of albumen: ${message}` };
}
