/**
 * Recovery words: 24 words of the English BIP39 list, 256 bits, which are an offline member of the library. Whoever has them
 * has its keys; no device keeps them.
 */
import { entropyToMnemonic, mnemonicToEntropy, validateMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { labelledHash } from "../crypto/hash.ts";
import { seedsToMemberKeys, type MemberKeys } from "../crypto/keys.ts";
import type { Random } from "../ports/random.ts";

/** Fresh words. */
export function createWords(random: Random): string {
  return entropyToMnemonic(random(32), wordlist);
}

/** The keys that the words are, or null where they are not 24 words of the list with a right checksum. */
export function wordsToKeys(text: string): MemberKeys | null {
  const words = text.trim().toLowerCase().split(/\s+/).join(" ");
  if (words.split(" ").length !== 24 || !validateMnemonic(words, wordlist)) return null;
  const entropy = mnemonicToEntropy(words, wordlist);
  return seedsToMemberKeys(labelledHash("albumen words sign 1", entropy), labelledHash("albumen words seal 1", entropy));
}
