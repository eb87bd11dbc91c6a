/** The slow twins of the CBOR codec, over cborg, whose deterministic encoding is RFC 8949's. */
import { decode, encode, rfc8949EncodeOptions } from "cborg";
import { equalBytes } from "@albumen/core/primitives/bytes.ts";
import type { CborValue } from "@albumen/core/primitives/cbor.ts";

/** The encoding of `value`. */
export function encodeSlowly(value: CborValue): Uint8Array {
  return new Uint8Array(encode(value, { ...rfc8949EncodeOptions, ignoreUndefinedProperties: true }));
}

/** The value of `bytes`; undefined where they are not canonical: every part is looked at, and writing it again gives the bytes back. */
export function decodeSlowly(bytes: Uint8Array): CborValue | undefined {
  try {
    const options = { strict: true, allowIndefinite: false, allowUndefined: false, rejectDuplicateMapKeys: true };
    const value: unknown = decode(bytes, { ...options, allowInfinity: false, allowNaN: false, allowBigInt: false });
    return isCborValue(value, 32) && equalBytes(encodeSlowly(value), bytes) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isCborValue(value: unknown, depth: number): value is CborValue {
  if (value === null || typeof value === "boolean" || typeof value === "string" || value instanceof Uint8Array) return true;
  if (typeof value === "number") return Number.isSafeInteger(value);
  if (typeof value !== "object" || depth === 0) return false;
  const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return parts.every((part) => isCborValue(part, depth - 1));
}
