/** Whether somebody has the recovery words on paper: three of them are asked for, or all of them are compared with the library. */
import type { DeviceId } from "../ids/ids.ts";
import type { Random } from "../ports/random.ts";
import { err, ok, type Result } from "../primitives/result.ts";
import type { Membership } from "./membership.ts";
import { readTypedWords, wordTotal } from "./typed-words.ts";
import { wordsToKeys } from "./words.ts";

/** Why words are not those of the library, as one sentence that repeats none of them. */
export interface WordsError {
  readonly kind: "malformed-words" | "other-words";
  readonly reason: string;
}

/** Three different places among the words, from 1, ascending; each set of three is equally likely. */
export function choosePlaces(random: Random): readonly number[] {
  const places = new Set<number>();
  while (places.size < 3) {
    const [byte = 0] = random(1);
    // 240 is the greatest multiple of 24 that a byte reaches: what is beyond would make low places likelier.
    if (byte < 240) places.add(1 + (byte % wordTotal));
  }
  return [...places].sort((a, b) => a - b);
}

/** The member that `text` is, where it is recovery words of the library as it is now: by their key, for no device keeps them. */
export function checkWords({ roster }: Membership, text: string): Result<DeviceId, WordsError> {
  const keys = wordsToKeys(text);
  if (keys === null) return err({ kind: "malformed-words", reason: problemOf(text) });
  const known = roster.memberOf(keys.device);
  if (known?.words !== true) return err({ kind: "other-words", reason: "these are recovery words, but not of this library" });
  if (known.removedBy === null) return ok(keys.device);
  return err({ kind: "other-words", reason: "these words were replaced by newer ones and open this library no more" });
}

function problemOf(text: string): string {
  // No word of it is still being typed.
  const { count, strange } = readTypedWords(`${text} `);
  if (count !== wordTotal) return `there are ${wordTotal} recovery words, and these are ${count}`;
  if (strange.length > 0) return `there is a slip of the pen in word ${strange.join(", ")}: no recovery word is written so`;
  return "these 24 words do not belong together: one of them is another, or two have changed places";
}
