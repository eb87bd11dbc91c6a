/** Reading the SQLite log. @throws where the database fails. */
import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { bytesToId, type DeviceId, idToBytes, type LibraryId, type RecordHash } from "@albumen/core/ids/ids.ts";
import { type Page, pageLimits } from "@albumen/core/wire/page.ts";
import { followJumps, type Jump } from "./jump.ts";
import type { LogUsage, PageBounds } from "./log-store.ts";

/** The reading half of the port, without its promises. */
export interface LogReader {
  readonly page: (library: LibraryId, after: number, bounds: PageBounds) => Page;
  readonly membership: (library: LibraryId) => readonly Uint8Array[];
  readonly places: (library: LibraryId, hashes: readonly RecordHash[]) => readonly (number | null)[];
  readonly membershipBefore: (
    library: LibraryId,
    from: readonly RecordHash[],
    steps: number,
  ) => ReadonlyMap<RecordHash, RecordHash | null>;
  readonly usage: (library: LibraryId) => LogUsage;
  readonly librariesOf: (device: DeviceId, limit: number) => readonly LibraryId[];
  readonly libraries: () => number;
}

/** The reading half of the store `id` in `db`. */
export function createReader(db: DatabaseSync, id: Uint8Array): LogReader {
  const library = db.prepare("SELECT number, last, membership, bytes, membership_bytes FROM library WHERE id = ?");
  const count = db.prepare("SELECT count(*) AS count FROM library");
  const membership = db.prepare("SELECT bytes FROM record WHERE library = ? AND kind = 1 ORDER BY place");
  const place = db.prepare("SELECT place FROM record WHERE library = ? AND hash = ?");
  const jumpAt = createJumpReader(db);
  const found = db.prepare(`
    SELECT library.id FROM admitted JOIN library ON library.number = admitted.library
    WHERE admitted.device = ? ORDER BY admitted.rowid LIMIT ?`);
  const cut = createPageCutter(db, id);
  const rowOf = (name: LibraryId): Record<string, SQLOutputValue> => library.get(idToBytes(name)) ?? {};
  const numberOf = (name: LibraryId): number => Number(rowOf(name)["number"] ?? -1);
  return {
    page: (name, after, bounds) => {
      const row = rowOf(name);
      return cut(Number(row["number"] ?? -1), Number(row["last"] ?? 0), after, bounds);
    },
    membership: (name) => membership.all(numberOf(name)).map((row) => toBytes(row["bytes"])),
    places: (name, hashes) => {
      const number = numberOf(name);
      return hashes.map((hash) => {
        const found = place.get(number, idToBytes(hash));
        return found === undefined ? null : Number(found["place"]);
      });
    },
    membershipBefore: (name, from, steps) => {
      const number = numberOf(name);
      return followJumps(from, steps, (hash) => jumpAt(number, hash));
    },
    usage: (name) => {
      const row = rowOf(name);
      const [records, members, bytes] = [Number(row["last"] ?? 0), Number(row["membership"] ?? 0), Number(row["bytes"] ?? 0)];
      return { records, membership: members, bytes, membershipBytes: Number(row["membership_bytes"] ?? 0) };
    },
    librariesOf: (device, limit) =>
      found.all(idToBytes(device), limit).map((row) => bytesToId("LibraryId", row["id"]) ?? fail("a library has no id")),
    libraries: () => Number(count.get()?.["count"]),
  };
}

function createPageCutter(
  db: DatabaseSync,
  id: Uint8Array,
): (library: number, last: number, after: number, b: PageBounds) => Page {
  const records = db.prepare("SELECT bytes FROM record WHERE library = ? AND place > ? ORDER BY place LIMIT ?");
  const runningAt = db.prepare("SELECT running FROM record WHERE library = ? AND place = ?");
  return (library, last, after, bounds) => {
    const start = Math.min(after, last);
    const cut: Uint8Array[] = [];
    let bytes: number = pageLimits.head;
    for (const row of records.iterate(library, start, bounds.records)) {
      const record = toBytes(row["bytes"]);
      bytes += 4 + record.length;
      if (bytes > bounds.bytes) break;
      cut.push(record);
    }
    const sequence = start + cut.length;
    const running = sequence === 0 ? new Uint8Array(32) : toBytes(runningAt.get(library, sequence)?.["running"]);
    return { cursor: { store: id, sequence, running }, last, records: cut };
  };
}

/** The jump of a record of the library `number`; undefined where it is not held. */
export function createJumpReader(db: DatabaseSync): (library: number, hash: RecordHash) => Jump | undefined {
  const jump = db.prepare("SELECT kind, jump FROM record WHERE library = ? AND hash = ?");
  return (library, hash) => {
    const row = jump.get(library, idToBytes(hash));
    return row === undefined ? undefined : { isMembership: row["kind"] === 1, to: bytesToId("RecordHash", row["jump"]) };
  };
}

function toBytes(value: SQLOutputValue | undefined): Uint8Array {
  return value instanceof Uint8Array ? value : fail("bytes are missing");
}

function fail(reason: string): never {
  throw new Error(`the log store is damaged: ${reason}`);
}
