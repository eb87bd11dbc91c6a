/**
 * Authored change: a fast reader of exactly those bytes that Automerge writes for what `author.ts` does, and of nothing else.
 * Whatever it does not recognise, `verifyChange` decodes with Automerge itself; a test compares the two on changes as they are
 * authored and on damaged ones. With n puts, not all of them empty, the only form is
 *
 *   85 6f 4a 83 ‖ checksum (4) ‖ 01 ‖ length ‖ 01 ‖ dependency (32) ‖ 18 ‖ actor (24) ‖ seq ‖ startOp ‖ 00 (time)
 *   ‖ 00 (message) ‖ 00 (other actors) ‖ 06 (columns) ‖ 15 length ‖ 34 length ‖ 42 length ‖ 56 length ‖ 57 length ‖ 70 length
 *   ‖ 15 keys          −n ‖ n times (20 ‖ 32 bytes of ASCII)
 *   ‖ 34 insert        n: so often false
 *   ‖ 42 action        7f 01 where n is 1, else n ‖ 01: so often "set"
 *   ‖ 56 value types   n numbers (bytes × 16 + 7) in runs: times ‖ number where it repeats, else −count ‖ numbers
 *   ‖ 57 values        their bytes, one after the other
 *   ‖ 70 predecessors  7f 00 where n is 1, else n ‖ 00: so often none
 *
 * Numbers are LEB128 in its shortest form, runs are as long as they can be: one change, one encoding. The checksum is the
 * beginning of the change's hash, SHA-256 over all that follows it.
 */
import { sha256 } from "../crypto/hash.ts";
import { asciiToText, bytesToHex } from "../primitives/bytes.ts";
import { readByte, readSigned, readUnsigned, type Leb128Reader } from "./leb128-reader.ts";
import type { VerifiedChange } from "./verified-change.ts";

const [dependencyBytes, actorBytes, keyBytes] = [32, 24, 32] as const;
/** Where the checksum ends, and what it covers begins. */
const checksumEnd = 8;
const columnSpecs = [0x15, 0x34, 0x42, 0x56, 0x57, 0x70] as const;

/** The change in `bytes`, whose keys may repeat; null where they are anything but the only form. */
export function readAuthoredChange(bytes: Uint8Array, maximalOperations: number): VerifiedChange | null {
  const reader: Leb128Reader = { bytes, at: 0 };
  const head = readHead(reader);
  if (head === null) return null;
  const { dependency, actor, seq, startOp, ends } = head;
  const keys = readKeys(reader, maximalOperations);
  if (keys === null || reader.at !== ends[0]) return null;
  if (readUnsigned(reader) !== keys.length || reader.at !== ends[1]) return null;
  if (!isRepeated(reader, keys.length, 1) || reader.at !== ends[2]) return null;
  const lengths = readValueLengths(reader, keys.length);
  if (lengths === null || reader.at !== ends[3]) return null;
  const values = lengths.map((length) => takeBytes(reader, length));
  if (reader.at !== ends[4] || !isRepeated(reader, keys.length, 0) || reader.at !== bytes.length) return null;
  const digest = sha256(bytes.subarray(checksumEnd));
  if (digest[0] !== bytes[4] || digest[1] !== bytes[5] || digest[2] !== bytes[6] || digest[3] !== bytes[7]) return null;
  const entries = keys.map((key, index) => ({ key, value: values[index] ?? bytes.subarray(0, 0) }));
  return { hash: bytesToHex(digest), actor, seq, startOp, dependency, entries };
}

interface Head {
  readonly dependency: string;
  readonly actor: string;
  readonly seq: number;
  readonly startOp: number;
  /** Where each column ends; the last one with the change. */
  readonly ends: readonly number[];
}

function readHead(reader: Leb128Reader): Head | null {
  const { bytes } = reader;
  if (bytes[0] !== 0x85 || bytes[1] !== 0x6f || bytes[2] !== 0x4a || bytes[3] !== 0x83) return null;
  reader.at = checksumEnd;
  if (readByte(reader) !== 1 || readUnsigned(reader) !== bytes.length - reader.at) return null;
  const dependency = readByte(reader) === 1 ? readHex(reader, dependencyBytes) : null;
  const actor = readByte(reader) === actorBytes ? readHex(reader, actorBytes) : null;
  const seq = readUnsigned(reader);
  const startOp = readUnsigned(reader);
  if (dependency === null || actor === null || !(seq >= 1) || !(startOp >= 1)) return null;
  // Time, message, other actors: none.
  if (readByte(reader) !== 0 || readByte(reader) !== 0 || readByte(reader) !== 0) return null;
  if (readByte(reader) !== columnSpecs.length) return null;
  const lengths = columnSpecs.map((spec) => (readByte(reader) === spec ? readUnsigned(reader) : Number.NaN));
  const ends: number[] = [];
  for (const length of lengths) ends.push((ends.at(-1) ?? reader.at) + length);
  return ends.at(-1) === bytes.length ? { dependency, actor, seq, startOp, ends } : null;
}

function takeBytes(reader: Leb128Reader, length: number): Uint8Array {
  const start = reader.at;
  reader.at += length;
  return reader.bytes.subarray(start, reader.at);
}

function readHex(reader: Leb128Reader, length: number): string {
  return bytesToHex(takeBytes(reader, length));
}

function readKeys(reader: Leb128Reader, maximal: number): readonly string[] | null {
  const count = -readSigned(reader);
  if (!(count >= 1 && count <= maximal)) return null;
  const keys: string[] = [];
  while (keys.length < count) {
    const start = reader.at + 1;
    const key = readByte(reader) === keyBytes ? asciiToText(reader.bytes.subarray(start, start + keyBytes)) : null;
    if (key?.length !== keyBytes) return null;
    keys.push(key);
    reader.at = start + keyBytes;
  }
  return keys;
}

/** Whether `value` stands here `count` times, as a run. */
function isRepeated(reader: Leb128Reader, count: number, value: number): boolean {
  return readSigned(reader) === (count === 1 ? -1 : count) && readByte(reader) === value;
}

/** The lengths of `count` values in bytes. */
function readValueLengths(reader: Leb128Reader, count: number): readonly number[] | null {
  const lengths: number[] = [];
  let previous = -1;
  let afterLiterals = false;
  while (lengths.length < count) {
    const run = readSigned(reader);
    const literals = run < 0;
    if (!(literals ? !afterLiterals : run > 1) || lengths.length + Math.abs(run) > count) return null;
    for (let left = literals ? -run : 1; left > 0; left--) {
      const type = readUnsigned(reader);
      const length = type >>> 4;
      // In the longest runs no value follows its equal, but within a run that repeats it.
      if ((type & 15) !== 7 || length === previous) return null;
      previous = length;
      for (let times = literals ? 1 : run; times > 0; times--) lengths.push(length);
    }
    afterLiterals = literals;
  }
  return lengths;
}
