/**
 * Passphrases. What a person types becomes Unicode's composed form (NFC), so that keyboards that spell an accent differently
 * open the same box; nothing else of it is changed, spaces included.
 */
import type { Brand } from "../primitives/brand.ts";
import { err, ok, type Result } from "../primitives/result.ts";

/** What a person typed, in NFC; any length, for it may be wrong. */
export type Passphrase = Brand<string, "Passphrase">;

/** Why a text is not taken as a new passphrase. */
export interface WeakPassphrase {
  readonly kind: "weak-passphrase";
  readonly reason: string;
}

/** Code points that a new passphrase has at least. */
const leastCharacters = 8;

/** `text` as a passphrase to open something with. */
export function toPassphrase(text: string): Passphrase {
  return text.normalize("NFC") as Passphrase;
}

/** `text` as a passphrase to seal something under; refused where it is too short to be one. */
export function parseNewPassphrase(text: string): Result<Passphrase, WeakPassphrase> {
  const passphrase = toPassphrase(text);
  if ([...passphrase].length >= leastCharacters) return ok(passphrase);
  const reason = `a passphrase has at least ${leastCharacters} characters: a few words that you alone would put together are best`;
  return err({ kind: "weak-passphrase", reason });
}
