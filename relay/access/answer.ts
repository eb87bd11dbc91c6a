/** The answer to a challenge as it stands in a request: nonce and signature, both base64url. */
import { base64urlToBytes } from "@albumen/core/primitives/bytes.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import type { RelayError } from "@albumen/core/wire/relay-api.ts";
import { refuse } from "../refusal.ts";

/** A challenge's nonce (32 bytes) and the signature (64 bytes) made for it; neither was checked. */
export interface ChallengeAnswer {
  readonly nonce: Uint8Array;
  readonly signature: Uint8Array;
}

/** The answer in a request, or the refusal where a part of it has the wrong form. */
export function parseAnswer(body: Readonly<Record<string, unknown>>): Result<ChallengeAnswer, RelayError> {
  const [nonce, signature] = [parseBytes(body["nonce"], 32), parseBytes(body["signature"], 64)];
  if (nonce === null) return err(refuse("bad-request", "the nonce is not 32 bytes in base64url"));
  if (signature === null) return err(refuse("bad-request", "the signature is not 64 bytes in base64url"));
  return ok({ nonce, signature });
}

function parseBytes(text: unknown, length: number): Uint8Array | null {
  const bytes = typeof text === "string" && text.length <= 2 * length ? base64urlToBytes(text) : null;
  return bytes?.length === length ? bytes : null;
}
