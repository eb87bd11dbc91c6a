/**
 * What a blind party may compute: signatures and hashes of records. The relay imports this file of `crypto` and no other.
 * A signature covers length(label) ‖ label ‖ message, so one made for one purpose is void for every other.
 */
import { bytesToHex, concatBytes, utf8 } from "../primitives/bytes.ts";
import { idToBytes, type BlobName, type DeviceId, type RecordHash } from "../ids/ids.ts";
import { plainHash } from "./hash.ts";
import { sodium } from "./sodium.ts";

/** Every purpose a signature is made for. */
export type SignatureLabel =
  | "albumen record 1"
  | "albumen challenge 1"
  | "albumen find 1"
  | "albumen create 1"
  | "albumen countersign 1"
  | "albumen snapshot 1";

/** Whether `signature` (64 bytes) is `device`'s over `message` for the purpose `label`. */
export function verifySignature(label: SignatureLabel, message: Uint8Array, signature: Uint8Array, device: DeviceId): boolean {
  try {
    return sodium.crypto_sign_verify_detached(signature, signedMessage(label, message), idToBytes(device));
  } catch {
    return false;
  }
}

/** The bytes that are signed for the purpose `label`. */
export function signedMessage(label: SignatureLabel, message: Uint8Array): Uint8Array {
  const text = utf8(label);
  return concatBytes(new Uint8Array([text.length]), text, message);
}

/** The name of a whole record. */
export function recordHash(record: Uint8Array): RecordHash {
  return bytesToHex(plainHash(record)) as RecordHash;
}

/** The name of a blob by its ciphertext. */
export function blobName(ciphertext: Uint8Array): BlobName {
  return bytesToHex(plainHash(ciphertext)) as BlobName;
}

/** The running hash of a log after one more record: H(previous ‖ record hash), both 32 bytes. */
export function runningHash(previous: Uint8Array, record: RecordHash): Uint8Array {
  return plainHash(concatBytes(previous, idToBytes(record)));
}
