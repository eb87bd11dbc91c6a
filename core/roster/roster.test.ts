import { expect, test } from "vitest";
import type { DeviceId, LibraryId, RecordHash } from "../ids/ids.ts";
import { evaluateRoster, type MembershipRecord, type Roster } from "./roster.ts";
import type { ChainPoint, EpochPart, Statement } from "./statement.ts";

const id = (letter: string): string => letter.repeat(64);
const epoch: EpochPart = { parents: [], commitment: new Uint8Array(32), boxes: [] };
const library = id("0") as LibraryId;
const [founder, phone, tablet, thief] = [id("a"), id("b"), id("c"), id("d")] as [DeviceId, DeviceId, DeviceId, DeviceId];
const words = id("f") as DeviceId;

const create: MembershipRecord = {
  device: founder,
  sequence: 1,
  hash: library as string as RecordHash,
  statement: {
    kind: "create",
    seal: new Uint8Array(32),
    words,
    wordsSeal: new Uint8Array(32),
    wordsSignature: new Uint8Array(64),
    secretCommitment: new Uint8Array(32),
    secrets: [],
    epoch,
  },
};

let serial = 0;
function record(device: DeviceId, sequence: number, statement: Statement): MembershipRecord {
  serial++;
  return { device, sequence, hash: serial.toString(16).padStart(64, "0") as RecordHash, statement };
}
function add(by: DeviceId, sequence: number, device: DeviceId, isWords = false): MembershipRecord {
  const [seal, countersignature] = [new Uint8Array(32), new Uint8Array(64)];
  return record(by, sequence, { kind: "add", device, seal, words: isWords, parents: [], countersignature, secrets: [], epoch });
}
function remove(by: DeviceId, sequence: number, device: DeviceId, cutoff: readonly ChainPoint[] = []): MembershipRecord {
  return record(by, sequence, { kind: "remove", removed: [{ device, cutoff }], epoch });
}
/** Evaluates with chains in which every record of a device follows the one before it in `records`. */
function rosterOf(...records: readonly MembershipRecord[]): Roster {
  const all = [create, ...records];
  const previousOf = (hash: RecordHash): RecordHash | null => {
    const at = all.find((one) => one.hash === hash);
    const before = all.filter((one) => one.device === at?.device && one.sequence === (at?.sequence ?? 0) - 1);
    return before[0]?.hash ?? null;
  };
  const roster = evaluateRoster(library, all, { verify: () => true, previousOf });
  if (roster === null) throw new Error("no roster");
  return roster;
}
const pointOf = ({ sequence, hash }: MembershipRecord): ChainPoint => ({ sequence, hash });
const current = (roster: Roster): DeviceId[] =>
  roster.members.filter((member) => member.removedBy === null).map((member) => member.device);

test("words, founder and added devices stand in rank order", () => {
  const roster = rosterOf(add(founder, 3, tablet), add(founder, 2, phone), add(phone, 1, thief));
  expect(current(roster)).toEqual([words, founder, phone, thief, tablet]);
});

test("a senior removes a junior, a junior never a senior", () => {
  const base = [add(founder, 2, phone), add(phone, 1, tablet)];
  expect(current(rosterOf(...base, remove(founder, 3, tablet)))).toEqual([words, founder, phone]);
  expect(current(rosterOf(...base, remove(tablet, 1, founder), remove(tablet, 2, phone)))).toEqual([
    words,
    founder,
    phone,
    tablet,
  ]);
});

test("mutual removal: the senior's holds", () => {
  const roster = rosterOf(add(founder, 2, phone), remove(founder, 3, phone), remove(phone, 1, founder));
  expect(current(roster)).toEqual([words, founder]);
});

test("what a removed device added after its cut-off is not admitted, what it added before stays", () => {
  const addTablet = add(phone, 1, tablet);
  const addThief = add(phone, 2, thief);
  const kept = { sequence: 1, hash: addTablet.hash };
  const roster = rosterOf(add(founder, 2, phone), addTablet, addThief, remove(founder, 3, phone, [kept]));
  expect(current(roster)).toEqual([words, founder, tablet]);
  expect(roster.counting.has(addThief.hash)).toBe(false);
});

test("a thief that adds ten keys does not become the majority: one removal ends them all", () => {
  const keys = Array.from({ length: 10 }, (_, at) => id(at.toString()).replace(/^./, "e") as DeviceId);
  const adds = keys.map((key, at) => add(thief, at + 1, key));
  const roster = rosterOf(add(founder, 2, thief), ...adds, remove(founder, 3, thief));
  expect(current(roster)).toEqual([words, founder]);
});

test("a removed key is never admitted again", () => {
  const roster = rosterOf(add(founder, 2, phone), remove(founder, 3, phone), add(founder, 4, phone));
  expect(current(roster)).toEqual([words, founder]);
});

test("a removed key is admitted again: nobody but a senior of its remover can, who could as well admit a fresh key", () => {
  const base = [add(founder, 2, phone), add(phone, 1, tablet), add(tablet, 1, thief), remove(tablet, 2, thief)];
  expect(current(rosterOf(...base))).toEqual([words, founder, phone, tablet]);
  expect(current(rosterOf(...base, add(tablet, 3, thief)))).not.toContain(thief);
  const laptop = id("7") as DeviceId;
  expect(current(rosterOf(...base, add(tablet, 3, laptop), add(laptop, 1, thief)))).not.toContain(thief);
  // An add by the founder ranks behind what the phone and the tablet added: the thief stays where it was met first.
  expect(current(rosterOf(...base, add(founder, 3, thief)))).not.toContain(thief);
  // As words of the phone, or by a device that ranks before the tablet, it stands above its remover.
  expect(current(rosterOf(...base, add(phone, 2, thief, true)))).toContain(thief);
});

test("content within the cut-off holds, beyond it not, and a keep adds to it", () => {
  const [first, second, third] = [
    remove(tablet, 1, id("9") as DeviceId),
    remove(tablet, 2, id("9") as DeviceId),
    remove(tablet, 3, id("9") as DeviceId),
  ];
  const cut = remove(founder, 3, tablet, [{ sequence: 1, hash: first.hash }]);
  const base = [add(founder, 2, tablet), first, second, third, cut];
  const held = (roster: Roster): boolean[] => [first, second, third].map((one) => roster.isContentHeld(tablet, one));
  expect(held(rosterOf(...base))).toEqual([true, false, false]);
  const keep = record(founder, 4, { kind: "keep", device: tablet, sequence: 2, hash: second.hash });
  expect(held(rosterOf(...base, keep))).toEqual([true, true, false]);
  expect(rosterOf(...base).isContentHeld(thief, first)).toBe(false);
});

test("the outcome does not depend on the order of records, nor on repetition", () => {
  const records = [
    add(founder, 2, phone),
    add(phone, 1, tablet),
    add(tablet, 1, thief),
    remove(founder, 3, tablet),
    remove(phone, 2, founder),
  ];
  const outcome = rosterOf(...records).members;
  expect(rosterOf(...[...records].reverse(), ...records).members).toEqual(outcome);
});

test("three that remove each other in a circle: the most senior one's removal holds", () => {
  const base = [add(founder, 2, phone), add(phone, 1, tablet), add(tablet, 1, thief)];
  const circle = [remove(phone, 2, tablet), remove(tablet, 2, thief), remove(thief, 1, phone)];
  expect(current(rosterOf(...base, ...circle))).toEqual([words, founder, phone]);
});

test("a stolen founder phone is removed by the words, and what it signs afterwards with old parents is void", () => {
  const addPhone = add(founder, 2, phone);
  const removal = remove(words, 1, founder, [pointOf(addPhone)]);
  const retaliation = [remove(founder, 3, phone), add(founder, 4, thief), add(founder, 3, thief)];
  const roster = rosterOf(addPhone, removal, ...retaliation);
  expect(current(roster)).toEqual([words, phone]);
  for (const record of retaliation) expect(roster.counting.has(record.hash)).toBe(false);
});

test("a thief who makes a stolen phone remove itself with an empty cut-off is overruled by a senior's cut-off", () => {
  const addTablet = add(phone, 1, tablet);
  const self = remove(phone, 2, phone, []);
  const base = [add(founder, 2, phone), addTablet, self];
  expect(current(rosterOf(...base))).toEqual([words, founder]);
  expect(current(rosterOf(...base, remove(founder, 3, phone, [pointOf(addTablet)])))).toEqual([words, founder, tablet]);
});

test("a junior that removes its seniors with an empty cut-off changes nothing, and its record does not count", () => {
  const base = [add(founder, 2, phone), add(phone, 1, thief)];
  const coup = remove(thief, 1, founder, []);
  const roster = rosterOf(...base, coup);
  expect(current(roster)).toEqual([words, founder, phone, thief]);
  expect(roster.counting.has(coup.hash)).toBe(false);
});

test("a removal of several counts for those that are junior, and only for them", () => {
  const removed = [founder, phone, thief].sort().map((device) => ({ device, cutoff: [] }));
  const both = record(tablet, 1, { kind: "remove", removed, epoch });
  const roster = rosterOf(add(founder, 2, phone), add(phone, 1, tablet), add(tablet, 2, thief), both);
  expect(current(roster)).toEqual([words, founder, phone, tablet]);
  expect(roster.counting.has(both.hash)).toBe(true);
});

test("ten keys that a thief added before it was found out go with it in one record", () => {
  const keys = Array.from({ length: 10 }, (_, at) => id(at.toString()).replace(/^./, "e") as DeviceId);
  const adds = keys.map((key, at) => add(thief, at + 1, key));
  const frontier = pointOf(adds[9] as MembershipRecord);
  const removed = [thief, ...keys].sort().map((device) => ({ device, cutoff: device === thief ? [frontier] : [] }));
  const removal = record(founder, 3, { kind: "remove", removed, epoch });
  expect(current(rosterOf(add(founder, 2, thief), ...adds))).toHaveLength(13);
  expect(current(rosterOf(add(founder, 2, thief), ...adds, removal))).toEqual([words, founder]);
});

test("a device that two members added stands where it is met first, and only who is senior to that place removes it", () => {
  const base = [add(founder, 2, phone), add(founder, 3, tablet), add(phone, 1, thief), add(tablet, 1, thief)];
  expect(current(rosterOf(...base))).toEqual([words, founder, phone, thief, tablet]);
  expect(current(rosterOf(...base, remove(tablet, 2, thief)))).toContain(thief);
  expect(current(rosterOf(...base, remove(phone, 2, thief)))).not.toContain(thief);
});

test("words that a member adds rank directly below it, before its devices, and do not replace the old ones", () => {
  const second = id("8") as DeviceId;
  const base = [add(founder, 2, phone), add(phone, 1, tablet), add(phone, 2, second, true)];
  expect(current(rosterOf(...base))).toEqual([words, founder, phone, second, tablet]);
  expect(current(rosterOf(...base, remove(second, 1, tablet)))).toEqual([words, founder, phone, second]);
  expect(current(rosterOf(...base, remove(second, 1, words), remove(second, 2, phone)))).toEqual(current(rosterOf(...base)));
});

test("only the words replace the words: they add new ones, which outrank everybody else, and remove themselves", () => {
  const fresh = id("8") as DeviceId;
  const addFresh = add(words, 1, fresh, true);
  const replace = [addFresh, remove(words, 2, words, [pointOf(addFresh)])];
  const roster = rosterOf(add(founder, 2, phone), ...replace);
  expect(current(roster)).toEqual([fresh, founder, phone]);
  expect(current(rosterOf(add(founder, 2, phone), ...replace, remove(fresh, 1, founder)))).toEqual([fresh]);
  expect(current(rosterOf(add(founder, 2, phone), ...replace, add(words, 3, thief)))).toEqual([fresh, founder, phone]);
  expect(current(rosterOf(add(founder, 2, phone), remove(founder, 3, words)))).toEqual([words, founder, phone]);
});

test("of several removals of a device the most senior one's cut-off alone decides about its membership records", () => {
  const [first, second] = [add(tablet, 1, thief), add(tablet, 2, id("7") as DeviceId)];
  const base = [add(founder, 2, phone), add(phone, 1, tablet), first, second];
  const strict = remove(founder, 3, tablet, [pointOf(first)]);
  const generous = remove(phone, 2, tablet, [pointOf(second)]);
  const roster = rosterOf(...base, generous, strict);
  expect(current(roster)).toEqual([words, founder, phone, thief]);
  expect(roster.memberOf(tablet)?.removedBy).toBe(founder);
  // Of content the cut-offs join: what a stale remover had seen holds too.
  expect([first, second].map((one) => roster.isContentHeld(tablet, one))).toEqual([true, true]);
});

test("a keep lets content hold and brings nobody back; nobody keeps its own", () => {
  const addThief = add(tablet, 1, thief);
  const late = add(tablet, 2, id("7") as DeviceId);
  const base = [add(founder, 2, phone), add(phone, 1, tablet), addThief, late, remove(founder, 3, tablet)];
  const keep = (by: DeviceId, sequence: number): MembershipRecord =>
    record(by, sequence, { kind: "keep", device: tablet, ...pointOf(late) });
  const kept = rosterOf(...base, keep(phone, 2));
  expect(current(kept)).toEqual([words, founder, phone]);
  expect([addThief, late].map((one) => kept.isContentHeld(tablet, one))).toEqual([true, true]);
  const own = keep(tablet, 3);
  const cut = remove(founder, 3, tablet, [pointOf(own)]);
  const withOwn = rosterOf(add(founder, 2, phone), add(phone, 1, tablet), own, cut);
  expect(withOwn.counting.has(own.hash)).toBe(false);
  const byStranger = rosterOf(...base, keep(id("6") as DeviceId, 1));
  expect(byStranger.isContentHeld(tablet, late)).toBe(false);
});

test("a member may keep what a device wrote that lost its place with its adder; nobody else can", () => {
  const addTablet = add(phone, 1, tablet);
  const written = remove(tablet, 1, id("9") as DeviceId);
  const base = [add(founder, 2, phone), addTablet, written, remove(founder, 3, phone)];
  expect(rosterOf(...base).memberOf(tablet)).toBeNull();
  expect(rosterOf(...base).isContentHeld(tablet, written)).toBe(false);
  const keep = (by: DeviceId): MembershipRecord => record(by, 4, { kind: "keep", device: tablet, ...pointOf(written) });
  expect(rosterOf(...base, keep(founder)).isContentHeld(tablet, written)).toBe(true);
  expect(rosterOf(...base, keep(founder)).memberOf(tablet)).toBeNull();
  expect(rosterOf(...base, keep(thief)).isContentHeld(tablet, written)).toBe(false);
  // Of a member that nobody removed everything counts, whatever somebody keeps.
  const member = [
    add(founder, 2, phone),
    addTablet,
    written,
    record(founder, 4, { kind: "keep", device: tablet, ...pointOf(addTablet) }),
  ];
  expect(rosterOf(...member).isContentHeld(tablet, written)).toBe(true);
});

test("a gap in a chain ends what a cut-off holds, until the gap is filled", () => {
  const [first, second, third] = [remove(tablet, 1, thief), remove(tablet, 2, thief), remove(tablet, 3, thief)];
  const base = [add(founder, 2, tablet), first, third, remove(founder, 3, tablet, [pointOf(third)])];
  expect(rosterOf(...base).isContentHeld(tablet, first)).toBe(false);
  expect(rosterOf(...base, second).isContentHeld(tablet, first)).toBe(true);
});

test("a library is what its own create says: no other create, no other sequence, signed by its words", () => {
  const context = { verify: () => true, previousOf: () => null };
  expect(evaluateRoster(library, [], context)).toBeNull();
  expect(evaluateRoster(library, [{ ...create, sequence: 2 }], context)).toBeNull();
  expect(evaluateRoster(library, [create], { ...context, verify: (kind) => kind !== "create" })).toBeNull();
  const other = { ...create, device: phone, hash: id("5") as RecordHash };
  const roster = evaluateRoster(library, [create, other, add(founder, 2, phone)], context);
  expect(roster?.counting.has(other.hash)).toBe(false);
  expect(roster?.memberOf(thief)).toBeNull();
});
