/**
 * The code of a pairing, which one device shows and the other scans or gets typed in: the relay's address and a 128-bit secret
 * S that names the mailbox and encrypts what lies in it.
 *
 * Text form: 28 characters of Crockford's base32 in groups of four (26 of the secret, 2 of a checksum), "@", relay address.
 */
import { keyedHash, labelledHash } from "../crypto/hash.ts";
import { bytesToHex } from "../primitives/bytes.ts";

/** What a code holds. */
export interface PairingCode {
  /** 16 bytes. */
  readonly secret: Uint8Array;
  /** Address of the relay without a slash at its end. */
  readonly relay: string;
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
  if (at < 0 || !isRelayAddress(relay)) return null;
  const letters = text.slice(0, at).toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  if (letters.length !== 28) return null;
  const secret = fromBase32(letters.slice(0, 26));
  return secret !== null && toBase32(checksum(secret), 2) === letters.slice(26) ? { secret, relay } : null;
}

/** Name of the mailbox at the relay: 32 hex digits. */
export function pairingMailbox(secret: Uint8Array): string {
  return bytesToHex(keyedHash("albumen pairing mailbox 1", secret, new Uint8Array(0), 16));
}

function isRelayAddress(text: string): boolean {
  return /^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/.test(text);
}

function checksum(secret: Uint8Array): Uint8Array {
  return labelledHash("albumen pairing code 1", secret, 16).subarray(0, 2);
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
