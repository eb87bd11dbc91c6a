import { expect, test } from "vitest";
import { createNonces } from "../crypto/aead.ts";
import { createMemberKeys, type MemberKeys } from "../crypto/keys.ts";
import type { DeviceId, LibraryId } from "../ids/ids.ts";
import type { Member } from "../roster/roster.ts";
import { entryOf } from "../testing/member-world.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { foundLibrary } from "./author.ts";
import { evaluateMembership, type Membership } from "./membership.ts";
import { checkWords, choosePlaces } from "./words-check.ts";
import { createWords, wordsToKeys } from "./words.ts";

const random = seededRandom(24);
const words = createWords(random);

function foundMembership(): Membership {
  const keys = createMemberKeys(random);
  const authoring = { keys, last: null, seen: [], at: 0, random, nonces: createNonces(random) };
  const created = entryOf(foundLibrary(authoring, wordsToKeys(words) as MemberKeys, "Laptop"));
  const membership = evaluateMembership(created.hash as string as LibraryId, [created], keys, () => null);
  if (membership === null) throw new Error("there is no create");
  return membership;
}

const membership = foundMembership();
const refusal = (text: string): string => {
  const checked = checkWords(membership, text);
  return checked.ok ? "accepted" : checked.error.reason;
};

/** The membership in which every member is changed so. */
function changed(change: Partial<Member>): Membership {
  const memberOf = (device: DeviceId): Member | null => {
    const member = membership.roster.memberOf(device);
    return member === null ? null : { ...member, ...change };
  };
  return { ...membership, roster: { ...membership.roster, memberOf } };
}

test("the words of the library are recognised, however they are typed", () => {
  const value = wordsToKeys(words)?.device;
  expect(checkWords(membership, words)).toEqual({ ok: true, value });
  expect(checkWords(membership, `  ${words.toUpperCase().replaceAll(" ", "\n")}\n`)).toEqual({ ok: true, value });
});

test("others are refused, with what is wrong and without repeating a word", () => {
  const list = words.split(" ");
  expect(refusal(createWords(random))).toBe("these are recovery words, but not of this library");
  expect(refusal("")).toBe("there are 24 recovery words, and these are 0");
  expect(refusal(list.slice(1).join(" "))).toBe("there are 24 recovery words, and these are 23");
  const slips = list.with(4, "secretslip").with(9, "anotherslip");
  expect(refusal(slips.join(" "))).toBe("there is a slip of the pen in word 5, 10: no recovery word is written so");
  const swapped = list.with(0, list[1] ?? "").with(1, list[0] ?? "");
  expect(refusal(swapped.join(" "))).toMatch(/do not belong together/);
});

test("words that were replaced are none any more", () => {
  expect(checkWords(changed({ removedBy: "ab".repeat(32) as DeviceId }), words)).toMatchObject({
    ok: false,
    error: { kind: "other-words" },
  });
});

test("the key of a device is no recovery words", () => {
  expect(checkWords(changed({ words: false }), words)).toMatchObject({ ok: false, error: { kind: "other-words" } });
});

test("three different places in order, each as likely as the others", () => {
  const counts = new Array<number>(25).fill(0);
  for (let i = 0; i < 8000; i++) {
    const places = choosePlaces(random);
    expect(places).toHaveLength(3);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    for (const place of new Set(places)) counts[place] = (counts[place] ?? 0) + 1;
  }
  expect(counts[0]).toBe(0);
  // 1,000 expected each, standard deviation 30.
  for (const count of counts.slice(1)) expect(Math.abs(count - 1000)).toBeLessThan(150);
});
