/**
 * Challenges that cost no memory until they are met.
 *
 *   nonce (32) = expiry in milliseconds (6, big-endian) ‖ random (10) ‖ tag (16)
 *   tag        = HMAC-SHA-256(key of this process, expiry ‖ random ‖ [library ‖] device ‖ origin), its first 16 bytes; with the
 *                library for a session, without it for a find
 *
 * So nobody can fill a table by asking, and a nonce is good for one purpose, one device, one origin and 60 s. Each is single
 * use: those that were met are remembered until they expire. A restart makes all of them void.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { verifySignature } from "@albumen/core/crypto/verify.ts";
import { idToBytes } from "@albumen/core/ids/ids.ts";
import { bytesToBase64url, bytesToU64, concatBytes, u64ToBytes, utf8 } from "@albumen/core/primitives/bytes.ts";
import {
  type Challenge,
  type ChallengeRequest,
  challengeLabel,
  challengeMessage,
  findLabel,
  findMessage,
} from "@albumen/core/wire/relay-api.ts";
import type { Clock, Random } from "../effects.ts";

/** What challenges need to know. */
export interface ChallengeContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly origin: string;
  readonly seconds: number;
}

/** Asks and checks. */
export interface Challenges {
  readonly create: (request: ChallengeRequest) => Challenge;
  /** Null where the signed challenge holds; otherwise why it does not. */
  readonly check: (request: ChallengeRequest, nonce: Uint8Array, signature: Uint8Array) => string | null;
  /** Marks a nonce as met: it holds no more. */
  readonly use: (nonce: Uint8Array) => void;
}

/** Challenges under a key drawn now. */
export function createChallenges({ clock, random, origin, seconds }: ChallengeContext): Challenges {
  const key = random(32);
  const expiryByUsed = new Map<string, number>();
  const tag = (head: Uint8Array, request: ChallengeRequest): Uint8Array => {
    const message = concatBytes(head, subjectOf(request), utf8(origin));
    return createHmac("sha256", key).update(message).digest().subarray(0, 16);
  };
  return {
    create: (request) => {
      const expires = clock.now() + 1000 * seconds;
      const head = concatBytes(u64ToBytes(expires).subarray(2), random(10));
      return { nonce: bytesToBase64url(concatBytes(head, tag(head, request))), origin, expires };
    },
    check: (request, nonce, signature) => {
      const head = nonce.subarray(0, 16);
      if (nonce.length !== 32 || !timingSafeEqual(tag(head, request), nonce.subarray(16))) {
        return "the challenge was not made here for this purpose, library and device";
      }
      const expires = bytesToU64(concatBytes(new Uint8Array(2), head)) ?? 0;
      if (expires <= clock.now()) return "the challenge has expired";
      if (expiryByUsed.has(bytesToBase64url(nonce))) return "the challenge was used before";
      const isFor = (name: string): boolean => isSigned(request, { nonce, expires, origin: name }, signature);
      return loopbackNames(origin).some(isFor) ? null : `the signature is not this device's, or not for the address ${origin}`;
    },
    use: (nonce) => {
      // In order of use, and all live equally long: what expired stands in front.
      for (const [used, expires] of expiryByUsed) {
        if (expires > clock.now() - 1000 * seconds) break;
        expiryByUsed.delete(used);
      }
      expiryByUsed.set(bytesToBase64url(nonce), clock.now() + 1000 * seconds);
    },
  };
}

function subjectOf(request: ChallengeRequest): Uint8Array {
  const device = idToBytes(request.device);
  return "library" in request ? concatBytes(idToBytes(request.library), device) : device;
}

interface Asked {
  readonly nonce: Uint8Array;
  readonly expires: number;
  readonly origin: string;
}

function isSigned(request: ChallengeRequest, { nonce, expires, origin }: Asked, signature: Uint8Array): boolean {
  return "library" in request
    ? verifySignature(challengeLabel, challengeMessage(request, nonce, expires, origin), signature, request.device)
    : verifySignature(findLabel, findMessage(request.device, nonce, expires, origin), signature, request.device);
}

/**
 * The origin, and where it is this machine's loopback every name of that: people type "localhost" for "127.0.0.1". A device
 * signs the origin it reached, and no other machine is ever reached under these names.
 */
function loopbackNames(origin: string): readonly string[] {
  const { protocol, hostname, port } = new URL(origin);
  const names = ["127.0.0.1", "localhost", "[::1]"];
  if (!names.includes(hostname)) return [origin];
  return [origin, ...names.map((name) => `${protocol}//${name}${port === "" ? "" : `:${port}`}`)];
}
