/** Records: layout, authenticity, packing. */
import { inflateRawSync } from "node:zlib";
import { demand, fromHex, numberAt, toHex } from "./bytes.ts";
import { hash, isSigned, labelled, openAead } from "./crypto.ts";

/** A record taken apart; ids are hex, null where the layout has zeros. */
export interface OpenRecord {
  readonly hash: string;
  readonly isMembership: boolean;
  readonly library: string | null;
  readonly epoch: string | null;
  readonly device: string;
  readonly sequence: number;
  readonly previous: string | null;
  readonly nonce: Uint8Array;
  readonly publicPart: Uint8Array | null;
  readonly associated: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

/** The record in `bytes`. @throws Refused where it is none. */
export function readRecord(bytes: Uint8Array): OpenRecord {
  demand(bytes.length <= 1_048_576 && bytes.length >= 162 + 16 + 64, "its size is not that of a record");
  demand(bytes[0] === 1, "its version is not 1");
  demand(bytes[1] === 1 || bytes[1] === 2, "its kind is neither 1 nor 2");
  const isMembership = bytes[1] === 1;
  const [library, epoch, previous] = [2, 34, 106].map((at) => idAt(bytes, at));
  const sequence = numberAt(bytes, 98, 8);
  demand(sequence > 0 && (previous === null) === (sequence === 1), "its previous hash does not fit its sequence");
  const end = bytes.length - 64;
  let start = 162;
  if (isMembership) {
    const length = numberAt(bytes, 162, 4);
    demand(length <= 262_144 && 166 + length + 16 <= end, "its public part does not fit");
    start = 166 + length;
  }
  return {
    hash: toHex(hash(bytes)),
    isMembership,
    library: library ?? null,
    epoch: epoch ?? null,
    device: toHex(bytes.subarray(66, 98)),
    sequence,
    previous: previous ?? null,
    nonce: bytes.subarray(138, 162),
    publicPart: isMembership ? bytes.slice(166, start) : null,
    associated: bytes.subarray(0, start),
    ciphertext: bytes.subarray(start, end),
    signed: bytes.subarray(0, end),
    signature: bytes.subarray(end),
  };
}

/** Whether its own signature is its device's. */
export function isOwn({ signed, signature, device }: OpenRecord): boolean {
  return isSigned("albumen record 1", signed, signature, fromHex(device));
}

/** The packed plaintext under an epoch's key, or null. */
export function decrypt(record: OpenRecord, epochKey: Uint8Array): Uint8Array | null {
  const zeros = "0".repeat(64);
  const place = fromHex((record.library ?? zeros) + (record.epoch ?? zeros) + record.device);
  const key = labelled("albumen record key 1", place, 32, epochKey);
  return openAead(record.ciphertext, record.associated, record.nonce, key);
}

/** The plaintext in `packed`. @throws Refused where it is not packed as it must be. */
export function unpack(packed: Uint8Array, cap: number, dictionary: Uint8Array | null): Uint8Array {
  const length = numberAt(packed, 0, 4);
  demand(packed.length === padme(4 + length), "it has not the padded length");
  demand(
    packed.subarray(4 + length).every((byte) => byte === 0),
    "its padding is not zeros",
  );
  try {
    const options = dictionary === null ? {} : { dictionary };
    return new Uint8Array(inflateRawSync(packed.subarray(4, 4 + length), { maxOutputLength: cap, ...options }));
  } catch {
    demand(false, "it does not inflate within the cap");
  }
}

/** PADMÉ. */
export function padme(length: number): number {
  if (length < 2) return length;
  const exponent = Math.floor(Math.log2(length));
  const bits = exponent === 0 ? 0 : Math.floor(Math.log2(exponent)) + 1;
  const unit = 2 ** Math.max(0, exponent - bits);
  return Math.ceil(length / unit) * unit;
}

/** The preset dictionary of contents, from docs/PROTOCOL.md. */
export const dictionary: Uint8Array = fromHex(
  [
    "756e646f726573746f7265747261736872656e616d65416c62756d72756c6563617074696f6e6661766f75726974656869646550686f74",
    "6f70696e6578636c75646564656c657465416c62756d637265617465416c62756d756e6d657267656d657267656e616d656e616d65436c",
    "7573746572696d706f727469676e6f726564656e7961737369676e4e657761737369676e01010102000000061543340142025605575870",
    "027e20300202017ef78301818402820058fc856f4a83019e0101084f8f0678dbd44c774639b8d9627894bf3684301acb667e05aa3c1aeb",
    "1b1c98180102000000061523340142025603575870027f2030017f0080",
  ].join(""),
);

function idAt(bytes: Uint8Array, at: number): string | null {
  const id = bytes.subarray(at, at + 32);
  return id.every((byte) => byte === 0) ? null : toHex(id);
}
