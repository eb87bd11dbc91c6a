/** What a ledger remembers across starts, and what it makes of a memory. */
import { verifyFreeChange } from "@albumen/core/documents/free-change.ts";
import type { CarriedChange } from "@albumen/core/documents/content.ts";
import type { RecordHash } from "@albumen/core/ids/ids.ts";
import type { LogMemory, RememberedApart, RememberedRecord } from "@albumen/core/snapshot/memory.ts";
import type { Entry } from "./entry.ts";

/** The memory of `entries` without the records in `left out`. */
export function memoryOf(entries: Iterable<Entry>, leftOut: ReadonlySet<RecordHash>): LogMemory {
  const records: RememberedRecord[] = [];
  const apart: RememberedApart[] = [];
  for (const { link, content, freeChanges, apart: reason } of entries) {
    if (leftOut.has(link.hash)) continue;
    if (content !== null) records.push({ record: content, changes: freeChanges });
    else apart.push({ ...link, reason: reason ?? "" });
  }
  return { records, apart };
}

/** Entries as if the records of `memory` had been opened; those with changes that no record can carry are left to the log. */
export function* rememberedEntries({ records, apart }: LogMemory): Generator<Entry> {
  for (const remembered of records) {
    const { record } = remembered;
    const freeChanges = remembered.changes.length === 0 ? none : carriedChanges(remembered);
    if (freeChanges === null) continue;
    yield { link: record, waiting: null, content: record, changes: none, freeChanges, apart: null };
  }
  for (const { device, sequence, hash, previous, reason } of apart) {
    const link = { device, sequence, hash, previous };
    yield { link, waiting: null, content: null, changes: none, freeChanges: none, apart: reason };
  }
}

const none: readonly never[] = [];

function carriedChanges({ record, changes }: RememberedRecord): readonly CarriedChange[] | null {
  const carried: CarriedChange[] = [];
  for (const { document, bytes } of changes) {
    const change = verifyFreeChange(bytes);
    if (!change.ok) return null;
    carried.push({ ...change.value, document, record: record.hash, device: record.device, sequence: record.sequence });
  }
  return carried;
}
