/** Appending to the SQLite log, inside a transaction that the caller opened. */
import type { DatabaseSync } from "node:sqlite";
import { idToBytes, type LibraryId, type RecordHash } from "@albumen/core/ids/ids.ts";
import { runningHash } from "@albumen/core/crypto/verify.ts";
import { type Jump, jumpOf } from "./jump.ts";
import { type LogEntry, logLimits, type LogOutcome } from "./log-store.ts";
import { createJumpReader } from "./sqlite-read.ts";

/** A library's row, kept while its entries are appended. */
interface Head {
  readonly number: number;
  last: number;
  running: Uint8Array;
  membership: number;
  bytes: number;
  membershipBytes: number;
  /** Jumps of what was appended together with it: a device's next record mostly follows its last. */
  readonly jumps: Map<RecordHash, Jump>;
}

/** The function that appends `entries` to `library`. @throws where the database fails. */
export function createAppender(db: DatabaseSync): (library: LibraryId, entries: readonly LogEntry[]) => readonly LogOutcome[] {
  const find = db.prepare("SELECT number, last, running, membership, bytes, membership_bytes FROM library WHERE id = ?");
  const found = db.prepare(`
    INSERT INTO library (id, last, running, membership, bytes, membership_bytes) VALUES (?, 0, zeroblob(32), 0, 0, 0)`);
  const update = db.prepare(`
    UPDATE library SET last = ?, running = ?, membership = ?, bytes = ?, membership_bytes = ? WHERE number = ?`);
  const appendEntry = createEntryAppender(db);
  const headOf = (library: LibraryId): Head => {
    const id = idToBytes(library);
    const row = find.get(id);
    if (row === undefined) {
      const number = Number(found.run(id).lastInsertRowid);
      return { number, last: 0, running: new Uint8Array(32), membership: 0, bytes: 0, membershipBytes: 0, jumps: new Map() };
    }
    const { number, last, running, membership, bytes, membership_bytes: membershipBytes } = row;
    if (!(running instanceof Uint8Array)) throw new Error("a library has no running hash");
    return {
      number: Number(number),
      last: Number(last),
      running,
      membership: Number(membership),
      bytes: Number(bytes),
      membershipBytes: Number(membershipBytes),
      jumps: new Map(),
    };
  };
  return (library, entries) => {
    if (entries.length === 0) return [];
    const head = headOf(library);
    const outcomes = entries.map((entry) => appendEntry(head, entry));
    update.run(head.last, head.running, head.membership, head.bytes, head.membershipBytes, head.number);
    return outcomes;
  };
}

function createEntryAppender(db: DatabaseSync): (head: Head, entry: LogEntry) => LogOutcome {
  const at = db.prepare("SELECT hash, place FROM record WHERE library = ? AND device = ? AND sequence = ?");
  const aside = db.prepare("SELECT count(*) AS count FROM record WHERE library = ? AND device = ? AND aside = 1");
  const insert = db.prepare(`
    INSERT INTO record (library, place, hash, previous, jump, device, sequence, kind, aside, running, bytes)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const jumpAt = createJumpReader(db);
  const admit = db.prepare("INSERT OR IGNORE INTO admitted (device, library) VALUES (?, ?)");
  return (head, entry) => {
    const hash = idToBytes(entry.hash);
    const device = idToBytes(entry.device);
    const here = at.all(head.number, device, entry.sequence);
    const held = here.find((row) => row["hash"] instanceof Uint8Array && Buffer.compare(row["hash"], hash) === 0);
    if (held !== undefined) return { outcome: "duplicate", place: Number(held["place"]) };
    if (here.length >= logLimits.forks) return { outcome: "refused", why: "too-many-forks" };
    if (entry.aside && Number(aside.get(head.number, device)?.["count"]) >= logLimits.aside) {
      return { outcome: "refused", why: "too-many-aside" };
    }
    const kind = entry.kind === "membership" ? 1 : 2;
    const before = entry.previous === null ? undefined : (head.jumps.get(entry.previous) ?? jumpAt(head.number, entry.previous));
    const jump = jumpOf(entry, before);
    head.jumps.set(entry.hash, jump);
    const [previous, to] = [entry.previous, jump.to].map((id) => (id === null ? null : idToBytes(id)));
    head.last++;
    head.running = runningHash(head.running, entry.hash);
    head.bytes += entry.bytes.length;
    if (kind === 1) {
      head.membership++;
      head.membershipBytes += entry.bytes.length;
    }
    const isAside = entry.aside ? 1 : 0;
    insert.run(
      head.number,
      head.last,
      hash,
      previous ?? null,
      to ?? null,
      device,
      entry.sequence,
      kind,
      isAside,
      head.running,
      entry.bytes,
    );
    for (const key of entry.admits) admit.run(idToBytes(key), head.number);
    return { outcome: here.length === 0 ? "stored" : "forked", place: head.last };
  };
}
