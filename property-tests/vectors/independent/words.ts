/** Recovery words: BIP39 with the English list, from which only the list of words is taken. */
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { labelled, sha256 } from "./crypto.ts";
import type { Seeds } from "./keys.ts";

/** The 32 bytes that 24 words say, or null where one is unknown or the checksum is off. */
export function wordsToEntropy(text: string): Uint8Array | null {
  const words = text.trim().toLowerCase().split(/\s+/);
  const places = words.map((word) => wordlist.indexOf(word));
  if (words.length !== 24 || places.includes(-1)) return null;
  const bits = places.map((place) => place.toString(2).padStart(11, "0")).join("");
  const bytes = Uint8Array.from({ length: 33 }, (_, at) => Number.parseInt(bits.slice(8 * at, 8 * at + 8), 2));
  const entropy = bytes.slice(0, 32);
  return sha256(entropy)[0] === bytes[32] ? entropy : null;
}

/** The seeds of the words' keys. */
export function entropyToSeeds(entropy: Uint8Array): Seeds {
  return {
    signingSeed: labelled("albumen words sign 1", entropy),
    sealingSeed: labelled("albumen words seal 1", entropy),
  };
}
