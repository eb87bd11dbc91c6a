/**
 * BLAKE2b hashes with a versioned label: two purposes never share a hash. The input is length(label) ‖ label ‖ message, so
 * no message can be mistaken for a longer label.
 */
import { concatBytes, utf8 } from "../primitives/bytes.ts";
import { sodium } from "./sodium.ts";

/** Every purpose a hash, key derivation or commitment is used for; the number is the version of its input's layout. */
export type HashLabel =
  | "albumen fact 1"
  | "albumen photo 1"
  | "albumen cluster 1"
  | "albumen digest 1"
  | "albumen document 1"
  | "albumen actor 1"
  | "albumen record key 1"
  | "albumen blob key 1"
  | "albumen snapshot key 1"
  | "albumen epoch commitment 1"
  | "albumen secret commitment 1"
  | "albumen key box 1"
  | "albumen words sign 1"
  | "albumen words seal 1"
  | "albumen pairing code 1"
  | "albumen store key 1"
  | "albumen pairing mailbox 1"
  | "albumen pairing key 1"
  | "albumen pairing commitment 1"
  | "albumen pairing string 1";

/** Labelled BLAKE2b of `message`; `size` in bytes, 16 … 64. */
export function labelledHash(label: HashLabel, message: Uint8Array, size = 32): Uint8Array {
  return hashPrefixed(label, message, size, null);
}

/** Labelled BLAKE2b keyed by `key` (16 … 64 bytes): a pseudo-random function, so also how keys are derived. */
export function keyedHash(label: HashLabel, key: Uint8Array, message: Uint8Array, size = 32): Uint8Array {
  return hashPrefixed(label, message, size, key);
}

/** BLAKE2b-256 of `bytes` without a label: names whole records and blobs, whose own layout says what they are. */
export function plainHash(bytes: Uint8Array): Uint8Array {
  return sodium.crypto_generichash(32, bytes, null);
}

/** SHA-256 of `bytes`: only because Automerge names a change by it. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return sodium.crypto_hash_sha256(bytes);
}

const prefixByLabel = new Map<HashLabel, Uint8Array>();
/** Where short inputs are put together; wiped after each, since some are secret. */
const room = new Uint8Array(1024);

function hashPrefixed(label: HashLabel, message: Uint8Array, size: number, key: Uint8Array | null): Uint8Array {
  const prefix = prefixByLabel.get(label) ?? prefixOf(label);
  const length = prefix.length + message.length;
  if (length > room.length) return sodium.crypto_generichash(size, concatBytes(prefix, message), key);
  room.set(prefix);
  room.set(message, prefix.length);
  const hash = sodium.crypto_generichash(size, room.subarray(0, length), key);
  room.fill(0, prefix.length, length);
  return hash;
}

function prefixOf(label: HashLabel): Uint8Array {
  const text = utf8(label);
  const prefix = concatBytes(new Uint8Array([text.length]), text);
  prefixByLabel.set(label, prefix);
  return prefix;
}
