/**
 * Canonical CBOR: RFC 8949 §4.2 core deterministic encoding (shortest integers and lengths, keys in bytewise order),
 * restricted to safe integers, byte strings, text, arrays, maps with text keys, booleans and null. No floats, no tags, no
 * indefinite lengths. One value has one encoding, and `decodeCbor` accepts only that encoding, so a hash over the bytes is a
 * hash over the value.
 */
import { decodeCanonical, MalformedCbor, type CborValue } from "./cbor-decoder.ts";
import { encodeCanonical } from "./cbor-encoder.ts";
import { err, ok, type Result } from "./result.ts";

export type { CborValue };

/** Why bytes were refused; `reason` is a sentence for people. */
export interface CborError {
  readonly kind: "malformed-cbor";
  readonly reason: string;
}

/** The one encoding of `value`. @throws RangeError where a number is not a safe integer: a defect of the caller. */
export function encodeCbor(value: CborValue): Uint8Array {
  return encodeCanonical(value);
}

/** The value of `bytes`, or the reason why they are not the canonical encoding of one. Byte strings in it are copies. */
export function decodeCbor(bytes: Uint8Array): Result<CborValue, CborError> {
  try {
    return ok(decodeCanonical(bytes));
  } catch (cause) {
    if (cause instanceof MalformedCbor) return err({ kind: "malformed-cbor", reason: cause.message });
    throw cause;
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
