/** Reads the memory of a log from columns; their layout is specified in `snapshot-format.ts`. */
import type { StatedFact, VerifiedEvent } from "../facts/verified-record.ts";
import type { Frontier } from "../ids/frontier.ts";
import { bytesToId, idBytes, type DeviceId, type FactId, type IdByKind, type IdKind, type RecordHash } from "../ids/ids.ts";
import { bytesToHex, bytesToU32, utf8ToText } from "../primitives/bytes.ts";
import { decodeCbor, type CborValue } from "../primitives/cbor.ts";
import { createColumnReader, type ColumnReader } from "./columns.ts";
import type { LogMemory, RememberedApart, RememberedChange, RememberedRecord } from "./memory.ts";
import { snapshotColumns, snapshotLimits, snapshotVersion, type SnapshotColumn } from "./snapshot-format.ts";

class Damaged extends Error {}

/** The memory in `bytes`; null where they are not what `encodeMemory` writes. Facts and announcements are views of `bytes`. */
export function decodeMemory(bytes: Uint8Array): LogMemory | null {
  try {
    return readMemory(splitColumns(bytes));
  } catch (cause) {
    if (cause instanceof Damaged) return null;
    throw cause;
  }
}

function splitColumns(bytes: Uint8Array): Readonly<Record<SnapshotColumn, Uint8Array>> {
  demand(bytes.length <= snapshotLimits.bytes && bytes[0] === snapshotVersion);
  let at = 1;
  const columns = snapshotColumns.map((name) => {
    const length = bytesToU32(bytes, at) ?? bytes.length;
    const start = at + 4;
    at = start + length;
    demand(at <= bytes.length);
    return [name, bytes.subarray(start, at)];
  });
  demand(at === bytes.length);
  return Object.fromEntries(columns) as Record<SnapshotColumn, Uint8Array>;
}

interface Reading {
  readonly columns: Readonly<Record<SnapshotColumn, ColumnReader>>;
  readonly devices: readonly DeviceId[];
  readonly whats: readonly string[];
  /** Of each record in order. */
  readonly hashes: readonly RecordHash[];
  readonly authors: readonly DeviceId[];
  readonly sequences: readonly number[];
  readonly strangers: Turn<RecordHash>;
  readonly factIds: Turn<FactId>;
}

function readMemory(bytes: Readonly<Record<SnapshotColumn, Uint8Array>>): LogMemory {
  const readers = snapshotColumns.map((name) => [name, createColumnReader(bytes[name])]);
  const columns = Object.fromEntries(readers) as Record<SnapshotColumn, ColumnReader>;
  const [deviceCount, whatCount, recordCount] = [columns.counts.number(), columns.counts.number(), columns.counts.number()];
  const devices = readIds("DeviceId", bytes.devices);
  const hashes = readIds("RecordHash", bytes.hashes);
  demand(devices.length === deviceCount && hashes.length === recordCount && whatCount <= bytes.whats.length);
  demand(devices.every((device, at) => at === 0 || (devices[at - 1] ?? "") < device));
  const whats = Array.from({ length: whatCount }, () => readWhat(columns.whats));
  const authors = devices.flatMap((device) => new Array<DeviceId>(bounded(columns.records.number(), hashes.length)).fill(device));
  const sequences = hashes.map(() => columns.sequences.near());
  demand(authors.length === hashes.length && sequences.every((sequence) => sequence >= 1));
  const strangers = createTurn(readIds("RecordHash", bytes.strangers));
  const factIds = createTurn(readIds("FactId", bytes.factIds));
  const reading: Reading = { columns, devices, whats, hashes, authors, sequences, strangers, factIds };
  const records = hashes.map((_, at) => readRecord(at, reading));
  demand(strangers.isDone() && factIds.isDone() && readAsNumbers.every((name) => columns[name].isDone()));
  return { records, apart: readApart(bytes.apart) };
}

const wholeColumns: ReadonlySet<string> = new Set<SnapshotColumn>(["devices", "hashes", "strangers", "factIds", "apart"]);
const readAsNumbers = snapshotColumns.filter((name) => !wholeColumns.has(name));

function readRecord(at: number, reading: Reading): RememberedRecord {
  const { columns, hashes, authors, sequences, strangers } = reading;
  const [hash, device, sequence] = [item(hashes, at), item(authors, at), item(sequences, at)];
  demand(at === 0 || isBefore(at - 1, at, reading));
  let previous: RecordHash | null = null;
  if (sequence > 1) {
    const stranger = columns.previous.number();
    demand(stranger === 1 || (stranger === 0 && at > 0 && authors[at - 1] === device && sequences[at - 1] === sequence - 1));
    previous = stranger === 1 ? strangers.next() : item(hashes, at - 1);
  }
  const seen = list(columns.seen, maximalSeen, () => readSeen(reading));
  const events = list(columns.events, maximalEvents, () => readEvent(reading));
  const changes = list(columns.changes, maximalChanges, () => readChange(columns.changes));
  return { record: { hash, device, sequence, previous, seen, events }, changes };
}

/** What a record may hold at most; see `documents/content.ts` and `membership/private-part.ts`. */
const [maximalSeen, maximalEvents, maximalChanges] = [1000, 1000, 10_000_000] as const;
const none: readonly never[] = [];

/** Whether records stand in order of (device, sequence, hash), each once. */
function isBefore(a: number, b: number, { authors, sequences, hashes }: Reading): boolean {
  const [before, after] = [item(sequences, a), item(sequences, b)];
  return item(authors, a) !== item(authors, b) || before < after || (before === after && item(hashes, a) < item(hashes, b));
}

function readSeen({ columns: { seen }, devices, hashes, authors, sequences, strangers }: Reading): Frontier {
  const place = seen.number() - 1;
  if (place >= 0) return { device: item(authors, place), sequence: item(sequences, place), hash: item(hashes, place) };
  const device = item(devices, seen.number());
  const sequence = seen.number();
  demand(sequence >= 1);
  return { device, sequence, hash: strangers.next() };
}

function readEvent(reading: Reading): VerifiedEvent {
  const { columns, whats } = reading;
  const what = item(whats, columns.event.number());
  const count = columns.event.number() - 1;
  const at = columns.times.near();
  const height = columns.heights.near();
  demand(Number.isSafeInteger(at) && height >= 1);
  if (count < 0) return { what, at, height, facts: none, announcement: readSized(columns.announced) };
  const facts: StatedFact[] = [];
  for (let left = count; left > 0; left--) {
    facts.push({ id: reading.factIds.next(), bytes: columns.factBytes.bytes(columns.facts.number()) });
  }
  return { what, at, height, facts, announcement: null };
}

function readChange(column: ColumnReader): RememberedChange {
  const document = bytesToId("FreeDocumentId", column.bytes(idBytes.FreeDocumentId));
  if (document === null) throw new Damaged();
  return { document, bytes: readSized(column) };
}

function readApart(bytes: Uint8Array): readonly RememberedApart[] {
  const decoded = decodeCbor(bytes);
  if (!decoded.ok || !Array.isArray(decoded.value)) throw new Damaged();
  return (decoded.value as readonly CborValue[]).map((value) => {
    if (!Array.isArray(value) || value.length !== 5) throw new Damaged();
    const [author, sequence, name, before, reason] = value as readonly CborValue[];
    const device = bytesToId("DeviceId", author);
    const hash = bytesToId("RecordHash", name);
    const previous = before === null ? null : (bytesToId("RecordHash", before) ?? undefined);
    if (device === null || hash === null || previous === undefined || typeof sequence !== "number") throw new Damaged();
    demand(sequence >= 1 && typeof reason === "string" && reason.length <= snapshotLimits.reason);
    return { device, sequence, hash, previous, reason: String(reason) };
  });
}

function readWhat(column: ColumnReader): string {
  const text = utf8ToText(readSized(column));
  if (text === null || text.length > snapshotLimits.what) throw new Damaged();
  return text;
}

function readSized(column: ColumnReader): Uint8Array {
  return column.bytes(column.number());
}

/** As many items as the column's next number says. */
function list<T>(column: ColumnReader, limit: number, read: () => T): readonly T[] {
  const count = bounded(column.number(), limit);
  if (count === 0) return none;
  const items: T[] = [];
  while (items.length < count) items.push(read());
  return items;
}

/** Ids that are taken one after the other. */
interface Turn<Id> {
  readonly next: () => Id;
  readonly isDone: () => boolean;
}

function createTurn<Id>(ids: readonly Id[]): Turn<Id> {
  let at = 0;
  return { next: () => item(ids, at++), isDone: () => at === ids.length };
}

/** All ids of a column. One text for all of them, which the engine cuts without copying: a tenth of the time of one after the other. */
function readIds<K extends IdKind>(kind: K, column: Uint8Array): readonly IdByKind[K][] {
  const digits = 2 * idBytes[kind];
  const text = bytesToHex(column);
  demand(text.length % digits === 0);
  return Array.from({ length: text.length / digits }, (_, at) => text.slice(at * digits, (at + 1) * digits) as IdByKind[K]);
}

function item<T>(items: readonly T[], at: number): T {
  const found = items[at];
  if (found === undefined) throw new Damaged();
  return found;
}

function bounded(count: number, limit: number): number {
  if (!(count <= limit)) throw new Damaged();
  return count;
}

function demand(condition: boolean): void {
  if (!condition) throw new Damaged();
}
