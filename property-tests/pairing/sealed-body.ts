/** A pairing message with any body, as somebody who has the code can make it; the layout is written down a second time here. */
import { sealAead } from "@albumen/core/crypto/aead.ts";
import { keyedHash } from "@albumen/core/crypto/hash.ts";
import { concatBytes, utf8 } from "@albumen/core/primitives/bytes.ts";

/** nonce ‖ AEAD(body). */
export function sealBody(secret: Uint8Array, body: Uint8Array, nonce: Uint8Array): Uint8Array {
  const key = keyedHash("albumen pairing key 1", secret, new Uint8Array(0));
  return concatBytes(nonce, sealAead(body, utf8("albumen pairing message 1"), nonce, key));
}
