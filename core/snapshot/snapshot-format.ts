/**
 * Snapshot, opened: the memory of a log in columns, so that loading it costs a fraction of verifying the log again.
 *
 *   version (1, = 1) ‖ for each column in this order: length (4, big-endian) ‖ column (`columns.ts`)
 *
 *    0 counts      devices, whats, records, apart
 *    1 devices     32 bytes each, ascending: every device that is named
 *    2 whats       (bytes of UTF-8, those bytes) each: what events say was done, in order of first use
 *    3 records     of each device how many: records stand by (device, sequence, hash)
 *    4 sequences   near
 *    5 hashes      32 bytes each
 *    6 previous    0 where it is the record that stands right before, else 1; nothing where the sequence is 1
 *    7 seen        how many, then for each: 1 + place of the record in this list, or 0, device, sequence for one that is not in it
 *    8 strangers   32 bytes for each 1 of column 6 and each 0 of column 7, in order of the records, a record's previous first
 *    9 events      of each record how many
 *   10 event       what, facts: 0 for an announcement, else 1 + how many
 *   11 times       near
 *   12 heights     near
 *   13 fact ids    16 bytes each
 *   14 facts       bytes of each
 *   15 fact bytes
 *   16 announced   bytes of each announcement, then those bytes
 *   17 changes     of each record how many; for each 16 bytes document, how many bytes, those bytes
 *   18 apart       canonical CBOR [[device, sequence, hash, previous or null, reason]]
 *
 * It is parsed as untrusted: every index, order, size and count is checked against what is there; what it says of the log is
 * believed until the log was verified. Limits: 128 MiB, texts of 40 UTF-16 units in column 2 and of 1,000 in column 18.
 */

/** Names of the columns, in order. */
export const snapshotColumns = [
  "counts",
  "devices",
  "whats",
  "records",
  "sequences",
  "hashes",
  "previous",
  "seen",
  "strangers",
  "events",
  "event",
  "times",
  "heights",
  "factIds",
  "facts",
  "factBytes",
  "announced",
  "changes",
  "apart",
] as const;

/** Name of a column. */
export type SnapshotColumn = (typeof snapshotColumns)[number];

/** Sizes that writer and reader agree on. */
export const snapshotLimits = { bytes: 134_217_728, what: 40, reason: 1000 } as const;

/** Version of the layout. */
export const snapshotVersion = 1;
