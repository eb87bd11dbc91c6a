/** What page and passphrase worker say to each other: one question, one answer. */
import type { PassphraseBox } from "@albumen/core/crypto/passphrase-box.ts";
import type { WeakPassphrase } from "@albumen/core/crypto/passphrase.ts";
import type { Result } from "@albumen/core/primitives/result.ts";
import type { StoreKey } from "../storage/sealed-store.ts";

/** A question of the page. */
export type PassphraseRequest =
  | { readonly kind: "lock"; readonly key: StoreKey; readonly passphrase: string }
  | { readonly kind: "unlock"; readonly box: PassphraseBox; readonly passphrase: string };

/** An answer of the worker. */
export type PassphraseReply =
  | { readonly kind: "locked"; readonly kept: Result<Uint8Array, WeakPassphrase> }
  /** Null where the passphrase is wrong. */
  | { readonly kind: "unlocked"; readonly key: StoreKey | null }
  /** The browser could not do it. */
  | { readonly kind: "failed" };
