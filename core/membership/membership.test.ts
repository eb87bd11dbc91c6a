import { expect, test } from "vitest";
import { seededRandom } from "../testing/seeded-random.ts";
import { createNonces } from "../crypto/aead.ts";
import { createMemberKeys, type MemberKeys } from "../crypto/keys.ts";
import { sign } from "../crypto/sign.ts";
import { recordHash } from "../crypto/verify.ts";
import type { LibraryId, RecordHash } from "../ids/ids.ts";
import { addMessage, parseStatement } from "../roster/statement.ts";
import { parseRecord } from "../wire/record.ts";
import { addDevice, currentMembers, foundLibrary, rotateEpoch, writableEpoch, type Authoring } from "./author.ts";
import { evaluateMembership, type Membership, type MembershipEntry } from "./membership.ts";
import { createWords, wordsToKeys } from "./words.ts";

const random = seededRandom(11);
const nonces = createNonces(random);
const words = wordsToKeys(createWords(random)) as MemberKeys;
const founder = createMemberKeys(random);
const phone = createMemberKeys(random);
const tablet = createMemberKeys(random);

function entryOf(bytes: Uint8Array): MembershipEntry {
  const parts = parseRecord(bytes);
  const statement = parts.ok && parts.value.publicPart !== null ? parseStatement(parts.value.publicPart) : null;
  if (!parts.ok || statement === null) throw new Error("the record does not parse");
  const { device, sequence } = parts.value.header;
  return { hash: recordHash(bytes), device, sequence, statement, parts: parts.value };
}

function authoringOf(keys: MemberKeys, last: MembershipEntry | null): Authoring {
  return { keys, last, seen: [], random, nonces };
}

const created = entryOf(foundLibrary(authoringOf(founder, null), words, "Laptop"));
const library = created.hash as string as LibraryId;

function membershipOf(entries: readonly MembershipEntry[], keys: MemberKeys): Membership {
  const membership = evaluateMembership(library, entries, keys, () => null);
  if (membership === null) throw new Error("there is no create among the entries");
  return membership;
}

function addedBy(
  adder: MemberKeys,
  last: MembershipEntry | null,
  entries: readonly MembershipEntry[],
  added: MemberKeys,
): MembershipEntry {
  const membership = membershipOf(entries, adder);
  const { device, seal } = added;
  const parents = membership.heads;
  const countersignature = sign(
    "albumen countersign 1",
    addMessage(library, adder.device, { device, seal, parents }),
    added.signing,
  );
  const record = addDevice(authoringOf(adder, last), membership, { device, seal, parents, countersignature, name: "Phone" });
  if (record === null) throw new Error("the adder does not hold the library's secret");
  return entryOf(record);
}

const addPhone = addedBy(founder, created, [created], phone);

test("the founder and the words alone open the library's secret and its first epoch", () => {
  for (const keys of [founder, words]) {
    const membership = membershipOf([created], keys);
    expect(membership.secret).toHaveLength(32);
    expect(membership.keys.size).toBe(1);
    expect(writableEpoch(membership)).toBe(library);
  }
  expect(membershipOf([created], phone).secret).toBeNull();
});

test("an added device gets the secret, every earlier epoch key by wrapping, and its name", () => {
  const membership = membershipOf([addPhone, created], phone);
  expect(membership.secret).toEqual(membershipOf([created], founder).secret);
  expect([...membership.keys.keys()].sort()).toEqual([library as string, addPhone.hash as string].sort());
  expect(membership.names.get(phone.device)).toBe("Phone");
  expect(membership.names.get(founder.device)).toBe("Laptop");
  expect(writableEpoch(membership)).toBe(addPhone.hash);
});

test("an add without the added key's own signature admits nobody", () => {
  const { statement } = addPhone;
  if (statement.kind !== "add") throw new Error("not an add");
  const forged = { ...addPhone, statement: { ...statement, countersignature: new Uint8Array(64) } };
  const membership = membershipOf([created, forged], founder);
  expect(membership.roster.members.map((member) => member.device)).not.toContain(phone.device);
  expect(membership.roster.counting.has(addPhone.hash)).toBe(false);
});

test("an add by a stranger admits nobody", () => {
  const stranger = createMemberKeys(random);
  const byStranger = { ...addPhone, device: stranger.device };
  expect(membershipOf([created, byStranger], founder).roster.members).toHaveLength(2);
});

test("a library whose create the words did not sign is none", () => {
  const { statement } = created;
  if (statement.kind !== "create") throw new Error("not a create");
  const forged = { ...created, statement: { ...statement, wordsSignature: new Uint8Array(64) } };
  expect(evaluateMembership(library, [forged], founder, () => null)).toBeNull();
  expect(evaluateMembership("00".repeat(32) as LibraryId, [created], founder, () => null)).toBeNull();
});

test("two concurrent adds leave no epoch for everybody, and a rotation by any member makes one that all open", () => {
  const addTablet = addedBy(phone, null, [created, addPhone], tablet);
  const watch = createMemberKeys(random);
  const addWatch = addedBy(founder, addPhone, [created, addPhone], watch);
  const both = [created, addPhone, addTablet, addWatch];
  const seenByFounder = membershipOf(both, founder);
  expect(currentMembers(seenByFounder)).toHaveLength(5);
  expect(writableEpoch(seenByFounder)).toBeNull();
  const rotation = entryOf(rotateEpoch(authoringOf(founder, addWatch), seenByFounder));
  for (const keys of [founder, phone, tablet, watch, words]) {
    const membership = membershipOf([...both, rotation], keys);
    expect(writableEpoch(membership)).toBe(rotation.hash);
    expect(membership.keys.size).toBe(5);
  }
});

test("the order of the records changes nothing", () => {
  const addTablet = addedBy(phone, null, [created, addPhone], tablet);
  const orders = [
    [created, addPhone, addTablet],
    [addTablet, addPhone, created],
    [addPhone, addTablet, created, addPhone],
  ];
  const outcomes = orders.map((entries) => {
    const { roster, heads, epochs, keys } = membershipOf(entries, tablet);
    return { members: roster.members, heads, epochs: epochs.map((epoch) => epoch.id), keys: [...keys.keys()].sort() };
  });
  expect(outcomes[1]).toEqual(outcomes[0]);
  expect(outcomes[2]).toEqual(outcomes[0]);
});

test("a key that does not meet its commitment is not taken", () => {
  const { statement } = addPhone;
  if (statement.kind !== "add") throw new Error("not an add");
  const liar = { ...addPhone, statement: { ...statement, epoch: { ...statement.epoch, commitment: new Uint8Array(32) } } };
  expect(membershipOf([created, liar], phone).keys.has(addPhone.hash as string as never)).toBe(false);
});

test("recovery words are 24, and a wrong one is noticed", () => {
  const text = createWords(random);
  expect(text.split(" ")).toHaveLength(24);
  expect(wordsToKeys(`  ${text.toUpperCase().replaceAll(" ", "\n")} `)?.device).toBe(wordsToKeys(text)?.device);
  expect(wordsToKeys(text.split(" ").slice(1).join(" "))).toBeNull();
  expect(wordsToKeys(text.replace(/^\S+/, "albumen"))).toBeNull();
});

test("previous hashes are known by whoever asks", () => {
  const asked: RecordHash[] = [];
  evaluateMembership(library, [created, addPhone], founder, (hash) => {
    asked.push(hash);
    return null;
  });
  expect(asked).toEqual([]);
});
