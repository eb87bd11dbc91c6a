/**
 * X25519 sealed boxes, layout and opening as libsodium's `crypto_box_seal`: ephemeral public key (32) ‖ box. The ephemeral
 * pair comes from the `random` parameter instead of libsodium's own generator, so that a seeded world seeds this as well.
 */
import type { Random } from "../ports/random.ts";
import { concatBytes } from "../primitives/bytes.ts";
import type { MemberKeys } from "./keys.ts";
import { sodium } from "./sodium.ts";

/** `message` in a box that only the holder of `seal`'s secret opens; 48 bytes longer than the message. */
export function sealBox(message: Uint8Array, seal: Uint8Array, random: Random): Uint8Array {
  const ephemeral = sodium.crypto_box_seed_keypair(random(32));
  const nonce = sodium.crypto_generichash(24, concatBytes(ephemeral.publicKey, seal), null);
  return concatBytes(ephemeral.publicKey, sodium.crypto_box_easy(message, nonce, seal, ephemeral.privateKey));
}

/** The message in `box`, or null where it was not sealed to `keys` or is damaged. */
export function openBox(box: Uint8Array, keys: MemberKeys): Uint8Array | null {
  try {
    return sodium.crypto_box_seal_open(box, keys.seal, keys.sealing);
  } catch {
    return null;
  }
}
