/** Recovery words of a library that exists: which ones hold, and how new ones come. */
import { sign } from "@albumen/core/crypto/sign.ts";
import type { MemberKeys } from "@albumen/core/crypto/keys.ts";
import { addMember, removeMembers } from "@albumen/core/membership/author.ts";
import type { Membership } from "@albumen/core/membership/membership.ts";
import { choosePlaces, checkWords as findWords, type WordsError } from "@albumen/core/membership/words-check.ts";
import { createWords, wordsToKeys } from "@albumen/core/membership/words.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import { addMessage } from "@albumen/core/roster/statement-messages.ts";
import type { AuthorityError, WriteError } from "./api.ts";
import { cutOff } from "./cut-off.ts";
import type { EncryptedLog } from "./log.ts";
import { readWordsMark } from "./words-mark.ts";

/** Recovery words that are new: shown once, kept nowhere. */
export interface NewWords {
  readonly words: string;
  /** Places (from 1) of three words to ask for, so that they are on paper before anything depends on them. */
  readonly places: readonly number[];
}

/** What is said of words that do not open this library. */
export const wrongWords: AuthorityError = {
  kind: "wrong-words",
  reason: "these are not the recovery words of this library: check the order and the spelling of all 24",
};

/** The keys of `text`, where they are recovery words that are a member now; undefined where they are anything else. */
export function currentWords({ roster }: Membership, text: string): MemberKeys | undefined {
  const keys = wordsToKeys(text);
  const member = keys === null ? null : roster.memberOf(keys.device);
  return keys !== null && member?.words === true && member.removedBy === null ? keys : undefined;
}

/**
 * New recovery words, which are shown once and kept nowhere. With the old words the new ones take their place; without them
 * (`old` null) they are added, rank directly below this device, and the old ones stay.
 */
export function newWords(log: EncryptedLog, old: string | null): Promise<Result<NewWords, WriteError>> {
  return log.exclusive(async () => {
    const membership = log.membership();
    const oldKeys = old === null ? undefined : currentWords(membership, old);
    if (old !== null && oldKeys === undefined) return err(wrongWords);
    const words = createWords(log.parts.random);
    const keys = wordsToKeys(words);
    if (keys === null) throw new Error("fresh words do not read back");
    const agreed = { device: keys.device, seal: keys.seal, words: true, parents: membership.heads };
    const message = addMessage(membership.library, oldKeys?.device ?? log.keys.device, agreed);
    const countersignature = sign("albumen countersign 1", message, keys.signing);
    const added = await log.writeMembership(
      (authoring) => addMember(authoring, membership, { ...agreed, countersignature, name: null }),
      oldKeys,
    );
    if (!added.ok) return added;
    if (added.value === null) return err({ kind: "no-keys", reason: "the library's secret has not arrived here: sync first" });
    await log.markWords(keys.device);
    const replaced = oldKeys === undefined ? ok(null) : await replace(log, oldKeys);
    return replaced.ok ? ok({ words, places: choosePlaces(log.parts.random) }) : replaced;
  });
}

/** Whether `text` is the library's recovery words; where they are those that waited to be shown to be on paper, they wait no more. */
export function checkWords(log: EncryptedLog, text: string): Promise<Result<null, WordsError>> {
  return log.exclusive(async () => {
    const checked = findWords(log.membership(), text);
    if (!checked.ok) return checked;
    if (checked.value === (await readWordsMark(log.parts.store))) await log.markWords(null);
    return ok(null);
  });
}

/** The old words remove themselves; all that they ever signed and that is known here holds, the new ones among it. */
function replace(log: EncryptedLog, old: MemberKeys): ReturnType<EncryptedLog["writeMembership"]> {
  return log.writeMembership((authoring, membership) => {
    return removeMembers(authoring, membership, [cutOff(log.journal.ledger, old.device, [old.device])]);
  }, old);
}
