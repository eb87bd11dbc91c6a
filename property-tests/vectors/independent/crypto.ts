/**
 * The primitives, from node:crypto (Ed25519, X25519, SHA) and noble (BLAKE2b, XChaCha20-Poly1305, XSalsa20-Poly1305): none of
 * them is what the product uses.
 */
import { createHash, createPrivateKey, createPublicKey, diffieHellman, type KeyObject, verify } from "node:crypto";
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hsalsa, xsalsa20poly1305 } from "@noble/ciphers/salsa.js";
import { blake2b } from "@noble/hashes/blake2.js";
import { fromHex, join, toHex } from "./bytes.ts";

/** Unkeyed BLAKE2b without a label. */
export function hash(bytes: Uint8Array, size = 32): Uint8Array {
  return blake2b(bytes, { dkLen: size });
}

/** BLAKE2b under a label, keyed where there is a key. */
export function labelled(label: string, message: Uint8Array, size = 32, key?: Uint8Array): Uint8Array {
  const input = join(prefix(label), message);
  return key === undefined ? blake2b(input, { dkLen: size }) : blake2b(input, { dkLen: size, key });
}

/** SHA-256. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(bytes).digest());
}

/** The public Ed25519 key of a seed. */
export function signingKey(seed: Uint8Array): Uint8Array {
  return publicOf(createPrivateKey({ key: der("302e020100300506032b657004220420", seed), format: "der", type: "pkcs8" }));
}

/** The X25519 pair of a seed: its secret is the first half of SHA-512. */
export function sealingPair(seed: Uint8Array): { readonly secret: KeyObject; readonly seal: Uint8Array } {
  const half = new Uint8Array(createHash("sha512").update(seed).digest().subarray(0, 32));
  const secret = createPrivateKey({ key: der("302e020100300506032b656e04220420", half), format: "der", type: "pkcs8" });
  return { secret, seal: publicOf(secret) };
}

/** Whether `signature` is `device`'s (public key, 32 bytes) over `message` for `label`. */
export function isSigned(label: string, message: Uint8Array, signature: Uint8Array, device: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: der("302a300506032b6570032100", device), format: "der", type: "spki" });
    return verify(null, join(prefix(label), message), key, signature);
  } catch {
    return false;
  }
}

/** The plaintext of XChaCha20-Poly1305-IETF, or null. */
export function openAead(ciphertext: Uint8Array, associated: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array | null {
  try {
    return xchacha20poly1305(key, nonce, associated).decrypt(ciphertext);
  } catch {
    return null;
  }
}

/** The ciphertext of XChaCha20-Poly1305-IETF without associated data. */
export function sealAead(plaintext: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array {
  return xchacha20poly1305(key, nonce).encrypt(plaintext);
}

/** What is in libsodium's sealed box, or null. */
export function openSealedBox(
  box: Uint8Array,
  pair: { readonly secret: KeyObject; readonly seal: Uint8Array },
): Uint8Array | null {
  try {
    const ephemeral = box.subarray(0, 32);
    const publicKey = createPublicKey({ key: der("302a300506032b656e032100", ephemeral), format: "der", type: "spki" });
    const shared = new Uint8Array(diffieHellman({ privateKey: pair.secret, publicKey }));
    const key = hsalsa20(shared);
    return xsalsa20poly1305(key, hash(join(ephemeral, pair.seal), 24)).decrypt(box.subarray(32));
  } catch {
    return null;
  }
}

function hsalsa20(shared: Uint8Array): Uint8Array {
  const words = (bytes: Uint8Array): Uint32Array => new Uint32Array(bytes.slice().buffer);
  const out = new Uint32Array(8);
  hsalsa(words(new TextEncoder().encode("expand 32-byte k")), words(shared), new Uint32Array(4), out);
  return new Uint8Array(out.buffer);
}

function prefix(label: string): Uint8Array {
  const text = new TextEncoder().encode(label);
  return join(Uint8Array.of(text.length), text);
}

function der(head: string, key: Uint8Array): Buffer {
  return Buffer.concat([fromHex(head), key]);
}

function publicOf(secret: KeyObject): Uint8Array {
  const spki = createPublicKey(secret).export({ format: "der", type: "spki" });
  return fromHex(toHex(spki.subarray(-32)));
}
