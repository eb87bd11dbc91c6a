/**
 * X25519 public keys that are none: points of small order, with which every shared secret is the same and libsodium refuses to
 * seal (RFC 7748 §6.1; the list is libsodium's own, the highest bit does not count). One such key among the members would keep
 * everybody from founding an epoch.
 */
import { bytesToHex } from "../primitives/bytes.ts";

const smallOrder: ReadonlySet<string> = new Set([
  "00".repeat(32),
  `01${"00".repeat(31)}`,
  "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
  "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
  `ec${"ff".repeat(30)}7f`,
  `ed${"ff".repeat(30)}7f`,
  `ee${"ff".repeat(30)}7f`,
]);

/** Whether boxes can be sealed to `bytes`: 32 of them, and no point of small order. */
export function isSealKey(bytes: unknown): bytes is Uint8Array {
  if (!(bytes instanceof Uint8Array) || bytes.length !== 32) return false;
  const masked = bytes.slice();
  masked[31] = (masked[31] ?? 0) & 127;
  return !smallOrder.has(bytesToHex(masked));
}
