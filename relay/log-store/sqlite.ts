/**
 * Log store on SQLite (node:sqlite). Layout and durability: sqlite-schema.ts.
 *
 * Group commit: appends that were asked for in one turn of the event loop share one transaction and so one wait for the disk;
 * each is answered after that commit. Where the transaction fails (disk full, I/O), all of them fail and nothing was written.
 */
import type { DatabaseSync } from "node:sqlite";
import type { LibraryId, RecordHash } from "@albumen/core/ids/ids.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import type { LogEntry, LogOutcome, LogStore, LogStoreError } from "./log-store.ts";
import { createAppender } from "./sqlite-append.ts";
import { createReader } from "./sqlite-read.ts";
import type { OpenedLog } from "./sqlite-schema.ts";

interface PendingAppend {
  readonly library: LibraryId;
  readonly entries: readonly LogEntry[];
  readonly resolve: (result: Result<readonly LogOutcome[], LogStoreError>) => void;
}

/** The store in an opened database; `close` closes that as well. */
export function createSqliteLogStore({ db, id, close }: OpenedLog): LogStore {
  const read = createReader(db, id);
  const commit = createGroupCommit(db);
  const answer = <T>(query: () => T): Promise<Result<T, LogStoreError>> => Promise.resolve(attempt(query));
  return {
    id,
    append: commit.append,
    page: (library, after, bounds) => answer(() => read.page(library, after, bounds)),
    membership: (library) => answer(() => read.membership(library)),
    places: (library, hashes: readonly RecordHash[]) => answer(() => read.places(library, hashes)),
    membershipBefore: (library, from, steps) => answer(() => read.membershipBefore(library, from, steps)),
    usage: (library) => answer(() => read.usage(library)),
    librariesOf: (device, limit) => answer(() => read.librariesOf(device, limit)),
    libraries: () => answer(read.libraries),
    close: () => {
      commit.flush();
      close();
      return Promise.resolve();
    },
  };
}

function createGroupCommit(db: DatabaseSync): { append: LogStore["append"]; flush: () => void } {
  const appendEntries = createAppender(db);
  let pending: PendingAppend[] = [];
  const flush = (): void => {
    const group = pending;
    pending = [];
    if (group.length === 0) return;
    const outcomes = attempt(() => inTransaction(db, () => group.map(({ library, entries }) => appendEntries(library, entries))));
    for (const [at, { resolve }] of group.entries()) resolve(outcomes.ok ? ok(outcomes.value[at] ?? []) : outcomes);
  };
  const append: LogStore["append"] = (library, entries) =>
    new Promise((resolve) => {
      if (pending.length === 0) setImmediate(flush);
      pending.push({ library, entries, resolve });
    });
  return { append, flush };
}

function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const value = work();
    db.exec("COMMIT");
    return value;
  } catch (cause) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw cause;
  }
}

function attempt<T>(query: () => T): Result<T, LogStoreError> {
  try {
    return ok(query());
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return err({ kind: "log-store-unavailable", reason: `the log store failed: ${message}` });
  }
}
