/**
 * Packing of plaintexts before encryption: length of the deflated bytes (4, big-endian) ‖ DEFLATE (RFC 1951) of the content ‖
 * zeros up to the PADMÉ length of the whole. A preset dictionary, constant for a purpose and known to both sides, saves the bytes
 * that all contents of that purpose share. Inflation stops at a hard cap, whatever the bytes claim.
 */
import { deflateSync, Inflate } from "fflate";
import { bytesToU32, concatBytes, u32ToBytes } from "../primitives/bytes.ts";
import { padmeLength } from "../primitives/padme.ts";
import { err, ok, type Result } from "../primitives/result.ts";

/** Why packed bytes were refused. */
export interface PackingError {
  readonly kind: "malformed-packing";
  readonly reason: string;
}

/** Bytes fed to the inflater at a time: DEFLATE expands at most 1032-fold, so one step adds at most 264 KiB. */
const inflateStep = 256;

const noDictionary = new Uint8Array(0);

/** `content` deflated against `dictionary` and padded. */
export function packContent(content: Uint8Array, dictionary: Uint8Array = noDictionary): Uint8Array {
  const deflated = deflateSync(content, { level: 9, ...(dictionary.length > 0 ? { dictionary } : {}) });
  const packed = new Uint8Array(padmeLength(4 + deflated.length));
  packed.set(concatBytes(u32ToBytes(deflated.length), deflated));
  return packed;
}

/** The content of `packed`, refused where it inflates to more than `cap` bytes or the padding is not zeros. */
export function unpackContent(
  packed: Uint8Array,
  cap: number,
  dictionary: Uint8Array = noDictionary,
): Result<Uint8Array, PackingError> {
  const length = bytesToU32(packed);
  if (length === null || 4 + length > packed.length) return malformed("its length does not fit");
  if (packed.length !== padmeLength(4 + length)) return malformed("it is not padded as it must be");
  if (packed.subarray(4 + length).some((byte) => byte !== 0)) return malformed("its padding is not zeros");
  return inflateCapped(packed.subarray(4, 4 + length), cap, dictionary);
}

function inflateCapped(deflated: Uint8Array, cap: number, dictionary: Uint8Array): Result<Uint8Array, PackingError> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  try {
    const take = (chunk: Uint8Array): void => {
      total += chunk.length;
      chunks.push(chunk);
    };
    const inflater = dictionary.length > 0 ? new Inflate({ dictionary }, take) : new Inflate(take);
    for (let at = 0; at < deflated.length && total <= cap; at += inflateStep) {
      inflater.push(deflated.subarray(at, at + inflateStep), at + inflateStep >= deflated.length);
    }
  } catch {
    return malformed("it does not inflate");
  }
  return total > cap ? malformed(`it inflates to more than ${cap} bytes`) : ok(concatBytes(...chunks));
}

function malformed(reason: string): Result<never, PackingError> {
  return err({ kind: "malformed-packing", reason });
}
