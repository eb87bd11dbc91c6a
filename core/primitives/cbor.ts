/**
 * Canonical CBOR: RFC 8949 §4.2 core deterministic encoding (shortest integers and lengths, keys in bytewise order),
 * restricted to safe integers, byte strings, text, arrays, maps with text keys, booleans and null. No floats, no tags, no
 * indefinite lengths. One value has one encoding, and `decodeCbor` accepts only that encoding, so a hash over the bytes is a
 * hash over the value.
 */
import { decode, encode, rfc8949EncodeOptions } from "cborg";
import { equalBytes } from "./bytes.ts";
import { err, ok, type Result } from "./result.ts";

/** What canonical CBOR can hold here. Map keys that are undefined are not written. */
export type CborValue =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | readonly CborValue[]
  | { readonly [key: string]: CborValue };

/** Why bytes were refused; `reason` is a sentence for people. */
export interface CborError {
  readonly kind: "malformed-cbor";
  readonly reason: string;
}

/** Deepest nesting of arrays and maps that is read: far above what any format here uses, far below a stack. */
const maximalDepth = 32;

const decodeOptions = {
  strict: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowInfinity: false,
  allowNaN: false,
  allowBigInt: false,
  rejectDuplicateMapKeys: true,
} as const;

/** The one encoding of `value`. @throws RangeError where a number is not a safe integer: a defect of the caller. */
export function encodeCbor(value: CborValue): Uint8Array {
  return encode(value, { ...rfc8949EncodeOptions, typeEncoders: { number: refuseFractions } });
}

/** The value of `bytes`, or the reason why they are not the canonical encoding of one. */
export function decodeCbor(bytes: Uint8Array): Result<CborValue, CborError> {
  try {
    const value: unknown = decode(bytes, decodeOptions);
    if (!isCborValue(value, maximalDepth)) return malformed("it holds a type that Albumen's formats do not use");
    if (!equalBytes(encodeCbor(value), bytes)) return malformed("it is not in canonical form");
    return ok(value);
  } catch (cause) {
    return malformed(cause instanceof Error ? cause.message : String(cause));
  }
}

/** Whether `value` is a map, that is, neither null, an array nor bytes. */
export function isCborMap(value: CborValue | undefined): value is { readonly [key: string]: CborValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

/** Whether `value` is a map with exactly the keys `required`, and beside them at most the keys `optional`. */
export function hasKeys<K extends string, O extends string = never>(
  value: CborValue | undefined,
  required: readonly K[],
  optional: readonly O[] = [],
): value is { readonly [key in K]: CborValue } & { readonly [key in O]?: CborValue } {
  if (!isCborMap(value)) return false;
  const known = new Set<string>([...required, ...optional]);
  return required.every((key) => Object.hasOwn(value, key)) && Object.keys(value).every((key) => known.has(key));
}

function malformed(reason: string): Result<never, CborError> {
  return err({ kind: "malformed-cbor", reason });
}

function refuseFractions(value: number): null {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new RangeError(`${value} is not a safe integer`);
  return null;
}

function isCborValue(value: unknown, depth: number): value is CborValue {
  if (value === null || typeof value === "boolean" || typeof value === "string" || value instanceof Uint8Array) return true;
  if (typeof value === "number") return Number.isSafeInteger(value);
  if (typeof value !== "object" || depth === 0) return false;
  const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return parts.every((part) => isCborValue(part, depth - 1));
}
