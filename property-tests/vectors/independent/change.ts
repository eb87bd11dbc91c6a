/**
 * An Automerge change chunk, as far as facts need it: head, checksum, and the columns of keys and values. Written from the binary
 * format's specification; https://automerge.org/automerge-binary-format-spec §3.
 */
import { demand, toHex } from "./bytes.ts";
import { sha256 } from "./crypto.ts";

/** What a change says. */
export interface Change {
  /** SHA-256 of the chunk after its checksum. */
  readonly hash: string;
  readonly actor: string;
  readonly dependencies: readonly string[];
  readonly time: number;
  readonly message: number;
  /** Columns by specification. */
  readonly columns: ReadonlyMap<number, Uint8Array>;
  readonly extra: number;
}

/** The change in `bytes`. @throws Refused where it is none. */
export function readChange(bytes: Uint8Array): Change {
  demand(toHex(bytes.subarray(0, 4)) === "856f4a83", "it does not begin like a change");
  demand(bytes[8] === 1, "it is not an uncompressed change");
  const hash = toHex(sha256(bytes.subarray(8)));
  demand(hash.slice(0, 8) === toHex(bytes.subarray(4, 8)), "its checksum is off");
  const reader = createReader(bytes, 9);
  demand(reader.unsigned() === bytes.length - reader.at(), "its length is off");
  const dependencies = Array.from({ length: reader.unsigned() }, () => toHex(reader.take(32)));
  const actor = toHex(reader.take(reader.unsigned()));
  reader.unsigned();
  reader.unsigned();
  const time = reader.signed();
  const message = reader.take(reader.unsigned()).length;
  for (let others = reader.unsigned(); others > 0; others--) reader.take(reader.unsigned());
  const listed = Array.from({ length: reader.unsigned() }, () => [reader.unsigned(), reader.unsigned()] as const);
  const columns = new Map(listed.map(([spec, length]) => [spec, reader.take(length)] as const));
  return { hash, actor, dependencies, time, message, columns, extra: bytes.length - reader.at() };
}

/** The byte strings that a change puts under keys of the root, in order. @throws Refused where it does anything else. */
export function readPuts({ columns }: Change): readonly (readonly [string, Uint8Array])[] {
  const allowed = new Set([0x15, 0x34, 0x42, 0x56, 0x57, 0x70]);
  demand(
    [...columns.keys()].every((spec) => allowed.has(spec)),
    "it does more than put values under keys of the root",
  );
  const column = (spec: number): Uint8Array => columns.get(spec) ?? new Uint8Array(0);
  const keys = runs(column(0x15), (reader) => new TextDecoder().decode(reader.take(reader.unsigned())));
  const actions = runs(column(0x42), (reader) => reader.unsigned());
  const meta = runs(column(0x56), (reader) => reader.unsigned());
  const predecessors = runs(column(0x70), (reader) => reader.unsigned());
  const inserts = createReader(column(0x34), 0);
  demand(inserts.unsigned() === keys.length && inserts.done(), "it inserts into a list");
  demand(actions.every((action) => action === 1) && actions.length === keys.length, "it does not only set");
  demand(
    predecessors.every((count) => count === 0),
    "it overwrites",
  );
  demand(
    meta.every((entry) => entry !== null && (entry & 15) === 7),
    "a value is not a byte string",
  );
  const values = createReader(column(0x57), 0);
  return keys.map((key, at) => [key ?? "", values.take((meta[at] ?? 0) >> 4)]);
}

interface Reader {
  readonly at: () => number;
  readonly done: () => boolean;
  readonly take: (count: number) => Uint8Array;
  readonly unsigned: () => number;
  readonly signed: () => number;
}

function createReader(bytes: Uint8Array, start: number): Reader {
  let at = start;
  const leb = (): readonly [number, boolean, number] => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      demand(byte !== undefined && scale < 2 ** 49, "it ends too early");
      value += (byte & 127) * scale;
      if (byte < 128) return [value, (byte & 64) !== 0, scale * 128];
    }
  };
  return {
    at: () => at,
    done: () => at >= bytes.length,
    take: (count) => {
      demand(at + count <= bytes.length, "it ends too early");
      at += count;
      return bytes.slice(at - count, at);
    },
    unsigned: () => leb()[0],
    signed: () => {
      const [value, isNegative, scale] = leb();
      return isNegative ? value - scale : value;
    },
  };
}

/** A run-length encoded column; at most 20,000 rows. */
function runs<T>(column: Uint8Array, readOne: (reader: Reader) => T): readonly (T | null)[] {
  const rows: (T | null)[] = [];
  const reader = createReader(column, 0);
  while (!reader.done()) {
    const count = reader.signed();
    const length = count === 0 ? reader.unsigned() : Math.abs(count);
    demand(rows.length + length <= 20_000, "it claims too many operations");
    if (count > 0) {
      const value = readOne(reader);
      for (let i = 0; i < length; i++) rows.push(value);
    } else for (let i = 0; i < length; i++) rows.push(count === 0 ? null : readOne(reader));
  }
  return rows;
}
