/** Encoder of canonical CBOR: the layout is specified in `cbor.ts` and `cbor-decoder.ts`. */
import { compareBytes, compareText, utf8 } from "./bytes.ts";
import type { CborValue } from "./cbor-decoder.ts";

interface Writer {
  bytes: Uint8Array;
  at: number;
}

/** Longest text that is written character by character; above it, and for what is not ASCII, `TextEncoder` is faster or needed. */
const shortText = 64;

/** The one encoding of `value`. @throws RangeError where a number is not a safe integer: a defect of the caller. */
export function encodeCanonical(value: CborValue): Uint8Array {
  const writer: Writer = { bytes: new Uint8Array(256), at: 0 };
  writeValue(writer, value);
  return writer.bytes.slice(0, writer.at);
}

function writeValue(writer: Writer, value: CborValue): void {
  if (typeof value === "string") writeText(writer, value);
  else if (typeof value === "number") writeNumber(writer, value);
  else if (value === null) writeHead(writer, 7, 22);
  else if (typeof value === "boolean") writeHead(writer, 7, value ? 21 : 20);
  else if (value instanceof Uint8Array) {
    writeHead(writer, 2, value.length);
    put(writer, value);
  } else if (isArray(value)) {
    writeHead(writer, 4, value.length);
    for (const item of value) writeValue(writer, item);
  } else writeMap(writer, value);
}

function isArray(value: CborValue): value is readonly CborValue[] {
  return Array.isArray(value);
}

function writeNumber(writer: Writer, value: number): void {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new RangeError(`${value} is not a safe integer`);
  if (value >= 0) writeHead(writer, 0, value);
  else writeHead(writer, 1, -1 - value);
}

/** Lone surrogates become U+FFFD, as the encoding standard says. */
function writeText(writer: Writer, text: string): void {
  if (text.length > shortText || !isAscii(text)) {
    const encoded = utf8(text);
    writeHead(writer, 3, encoded.length);
    put(writer, encoded);
    return;
  }
  writeHead(writer, 3, text.length);
  reserve(writer, text.length);
  for (let i = 0; i < text.length; i++) writer.bytes[writer.at++] = text.charCodeAt(i);
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

/** Keys in bytewise order of their encodings: the shorter first, then as their bytes are. Those without a value are left out. */
function writeMap(writer: Writer, map: { readonly [key: string]: CborValue }): void {
  const keys = Object.keys(map).filter((key) => map[key] !== undefined);
  keys.sort(keys.every(isAscii) ? (a, b) => a.length - b.length || compareText(a, b) : compareEncoded);
  writeHead(writer, 5, keys.length);
  for (const key of keys) {
    writeText(writer, key);
    writeValue(writer, map[key] ?? null);
  }
}

function compareEncoded(a: string, b: string): number {
  const [left, right] = [utf8(a), utf8(b)];
  return left.length - right.length || compareBytes(left, right);
}

function writeHead(writer: Writer, major: number, argument: number): void {
  reserve(writer, 9);
  const { bytes } = writer;
  const first = major << 5;
  if (argument < 24) {
    bytes[writer.at++] = first | argument;
    return;
  }
  const width = argument < 0x100 ? 0 : argument < 0x1_0000 ? 1 : argument < 0x1_0000_0000 ? 2 : 3;
  bytes[writer.at++] = first | (24 + width);
  for (let place = 2 ** width - 1; place >= 0; place--) bytes[writer.at++] = Math.floor(argument / 256 ** place) & 255;
}

function put(writer: Writer, bytes: Uint8Array): void {
  reserve(writer, bytes.length);
  writer.bytes.set(bytes, writer.at);
  writer.at += bytes.length;
}

function reserve(writer: Writer, more: number): void {
  const needed = writer.at + more;
  if (needed <= writer.bytes.length) return;
  const larger = new Uint8Array(Math.max(2 * writer.bytes.length, needed));
  larger.set(writer.bytes.subarray(0, writer.at));
  writer.bytes = larger;
}
