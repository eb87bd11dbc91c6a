/**
 * Challenges: what a device signs to show a relay that a key is its own. Signed for the origin this device reached, never for
 * one that the relay claims: a relay cannot pass on another's challenge.
 */
import { base64urlToBytes, bytesToBase64url } from "@albumen/core/primitives/bytes.ts";
import { ok, type Result } from "@albumen/core/primitives/result.ts";
import type { Challenge, ChallengeRequest } from "@albumen/core/wire/relay-api.ts";
import type { TransportError } from "../log/relay-port.ts";
import { damaged, jsonBody, jsonOf, requestChecked, type Fetch } from "./http.ts";

/** The signature over a challenge's message, made from its nonce (32 bytes), its expiry and the origin that was reached. */
export type SignAnswer = (nonce: Uint8Array, expires: number, origin: string) => Uint8Array;

/** A challenge and the signature made for it, both base64url. */
export interface ChallengeAnswer {
  readonly nonce: string;
  readonly signature: string;
}

/** Asks `relay` for a challenge and answers it. */
export async function answerChallenge(
  fetch: Fetch,
  relay: string,
  request: ChallengeRequest,
  sign: SignAnswer,
): Promise<Result<ChallengeAnswer, TransportError>> {
  const asked = await requestChecked(fetch, `${relay}/v1/challenges`, jsonBody(request));
  const challenge = asked.ok ? await jsonOf<Challenge>(asked.value) : asked;
  if (!challenge.ok) return challenge;
  const { nonce, expires } = challenge.value;
  const bytes = typeof nonce === "string" ? base64urlToBytes(nonce) : null;
  if (bytes?.length !== 32 || !Number.isSafeInteger(expires)) return damaged("the relay's challenge is damaged");
  return ok({ nonce, signature: bytesToBase64url(sign(bytes, expires, new URL(relay).origin)) });
}
