/**
 * A store key as a device keeps it: its 32 bytes, where something else guards them (the mode of a file, a key of WebCrypto), or
 * a box under a passphrase (core/crypto/passphrase-box.ts, 97 bytes). The lengths tell them apart.
 *
 * A passphrase guards the key that is there and makes no new one: who copied the key while it lay open still has it.
 */
import {
  openWithPassphrase,
  parsePassphraseBox,
  sealWithPassphrase,
  type PassphraseBox,
} from "@albumen/core/crypto/passphrase-box.ts";
import { parseNewPassphrase, toPassphrase, type WeakPassphrase } from "@albumen/core/crypto/passphrase.ts";
import type { Random } from "@albumen/core/ports/random.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import { parseStoreKey, type StoreKey } from "./sealed-store.ts";

/** A kept key. */
export type KeptKey =
  | { readonly kind: "open"; readonly key: StoreKey }
  | { readonly kind: "locked"; readonly box: PassphraseBox };

/** Why kept bytes are no key; `reason` says what they are instead. */
export interface MalformedKey {
  readonly kind: "malformed-key";
  readonly reason: string;
}

/** `bytes` as a device keeps them. */
export function parseKeptKey(bytes: Uint8Array): Result<KeptKey, MalformedKey> {
  const key = parseStoreKey(bytes);
  if (key !== null) return ok({ kind: "open", key });
  const box = parsePassphraseBox(bytes);
  return box.ok ? ok({ kind: "locked", box: box.value }) : err({ kind: "malformed-key", reason: box.error.reason });
}

/** The key in `box`; null where the passphrase is wrong. Takes long on purpose: see passphrase-box.ts. */
export function unlockKey(box: PassphraseBox, passphrase: string): StoreKey | null {
  const secret = openWithPassphrase(box, toPassphrase(passphrase));
  return secret === null ? null : parseStoreKey(secret);
}

/** What to keep of `key`: a box under `passphrase`, or the key itself where that is null. */
export function lockKey(key: StoreKey, passphrase: string | null, random: Random): Result<Uint8Array, WeakPassphrase> {
  if (passphrase === null) return ok(key);
  const parsed = parseNewPassphrase(passphrase);
  return parsed.ok ? ok(sealWithPassphrase(key, parsed.value, random)) : parsed;
}
