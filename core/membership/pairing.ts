/**
 * Pairing: how a new device and a member agree on each other before any key moves.
 *
 * The member shows a code (relay and a 128-bit secret S). Both talk through a mailbox of the relay whose name is derived from
 * S, encrypted under a key derived from S, so the relay sees neither. To hold even where the code leaked, a short
 * authentication string is compared by people; commitments keep a man in the middle from choosing keys that collide in it:
 *
 *   1 joiner → member   commit   H(joiner's keys ‖ nonce)
 *   2 member → joiner   offer    library, member's key, nonce, parents
 *   3 joiner → member   reveal   joiner's keys, nonce, name
 *     both show         string   H(library, member, joiner's keys, both nonces)
 *   4 joiner → member   confirm  countersignature over (library, adder, key, parents): only after its person confirmed
 *   5 member → joiner   done     the `add` record stands: only after both persons confirmed
 *
 * Code: 28 characters of Crockford's base32 in groups of four (26 of the secret, 2 of a checksum), "@", relay address.
 * Message in the mailbox: nonce (24) ‖ AEAD with the step's name as associated data.
 */
import { openAead, sealAead } from "../crypto/aead.ts";
import { keyedHash, labelledHash } from "../crypto/hash.ts";
import { bytesToId, idToBytes, type DeviceId, type LibraryId, type RecordHash } from "../ids/ids.ts";
import { bytesToHex, concatBytes, utf8 } from "../primitives/bytes.ts";
import { decodeCbor, encodeCbor, type CborValue } from "../primitives/cbor.ts";

/** The five messages in order, and the one that ends it. */
export type PairingStep = "commit" | "offer" | "reveal" | "confirm" | "done" | "abort";

/** What a code holds. */
export interface PairingCode {
  /** 16 bytes. */
  readonly secret: Uint8Array;
  /** Address of the relay without a slash at its end. */
  readonly relay: string;
}

/** What the member offers. */
export interface PairingOffer {
  readonly library: LibraryId;
  readonly member: DeviceId;
  /** 16 bytes. */
  readonly nonce: Uint8Array;
  readonly parents: readonly RecordHash[];
}

/** What the joiner commits to and later reveals. */
export interface PairingReveal {
  readonly device: DeviceId;
  /** X25519 public key; 32 bytes. */
  readonly seal: Uint8Array;
  /** 16 bytes. */
  readonly nonce: Uint8Array;
  readonly name: string;
}

const base32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The text form of a code, such as "7K2M-9QXZ-…@http://127.0.0.1:8787". */
export function pairingCodeToText({ secret, relay }: PairingCode): string {
  const letters = toBase32(secret, 26) + toBase32(checksum(secret), 2);
  return `${letters.match(/.{4}/g)?.join("-") ?? ""}@${relay}`;
}

/** The code in `text`; case, spaces and dashes do not matter, O reads as 0 and I and L as 1. Null where its checksum is off. */
export function parsePairingCode(text: string): PairingCode | null {
  const at = text.indexOf("@");
  const relay = text
    .slice(at + 1)
    .trim()
    .replace(/\/+$/, "");
  if (at < 0 || !/^https?:\/\/[^\s/]+/.test(relay)) return null;
  const letters = text.slice(0, at).toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  if (letters.length !== 28) return null;
  const secret = fromBase32(letters.slice(0, 26));
  return secret !== null && toBase32(checksum(secret), 2) === letters.slice(26) ? { secret, relay } : null;
}

/** Name of the mailbox at the relay: 32 hex digits. */
export function pairingMailbox(secret: Uint8Array): string {
  return bytesToHex(keyedHash("albumen pairing mailbox 1", secret, new Uint8Array(0), 16));
}

/** One message as it lies in the mailbox; `nonce` 24 bytes, never used twice. */
export function sealPairingMessage(secret: Uint8Array, step: PairingStep, body: CborValue, nonce: Uint8Array): Uint8Array {
  return concatBytes(nonce, sealAead(encodeCbor(body), utf8(step), nonce, pairingKey(secret)));
}

/** The body of a message of `step`, or undefined where it is damaged or of another step. */
export function openPairingMessage(secret: Uint8Array, step: PairingStep, message: Uint8Array): CborValue | undefined {
  const opened = openAead(message.subarray(24), utf8(step), message.subarray(0, 24), pairingKey(secret));
  const body = opened === null ? null : decodeCbor(opened);
  return body?.ok === true ? body.value : undefined;
}

/** The CBOR body of an offer. */
export function offerToCbor(offer: PairingOffer): CborValue {
  return [idToBytes(offer.library), idToBytes(offer.member), offer.nonce, offer.parents.map(idToBytes)];
}

/** The offer in a body, or null. */
export function parseOffer(body: CborValue | undefined): PairingOffer | null {
  if (!Array.isArray(body) || body.length !== 4 || !Array.isArray(body[3]) || body[3].length > 1000) return null;
  const library = bytesToId("LibraryId", body[0]);
  const member = bytesToId("DeviceId", body[1]);
  const parents = body[3].map((parent: CborValue) => bytesToId("RecordHash", parent));
  const nonce: CborValue = body[2];
  if (library === null || member === null || !isBytes(nonce, 16) || !parents.every((parent) => parent !== null)) return null;
  return { library, member, nonce, parents };
}

/** The CBOR body of a reveal. */
export function revealToCbor(reveal: PairingReveal): CborValue {
  return [idToBytes(reveal.device), reveal.seal, reveal.nonce, reveal.name];
}

/** The reveal in a body, or null; names are 1 … 100 UTF-16 units. */
export function parseReveal(body: CborValue | undefined): PairingReveal | null {
  if (!Array.isArray(body) || body.length !== 4) return null;
  const device = bytesToId("DeviceId", body[0]);
  const seal: CborValue = body[1];
  const nonce: CborValue = body[2];
  const name: CborValue = body[3];
  if (device === null || !isBytes(seal, 32) || !isBytes(nonce, 16)) return null;
  return typeof name === "string" && name.length >= 1 && name.length <= 100 ? { device, seal, nonce, name } : null;
}

/** What the joiner sends first; 32 bytes. */
export function pairingCommitment(reveal: PairingReveal): Uint8Array {
  return labelledHash("albumen pairing commitment 1", encodeCbor(revealToCbor(reveal)));
}

/** What both screens show: 48 bits that differ wherever anything differs; bytes for `pairing-string.ts`. */
export function pairingStringBytes(offer: PairingOffer, reveal: PairingReveal): Uint8Array {
  return labelledHash("albumen pairing string 1", encodeCbor([offerToCbor(offer), revealToCbor(reveal)]), 16);
}

function pairingKey(secret: Uint8Array): Uint8Array {
  return keyedHash("albumen pairing key 1", secret, new Uint8Array(0));
}

function checksum(secret: Uint8Array): Uint8Array {
  return labelledHash("albumen pairing code 1", secret, 16).subarray(0, 2);
}

function isBytes(value: CborValue, length: number): value is Uint8Array {
  return value instanceof Uint8Array && value.length === length;
}

function toBase32(bytes: Uint8Array, letters: number): string {
  let text = "";
  for (let at = 0; at < letters; at++) {
    let digit = 0;
    for (let bit = 5 * at; bit < 5 * at + 5; bit++) digit = 2 * digit + (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
    text += base32[digit];
  }
  return text;
}

function fromBase32(letters: string): Uint8Array | null {
  const bytes = new Uint8Array(16);
  for (let at = 0; at < letters.length; at++) {
    const digit = base32.indexOf(letters[at] ?? "?");
    if (digit < 0) return null;
    for (let bit = 0; bit < 5; bit++) {
      const place = 5 * at + bit;
      if (((digit >> (4 - bit)) & 1) === 0) continue;
      if (place >= 128) return null;
      bytes[place >> 3] = (bytes[place >> 3] ?? 0) | (128 >> (place & 7));
    }
  }
  return bytes;
}
