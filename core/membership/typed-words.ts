/**
 * Recovery words while they are typed or pasted: what can be said of them without any library, so that a slip of the pen is seen
 * at once and not after the last word.
 */
import { validateMnemonic } from "@scure/bip39";
import { wordlist } from "@scure/bip39/wordlists/english.js";

/** How many recovery words there are. */
export const wordTotal = 24;

/** Words so far. */
export interface TypedWords {
  readonly count: number;
  /** Places (from 1) of those that no recovery word is written like; the last one may still be growing into one. */
  readonly strange: readonly number[];
  /** There are 24 of the list. */
  readonly complete: boolean;
  /** They are complete and their checksum is right: each is what was once shown, in its place. */
  readonly fitting: boolean;
}

/** What `text` holds so far. White space ends a word. */
export function readTypedWords(text: string): TypedWords {
  const words = text
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const growing = /\S$/.test(text) ? words.length - 1 : -1;
  const strange = words.flatMap((word, at) => ((at === growing ? isBeginning(word) : wordlist.includes(word)) ? [] : [at + 1]));
  const complete = words.length === wordTotal && words.every((word) => wordlist.includes(word));
  return { count: words.length, strange, complete, fitting: complete && validateMnemonic(words.join(" "), wordlist) };
}

function isBeginning(word: string): boolean {
  return wordlist.some((known) => known.startsWith(word));
}
