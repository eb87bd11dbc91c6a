import { expect, test } from "vitest";
import type { DeviceId, LibraryId, RecordHash } from "../ids/ids.ts";
import { evaluateRoster, type MembershipRecord, type Roster } from "./roster.ts";
import { encodeStatement, parseStatement, type ChainPoint, type EpochPart, type Statement } from "./statement.ts";

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
    secrets: [],
    epoch,
  },
};

let serial = 0;
function record(device: DeviceId, sequence: number, statement: Statement): MembershipRecord {
  serial++;
  return { device, sequence, hash: serial.toString(16).padStart(64, "0") as RecordHash, statement };
}
function add(by: DeviceId, sequence: number, device: DeviceId): MembershipRecord {
  const [seal, countersignature] = [new Uint8Array(32), new Uint8Array(64)];
  return record(by, sequence, { kind: "add", device, seal, parents: [], countersignature, secrets: [], epoch });
}
function remove(by: DeviceId, sequence: number, device: DeviceId, cutoff: readonly ChainPoint[] = []): MembershipRecord {
  return record(by, sequence, { kind: "remove", device, cutoff, epoch });
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

test("every statement reads back as it was written, and anything else is none", () => {
  const box = { device: phone, box: new Uint8Array(112) };
  const part: EpochPart = { parents: [id("1") as never], commitment: new Uint8Array(32).fill(3), boxes: [box] };
  const statements: Statement[] = [
    { ...(create.statement as Statement & { kind: "create" }), secrets: [box], epoch: part },
    { ...(add(founder, 2, phone).statement as Statement & { kind: "add" }), parents: [id("2") as RecordHash], epoch: part },
    { kind: "remove", device: phone, cutoff: [{ sequence: 4, hash: id("3") as RecordHash }], epoch: part },
    { kind: "rotate", epoch: part },
    { kind: "seal", of: id("4") as never, device: phone, box: new Uint8Array(112) },
    { kind: "keep", device: phone, sequence: 9, hash: id("5") as RecordHash },
  ];
  for (const statement of statements) {
    const bytes = encodeStatement(statement);
    expect(parseStatement(bytes)).toEqual(statement);
    for (let at = 0; at < bytes.length; at++) {
      const flipped = bytes.slice();
      flipped[at] = (flipped[at] ?? 0) ^ 0x40;
      const parsed = parseStatement(flipped);
      expect(parsed === null || encodeStatement(parsed).length > 0).toBe(true);
    }
    expect(parseStatement(bytes.subarray(1))).toBeNull();
  }
});
