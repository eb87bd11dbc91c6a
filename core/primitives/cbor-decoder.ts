/**
 * Decoder of canonical CBOR in one pass: it accepts exactly what `encodeCbor` writes, so nothing is encoded again to compare.
 * Every rule of RFC 8949 §4.2.1 is checked where it applies: shortest heads, no indefinite lengths, keys in bytewise order
 * without repetition; and the restrictions of `cbor.ts`: no floats, no tags, safe integers, text keys, depth 32.
 *
 *   head       major type (3 bits) ‖ argument: 0 … 23 in place, 24 one byte, 25 two, 26 four, 27 eight, big-endian
 *   major      0 unsigned · 1 negative: −1 − argument · 2 bytes · 3 text · 4 array · 5 map · 7: 20 false, 21 true, 22 null
 */
import { utf8ToText } from "./bytes.ts";

/** What canonical CBOR can hold here. Map keys that are undefined are not written. */
export type CborValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly CborValue[]
  | { readonly [key: string]: CborValue };

/** Why bytes are refused; its message is a sentence for people. */
export class MalformedCbor extends Error {}

/** Deepest nesting of arrays and maps that is read: far above what any format here uses, far below a stack. */
const maximalDepth = 32;
/** Longest text that is read byte by byte; above it, and for what is not ASCII, `TextDecoder` is faster or needed. */
const shortText = 24;

interface Reader {
  readonly bytes: Uint8Array;
  at: number;
}

/** The value of `bytes`; byte strings in it are copies. @throws MalformedCbor where they are not the canonical encoding of one. */
export function decodeCanonical(bytes: Uint8Array): CborValue {
  const reader: Reader = { bytes, at: 0 };
  const value = readValue(reader, maximalDepth);
  if (reader.at !== bytes.length) throw new MalformedCbor("bytes follow its end");
  return value;
}

function readValue(reader: Reader, depth: number): CborValue {
  const head = reader.bytes[reader.at++];
  if (head === undefined) throw new MalformedCbor("it ends too early");
  const argument = readArgument(reader, head & 31);
  switch (head >> 5) {
    case 0:
      return argument;
    case 1:
      return readNegative(argument);
    case 2:
      return new Uint8Array(takeBytes(reader, argument));
    case 3:
      return readText(reader, argument);
    case 4:
      return readArray(reader, argument, depth);
    case 5:
      return readMap(reader, argument, depth);
    case 7:
      return readSimple(head & 31);
    default:
      throw new MalformedCbor("it holds a tag, which Albumen's formats do not use");
  }
}

/** The argument of a head whose lower five bits are `short`; for major type 7 only `short` itself is looked at. */
function readArgument(reader: Reader, short: number): number {
  if (short < 24) return short;
  switch (short) {
    case 24:
      return readLonger(reader, 1, 24);
    case 25:
      return readLonger(reader, 2, 0x100);
    case 26:
      return readLonger(reader, 4, 0x1_0000);
    case 27:
      return readLonger(reader, 8, 0x1_0000_0000);
    default:
      throw new MalformedCbor("it holds an indefinite length or a reserved head");
  }
}

/** A number of `size` bytes that needs so many: at least `least`. */
function readLonger(reader: Reader, size: number, least: number): number {
  const start = reader.at;
  let value = 0;
  for (; reader.at < start + size; reader.at++) value = value * 256 + (reader.bytes[reader.at] ?? Number.NaN);
  if (Number.isNaN(value)) throw new MalformedCbor("it ends too early");
  if (value < least) throw new MalformedCbor("it is not in canonical form: a head is longer than it need be");
  if (!Number.isSafeInteger(value)) throw new MalformedCbor("it holds a number beyond 2^53");
  return value;
}

function readNegative(argument: number): number {
  const value = -1 - argument;
  if (!Number.isSafeInteger(value)) throw new MalformedCbor("it holds a number beyond 2^53");
  return value;
}

function readSimple(short: number): boolean | null {
  if (short === 20 || short === 21) return short === 21;
  if (short === 22) return null;
  throw new MalformedCbor("it holds a float or a simple value that Albumen's formats do not use");
}

function takeBytes(reader: Reader, length: number): Uint8Array {
  const end = reader.at + length;
  if (end > reader.bytes.length) throw new MalformedCbor("it ends too early");
  const taken = reader.bytes.subarray(reader.at, end);
  reader.at = end;
  return taken;
}

function readText(reader: Reader, length: number): string {
  const { bytes, at } = reader;
  const taken = takeBytes(reader, length);
  let text = "";
  let next = at;
  if (length <= shortText)
    for (; next < reader.at && (bytes[next] ?? 128) < 128; next++) text += String.fromCharCode(bytes[next] ?? 0);
  const decoded = next === reader.at ? text : utf8ToText(taken);
  if (decoded === null) throw new MalformedCbor("a text in it is not UTF-8");
  return decoded;
}

function readArray(reader: Reader, length: number, depth: number): readonly CborValue[] {
  enter(reader, length, depth);
  const items: CborValue[] = [];
  for (let i = 0; i < length; i++) items.push(readValue(reader, depth - 1));
  return items;
}

function readMap(reader: Reader, length: number, depth: number): CborValue {
  enter(reader, length, depth);
  const map: { [key: string]: CborValue } = {};
  let previous = -1;
  for (let i = 0; i < length; i++) {
    const start = reader.at;
    const key = readValue(reader, 0);
    if (typeof key !== "string") throw new MalformedCbor("a key of a map is not text");
    if (previous >= 0 && !isBefore(reader.bytes, previous, start, reader.at))
      throw new MalformedCbor("it is not in canonical form: the keys of a map are not in order");
    previous = start;
    const value = readValue(reader, depth - 1);
    // An assignment to this one key would set the map's prototype.
    if (key === "__proto__") Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
    else map[key] = value;
  }
  return map;
}

/** Whether the key that begins at `a` is less than the one at `b`, which ends at `end`: neither is the beginning of the other. */
function isBefore(bytes: Uint8Array, a: number, b: number, end: number): boolean {
  for (let i = 0; b + i < end; i++) {
    const difference = (bytes[a + i] ?? 0) - (bytes[b + i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Every entry takes a byte at least, so a list that claims more than that many is refused before anything is read of it. */
function enter(reader: Reader, length: number, depth: number): void {
  if (depth === 0) throw new MalformedCbor("it nests too deeply, or a key of a map is not text");
  if (length > reader.bytes.length - reader.at) throw new MalformedCbor("it ends too early");
}
