/** XChaCha20-Poly1305-IETF (draft-irtf-cfrg-xchacha-03) and where its nonces come from. */
import type { Random } from "../ports/random.ts";
import { sodium } from "./sodium.ts";

/** Bytes of a nonce. */
export const nonceBytes = 24;

/** `plaintext` encrypted and bound to `associatedData`; 16 bytes longer. A (key, nonce) pair must never repeat. */
export function sealAead(plaintext: Uint8Array, associatedData: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array {
  return sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, associatedData, null, nonce, key);
}

/** The plaintext, or null where key, nonce, associated data or a byte of the ciphertext are not those it was sealed with. */
export function openAead(
  ciphertext: Uint8Array,
  associatedData: Uint8Array,
  nonce: Uint8Array,
  key: Uint8Array,
): Uint8Array | null {
  try {
    return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, ciphertext, associatedData, nonce, key);
  } catch {
    return null;
  }
}

/**
 * Nonces from `random`, drawn in blocks of 256 because one call per message halves the rate of encryption. The block lives in
 * memory only and each nonce leaves it once: a crash, a clone or a restored backup starts with a new block.
 */
export function createNonces(random: Random): () => Uint8Array {
  let block = new Uint8Array(0);
  let at = 0;
  return () => {
    if (at >= block.length) {
      block = new Uint8Array(random(256 * nonceBytes));
      at = 0;
    }
    const nonce = block.slice(at, at + nonceBytes);
    at += nonceBytes;
    return nonce;
  };
}
