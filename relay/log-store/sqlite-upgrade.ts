/** Bringing an older log up to date: see sqlite-schema.ts for what each version added. @throws where the database is damaged. */
import type { DatabaseSync } from "node:sqlite";
import { bytesToId, idToBytes } from "@albumen/core/ids/ids.ts";
import { recordToConsentingKeys } from "./consenting-keys.ts";
import { jumpOf } from "./jump.ts";
import { createJumpReader } from "./sqlite-read.ts";

/** Version 1 to 2, all of it or nothing. */
export function upgradeFrom1(db: DatabaseSync): void {
  db.exec(`
    BEGIN;
    CREATE TABLE admitted (device BLOB NOT NULL, library INTEGER NOT NULL, UNIQUE (device, library)) STRICT;
    ALTER TABLE record ADD COLUMN jump BLOB;
    ALTER TABLE library ADD COLUMN membership_bytes INTEGER NOT NULL DEFAULT 0;
    UPDATE library SET membership_bytes =
      (SELECT coalesce(sum(length(bytes)), 0) FROM record WHERE kind = 1 AND record.library = library.number);`);
  fillAdmitted(db);
  fillJumps(db);
  db.exec("PRAGMA user_version = 2; COMMIT");
}

function fillAdmitted(db: DatabaseSync): void {
  const admit = db.prepare("INSERT OR IGNORE INTO admitted (device, library) VALUES (?, ?)");
  const membership = db.prepare(`
    SELECT number, id, record.bytes FROM record JOIN library ON number = record.library WHERE kind = 1 ORDER BY record.rowid`);
  for (const { number, id, bytes } of membership.iterate()) {
    const library = bytesToId("LibraryId", id);
    if (library === null || !(bytes instanceof Uint8Array)) throw new Error("a record is damaged");
    for (const key of recordToConsentingKeys(library, bytes)) admit.run(idToBytes(key), Number(number));
  }
}

/** A jump to the record before is always right; in order of arrival each is then led over the content in between. */
function fillJumps(db: DatabaseSync): void {
  db.exec("UPDATE record SET jump = previous");
  const jumpAt = createJumpReader(db);
  const set = db.prepare("UPDATE record SET jump = ? WHERE rowid = ?");
  const chained = db.prepare("SELECT rowid AS row, library, previous FROM record WHERE previous IS NOT NULL ORDER BY rowid");
  for (const { row, library, previous: bytes } of chained.iterate()) {
    const previous = bytesToId("RecordHash", bytes);
    if (previous === null) throw new Error("a record is damaged");
    const { to } = jumpOf({ kind: "content", previous }, jumpAt(Number(library), previous));
    if (to !== previous) set.run(to === null ? null : idToBytes(to), Number(row));
  }
}
