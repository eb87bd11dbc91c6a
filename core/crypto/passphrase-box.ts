/**
 * A box under a passphrase: a secret of 32 bytes that opens only to who knows the passphrase, and to nobody quickly.
 *
 *   version (1) = 1 ‖ passes (4) ‖ memory in KiB (4) ‖ salt (16) ‖ nonce (24) ‖ ciphertext (48)              97 bytes
 *
 *   key        = Argon2id (RFC 9106, version 0x13, one lane) of the passphrase in UTF-8 under salt, passes and memory; 32 bytes
 *   ciphertext = XChaCha20-Poly1305(secret, associated data = "albumen passphrase box 1" ‖ the 49 bytes before it)
 *
 * Numbers are big-endian. A new box takes the memory and the passes that RFC 9106 §4 recommends where memory is scarce, 64 MiB
 * and 3. Measured with libsodium's WASM on a 2-core server: 0.2 s of processor time on Node 24, 0.3 s for the first one of a
 * process, whose memory has yet to grow; Chromium takes as long (0.5 s by the clock in a worker, on the same busy machine as Node).
 *
 * The box says its own cost, so it is bounded before anything is computed: more than 256 MiB or 16 passes would let a damaged
 * box take the machine, and less than what a new box takes would be a lock that somebody weakened. A wrong passphrase is null
 * after the whole cost; a changed byte is refused at once where it breaks a bound, and is else the same null.
 */
import type { Random } from "../ports/random.ts";
import type { Brand } from "../primitives/brand.ts";
import { bytesToU32, concatBytes, u32ToBytes, utf8 } from "../primitives/bytes.ts";
import { err, ok, type Result } from "../primitives/result.ts";
import { nonceBytes, openAead, sealAead } from "./aead.ts";
import type { Passphrase } from "./passphrase.ts";
import { sodium } from "./sodium.ts";

/** A box whose cost is within bounds; 97 bytes. */
export type PassphraseBox = Brand<Uint8Array, "PassphraseBox">;

/** What one try costs. */
export interface PassphraseCost {
  /** Times that Argon2id goes over its memory. */
  readonly passes: number;
  /** KiB. */
  readonly memory: number;
}

/** The least and the greatest cost with which a box is opened. */
export interface CostBounds {
  readonly least: PassphraseCost;
  readonly most: PassphraseCost;
}

/** Why bytes are not a box. */
export interface MalformedBox {
  readonly kind: "malformed-box";
  readonly reason: string;
}

const newCost: PassphraseCost = { passes: 3, memory: 65_536 };
const bounds: CostBounds = { least: newCost, most: { passes: 16, memory: 262_144 } };

const version = 1;
const saltAt = 9;
const nonceAt = saltAt + 16;
const ciphertextAt = nonceAt + nonceBytes;
const boxBytes = ciphertextAt + 48;
const label = utf8("albumen passphrase box 1");

/** `secret` (32 bytes) in a box under `passphrase`. */
export function sealWithPassphrase(
  secret: Uint8Array,
  passphrase: Passphrase,
  random: Random,
  cost: PassphraseCost = newCost,
): PassphraseBox {
  if (secret.length !== 32) throw new RangeError(`a box holds 32 bytes, not ${secret.length}`);
  const nonce = random(nonceBytes);
  const salt = random(nonceAt - saltAt);
  const head = concatBytes(new Uint8Array([version]), u32ToBytes(cost.passes), u32ToBytes(cost.memory), salt, nonce);
  const key = passphraseToKey(passphrase, salt, cost);
  const box = concatBytes(head, sealAead(secret, concatBytes(label, head), nonce, key));
  sodium.memzero(key);
  return box as PassphraseBox;
}

/** `bytes` as a box; nothing is computed yet. `within` bounds the cost of opening it. */
export function parsePassphraseBox(bytes: Uint8Array, within: CostBounds = bounds): Result<PassphraseBox, MalformedBox> {
  if (bytes.length !== boxBytes) return malformed(`it has ${bytes.length} bytes and not ${boxBytes}`);
  if (bytes[0] !== version) return malformed(`its version is ${bytes[0]}; this albumen knows ${version}`);
  const { passes, memory } = costOf(bytes);
  const { least, most } = within;
  if (passes < least.passes || memory < least.memory) return malformed("it would open too easily: somebody weakened it");
  if (passes > most.passes || memory > most.memory) return malformed("opening it would take more than this device has");
  return ok(bytes as PassphraseBox);
}

/** The secret; null where the passphrase is wrong or a byte of the box is not what was sealed. Takes the box's whole cost. */
export function openWithPassphrase(box: PassphraseBox, passphrase: Passphrase): Uint8Array | null {
  const head = box.subarray(0, ciphertextAt);
  const key = passphraseToKey(passphrase, box.subarray(saltAt, nonceAt), costOf(box));
  const secret = openAead(box.subarray(ciphertextAt), concatBytes(label, head), box.subarray(nonceAt, ciphertextAt), key);
  sodium.memzero(key);
  return secret;
}

function passphraseToKey(passphrase: Passphrase, salt: Uint8Array, { passes, memory }: PassphraseCost): Uint8Array {
  return sodium.crypto_pwhash(32, utf8(passphrase), salt, passes, memory * 1024, sodium.crypto_pwhash_ALG_ARGON2ID13);
}

function costOf(bytes: Uint8Array): PassphraseCost {
  return { passes: bytesToU32(bytes, 1) ?? 0, memory: bytesToU32(bytes, 5) ?? 0 };
}

function malformed(reason: string): Result<never, MalformedBox> {
  return err({ kind: "malformed-box", reason });
}
