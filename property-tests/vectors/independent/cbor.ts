/** Canonical CBOR, read and written: only what docs/PROTOCOL.md allows. */
import { demand, join, same } from "./bytes.ts";

/** A value. */
export type Value = null | boolean | number | string | Uint8Array | readonly Value[] | { readonly [key: string]: Value };

/** The one value in `bytes`. @throws Refused where they are anything but its canonical encoding. */
export function decode(bytes: Uint8Array): Value {
  const [value, end] = read(bytes, 0, 0);
  demand(end === bytes.length, "bytes follow the value");
  return value;
}

/** The canonical encoding of `value`. */
export function encode(value: Value): Uint8Array {
  if (value === null) return Uint8Array.of(0xf6);
  if (typeof value === "boolean") return Uint8Array.of(value ? 0xf5 : 0xf4);
  if (typeof value === "number") return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (value instanceof Uint8Array) return join(head(2, value.length), value);
  if (typeof value === "string") {
    const text = new TextEncoder().encode(value);
    return join(head(3, text.length), text);
  }
  if (isList(value)) return join(head(4, value.length), ...value.map(encode));
  const entries = Object.entries(value).map(([key, item]) => [encode(key), encode(item)] as const);
  entries.sort(([a], [b]) => Buffer.compare(a, b));
  return join(head(5, entries.length), ...entries.flat());
}

/** Whether `value` is a list. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether `value` is a map. */
export function isMap(value: Value | undefined): value is { readonly [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

function head(major: number, argument: number): Uint8Array {
  const type = major << 5;
  if (argument < 24) return Uint8Array.of(type | argument);
  const buffer = Buffer.alloc(9);
  buffer.writeBigUInt64BE(BigInt(argument), 1);
  const size = argument < 0x100 ? 1 : argument < 0x1_0000 ? 2 : argument < 0x1_0000_0000 ? 4 : 8;
  return join(Uint8Array.of(type | (24 + Math.log2(size))), new Uint8Array(buffer.subarray(9 - size)));
}

function read(bytes: Uint8Array, at: number, depth: number): readonly [Value, number] {
  demand(depth <= 32, "it is nested too deeply");
  demand(at < bytes.length, "it ends too early");
  const first = bytes[at] ?? 0;
  if (first >= 0xe0) return [simple(first), at + 1];
  const [argument, start] = readArgument(bytes, at);
  const major = first >> 5;
  if (major === 0) return [argument, start];
  if (major === 1) return [-1 - argument, start];
  if (major === 2 || major === 3) {
    const end = start + argument;
    demand(end <= bytes.length, "a string goes beyond the end");
    const part = bytes.slice(start, end);
    return [major === 2 ? part : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(part), end];
  }
  demand(major === 4 || major === 5, "tags are not allowed");
  return major === 4 ? readList(bytes, start, argument, depth) : readMap(bytes, start, argument, depth);
}

function simple(first: number): null | boolean {
  demand(first >= 0xf4 && first <= 0xf6, "it holds a value of a type that is not allowed");
  return first === 0xf6 ? null : first === 0xf5;
}

function readArgument(bytes: Uint8Array, at: number): readonly [number, number] {
  const small = (bytes[at] ?? 0) & 31;
  if (small < 24) return [small, at + 1];
  demand(small <= 27, "indefinite lengths are not allowed");
  const size = 2 ** (small - 24);
  demand(at + 1 + size <= bytes.length, "it ends too early");
  let value = 0n;
  for (const byte of bytes.subarray(at + 1, at + 1 + size)) value = value * 256n + BigInt(byte);
  demand(value <= BigInt(Number.MAX_SAFE_INTEGER), "a number is beyond 2^53");
  const argument = Number(value);
  demand(
    same(head(0, argument), join(Uint8Array.of(small), bytes.subarray(at + 1, at + 1 + size))),
    "a number is not in its shortest form",
  );
  return [argument, at + 1 + size];
}

function readList(bytes: Uint8Array, start: number, count: number, depth: number): readonly [Value, number] {
  const items: Value[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    const [item, end] = read(bytes, at, depth + 1);
    items.push(item);
    at = end;
  }
  return [items, at];
}

function readMap(bytes: Uint8Array, start: number, count: number, depth: number): readonly [Value, number] {
  const map: Record<string, Value> = {};
  let at = start;
  let before: Uint8Array | null = null;
  for (let i = 0; i < count; i++) {
    const [key, keyEnd] = read(bytes, at, depth + 1);
    demand(typeof key === "string", "a key is not text");
    const encoded = bytes.subarray(at, keyEnd);
    demand(before === null || Buffer.compare(before, encoded) < 0, "keys are not in order");
    before = encoded;
    const [item, end] = read(bytes, keyEnd, depth + 1);
    map[key] = item;
    at = end;
  }
  return [map, at];
}
