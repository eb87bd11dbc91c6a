/** Ed25519 signatures with a versioned label. */
import { signedMessage, type SignatureLabel } from "./verify.ts";
import type { SigningKey } from "./keys.ts";
import { sodium } from "./sodium.ts";

/** The signature (64 bytes) of `key` over `message` for the purpose `label`. */
export function sign(label: SignatureLabel, message: Uint8Array, key: SigningKey): Uint8Array {
  return sodium.crypto_sign_detached(signedMessage(label, message), key);
}
