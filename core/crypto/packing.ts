/**
 * Packing of plaintexts before encryption: length of the deflated bytes (4, big-endian) ‖ DEFLATE (RFC 1951) of the content ‖
 * zeros up to the PADMÉ length of the whole. A preset dictionary, constant for a purpose and known to both sides, saves the bytes
 * that all contents of that purpose share. Inflation stops at a hard cap, whatever the bytes claim.
 */
import { deflateSync, Inflate, inflateSync } from "fflate";
import { bytesToU32, concatBytes, u32ToBytes } from "../primitives/bytes.ts";
import { padmeLength } from "../primitives/padme.ts";
import { err, ok, type Result } from "../primitives/result.ts";

/** Why packed bytes were refused. */
export interface PackingError {
  readonly kind: "malformed-packing";
  readonly reason: string;
}

/**
 * Bytes fed to the streaming inflater at a time: DEFLATE expands at most 1032-fold, so one step adds at most 4.1 MiB. Each step
 * costs a new window of 160 KiB.
 */
const inflateStep = 4096;
/**
 * Most deflated bytes that are inflated in one go, into a room of fixed size: the inflater goes on counting what does not fit,
 * without keeping it, and 64 KiB can make it count to 64 MiB.
 */
const smallDeflated = 65_536;
const smallInflated = 131_072;
/** Where small contents are inflated, many to a second. What is left in it is never read: DEFLATE only looks back at its own output. */
const room = new Uint8Array(smallInflated);
const noDictionary = new Uint8Array(0);

/** `content` deflated against `dictionary` and padded. */
export function packContent(content: Uint8Array, dictionary: Uint8Array = noDictionary): Uint8Array {
  const deflated = deflateSync(content, { dictionary });
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
  for (let at = 4 + length; at < packed.length; at++) if (packed[at] !== 0) return malformed("its padding is not zeros");
  const deflated = packed.subarray(4, 4 + length);
  const small = length <= smallDeflated && length > 0 ? inflateSmall(deflated, dictionary) : null;
  return small !== null && small.length <= cap ? ok(small) : inflateCapped(deflated, cap, dictionary);
}

/** The content of `deflated` where it fits into the room; null where it does not, or is malformed, which `inflateCapped` judges. */
function inflateSmall(deflated: Uint8Array, dictionary: Uint8Array): Uint8Array | null {
  try {
    const inflated = inflateSync(deflated, { out: room, dictionary });
    return inflated.length < room.length ? inflated.slice() : null;
  } catch {
    return null;
  }
}

function inflateCapped(deflated: Uint8Array, cap: number, dictionary: Uint8Array): Result<Uint8Array, PackingError> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  try {
    const take = (chunk: Uint8Array): void => {
      total += chunk.length;
      chunks.push(chunk);
    };
    const inflater = new Inflate({ dictionary }, take);
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
