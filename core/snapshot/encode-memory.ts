/** Writes the memory of a log as columns; their layout is specified in `snapshot-format.ts`. */
import type { VerifiedEvent, VerifiedRecord } from "../facts/verified-record.ts";
import type { Frontier } from "../ids/frontier.ts";
import { idToBytes, type DeviceId, type RecordHash } from "../ids/ids.ts";
import { compareText, concatBytes, u32ToBytes, utf8 } from "../primitives/bytes.ts";
import { encodeCbor } from "../primitives/cbor.ts";
import { sortInBuckets } from "../primitives/sorting.ts";
import { createColumnWriter, type ColumnWriter } from "./columns.ts";
import type { LogMemory, RememberedRecord } from "./memory.ts";
import { snapshotColumns, snapshotVersion, type SnapshotColumn } from "./snapshot-format.ts";

/** Records per step: a few milliseconds of work. */
const recordsPerStep = 1000;

type Columns = Readonly<Record<SnapshotColumn, ColumnWriter>>;

interface Writing {
  readonly columns: Columns;
  readonly records: readonly RememberedRecord[];
  readonly placeByHash: ReadonlyMap<RecordHash, number>;
  readonly placeByDevice: ReadonlyMap<DeviceId, number>;
  readonly placeByWhat: Map<string, number>;
}

/** The bytes of `memory`, in steps, so that whoever drives it can do other things in between. */
export function* encodeMemory(memory: LogMemory): Generator<undefined, Uint8Array> {
  const records = sortRecords(memory.records);
  yield;
  const devices = devicesOf(memory);
  const writing: Writing = {
    columns: createColumns(),
    records,
    placeByHash: new Map(records.map(({ record }, place) => [record.hash, place])),
    placeByDevice: new Map(devices.map((device, place) => [device, place])),
    placeByWhat: new Map(),
  };
  yield;
  let before: VerifiedRecord | null = null;
  for (const [at, remembered] of records.entries()) {
    writeRecord(remembered, before, writing);
    before = remembered.record;
    if (at % recordsPerStep === recordsPerStep - 1) yield;
  }
  writeTables(memory, devices, writing);
  yield;
  return concatBytes(
    Uint8Array.of(snapshotVersion),
    ...snapshotColumns.flatMap((name) => {
      const column = writing.columns[name].finish();
      return [u32ToBytes(column.length), column];
    }),
  );
}

function createColumns(): Columns {
  return Object.fromEntries(snapshotColumns.map((name) => [name, createColumnWriter()])) as Record<SnapshotColumn, ColumnWriter>;
}

/** By (device, sequence, hash). */
function sortRecords(records: readonly RememberedRecord[]): readonly RememberedRecord[] {
  const byDevice = new Map<DeviceId, RememberedRecord[]>();
  for (const remembered of records) {
    const own = byDevice.get(remembered.record.device);
    if (own === undefined) byDevice.set(remembered.record.device, [remembered]);
    else own.push(remembered);
  }
  const compare = ({ record: a }: RememberedRecord, { record: b }: RememberedRecord): number =>
    a.sequence - b.sequence || compareText(a.hash, b.hash);
  return [...byDevice]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([, own]) => sortInBuckets(own, own.length + 2, ({ record }) => Math.min(record.sequence, own.length + 1), compare));
}

function devicesOf({ records }: LogMemory): readonly DeviceId[] {
  const devices = new Set<DeviceId>();
  for (const { record } of records) {
    devices.add(record.device);
    for (const { device } of record.seen) devices.add(device);
  }
  return [...devices].sort(compareText);
}

function writeTables({ records, apart }: LogMemory, devices: readonly DeviceId[], { columns, placeByWhat }: Writing): void {
  const { counts } = columns;
  for (const count of [devices.length, placeByWhat.size, records.length]) counts.number(count);
  const countByDevice = new Map<DeviceId, number>();
  for (const { record } of records) countByDevice.set(record.device, (countByDevice.get(record.device) ?? 0) + 1);
  for (const device of devices) {
    columns.devices.bytes(idToBytes(device));
    columns.records.number(countByDevice.get(device) ?? 0);
  }
  for (const what of placeByWhat.keys()) writeSized(columns.whats, utf8(what));
  columns.apart.bytes(
    encodeCbor(
      apart.map(({ device, sequence, hash, previous, reason }) => [
        idToBytes(device),
        sequence,
        idToBytes(hash),
        previous === null ? null : idToBytes(previous),
        reason,
      ]),
    ),
  );
}

function writeRecord({ record, changes }: RememberedRecord, before: VerifiedRecord | null, writing: Writing): void {
  const { columns } = writing;
  const { hash, device, sequence, previous, seen, events } = record;
  columns.sequences.near(sequence);
  columns.hashes.bytes(idToBytes(hash));
  if (previous !== null) {
    const follows = before?.device === device && before.hash === previous && before.sequence === sequence - 1;
    columns.previous.number(follows ? 0 : 1);
    if (!follows) columns.strangers.bytes(idToBytes(previous));
  }
  columns.seen.number(seen.length);
  for (const frontier of seen) writeSeen(frontier, writing);
  columns.events.number(events.length);
  for (const event of events) writeEvent(event, writing);
  columns.changes.number(changes.length);
  for (const { document, bytes } of changes) {
    columns.changes.bytes(idToBytes(document));
    writeSized(columns.changes, bytes);
  }
}

function writeSeen({ device, sequence, hash }: Frontier, { columns, records, placeByHash, placeByDevice }: Writing): void {
  const place = placeByHash.get(hash) ?? -1;
  const listed = records[place]?.record;
  if (listed?.device === device && listed.sequence === sequence) {
    columns.seen.number(1 + place);
    return;
  }
  columns.seen.number(0);
  columns.seen.number(placeByDevice.get(device) ?? 0);
  columns.seen.number(sequence);
  columns.strangers.bytes(idToBytes(hash));
}

function writeEvent({ what, at, height, facts, announcement }: VerifiedEvent, { columns, placeByWhat }: Writing): void {
  const place = placeByWhat.get(what) ?? placeByWhat.size;
  placeByWhat.set(what, place);
  columns.event.number(place);
  columns.event.number(announcement === null ? 1 + facts.length : 0);
  columns.times.near(at);
  columns.heights.near(height);
  for (const { id, bytes } of facts) {
    columns.factIds.bytes(idToBytes(id));
    columns.facts.number(bytes.length);
    columns.factBytes.bytes(bytes);
  }
  if (announcement !== null) writeSized(columns.announced, announcement);
}

function writeSized(column: ColumnWriter, bytes: Uint8Array): void {
  column.number(bytes.length);
  column.bytes(bytes);
}
