/**
 * How the SQLite log store is laid out on disk, and how it is opened.
 *
 *   DIR/log.sqlite (with -wal)    the log, in WAL mode, held exclusively while a relay runs: the system lets go of it when the
 *                                 process ends, however it ends. Exclusive, because rosters and quotas are kept in memory by
 *                                 one relay, and because it spares the locks of each read.
 *
 * `synchronous = FULL`: each commit waits until the write-ahead log is on the disk, so an acknowledged record survives a power
 * cut. NORMAL would be ten times faster per commit (0.02 instead of 0.2 ms here) and could lose the last moments; batches and
 * group commit (sqlite.ts) buy that back. The schema version stands in `user_version`; a newer one is refused by name, an older
 * one is brought up to date in one transaction:
 *
 *   1 → 2   which keys came into which library (`admitted`), where records lead (`jump`), bytes of membership records:
 *           computed from the records held
 */
import { DatabaseSync } from "node:sqlite";
import type { Random } from "../effects.ts";
import { upgradeFrom1 } from "./sqlite-upgrade.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";

/** Why a folder cannot be opened as a log store. */
export interface LogOpenError {
  readonly kind: "newer-schema" | "store-in-use" | "not-a-store" | "folder-not-writable";
  readonly reason: string;
}

/** An opened store. */
export interface OpenedLog {
  readonly db: DatabaseSync;
  readonly id: Uint8Array;
  /** Lets go of the database and its lock. */
  readonly close: () => void;
}

/** The version this program writes. */
export const logSchemaVersion = 2;

const schema = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
  CREATE TABLE library (
    number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, last INTEGER NOT NULL, running BLOB NOT NULL,
    membership INTEGER NOT NULL, bytes INTEGER NOT NULL, membership_bytes INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE record (
    library INTEGER NOT NULL, place INTEGER NOT NULL, hash BLOB NOT NULL, previous BLOB, jump BLOB, device BLOB NOT NULL,
    sequence INTEGER NOT NULL, kind INTEGER NOT NULL, aside INTEGER NOT NULL, running BLOB NOT NULL, bytes BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX record_place ON record (library, place);
  CREATE UNIQUE INDEX record_hash ON record (library, hash);
  CREATE INDEX record_chain ON record (library, device, sequence);
  CREATE INDEX record_membership ON record (library, place) WHERE kind = 1;
  CREATE INDEX record_aside ON record (library, device) WHERE aside = 1;
  CREATE TABLE admitted (device BLOB NOT NULL, library INTEGER NOT NULL, UNIQUE (device, library)) STRICT;
`;

/** Opens the store in `folder`, which exists, or makes one there. */
export function openLogDatabase(folder: string, random: Random): Result<OpenedLog, LogOpenError> {
  const opened: DatabaseSync[] = [];
  const close = (): void => {
    for (const db of opened.splice(0)) db.close();
  };
  try {
    const db = new DatabaseSync(`${folder}/log.sqlite`);
    opened.push(db);
    db.exec("PRAGMA locking_mode = EXCLUSIVE");
    const version = readVersion(db);
    if (version > logSchemaVersion) {
      close();
      const reason = `${folder} was written by a newer relay (log schema ${version}; this one knows ${logSchemaVersion})`;
      return err({ kind: "newer-schema", reason });
    }
    // The lock is taken by the first transaction that writes.
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN EXCLUSIVE; COMMIT");
    if (version === 0) createSchema(db, random);
    if (version === 1) upgradeFrom1(db);
    return ok({ db, id: readStoreId(db), close });
  } catch (cause) {
    close();
    return err(openError(folder, cause instanceof Error ? cause.message : String(cause)));
  }
}

function readVersion(db: DatabaseSync): number {
  return Number(db.prepare("PRAGMA user_version").get()?.["user_version"] ?? 0);
}

function createSchema(db: DatabaseSync, random: Random): void {
  db.exec(`BEGIN; ${schema}`);
  db.prepare("INSERT INTO meta (key, value) VALUES ('store', ?)").run(random(16));
  db.exec(`PRAGMA user_version = ${logSchemaVersion}; COMMIT`);
}

function readStoreId(db: DatabaseSync): Uint8Array {
  const id = db.prepare("SELECT value FROM meta WHERE key = 'store'").get()?.["value"];
  if (!(id instanceof Uint8Array) || id.length !== 16) throw new Error("it has no store id");
  return id;
}

function openError(folder: string, message: string): LogOpenError {
  if (/locked|busy/i.test(message)) return { kind: "store-in-use", reason: `another relay is running on ${folder}` };
  if (/unable to open|readonly|permission/i.test(message)) {
    return { kind: "folder-not-writable", reason: `${folder} cannot be written: ${message}` };
  }
  return { kind: "not-a-store", reason: `${folder} holds no relay log: ${message}` };
}
