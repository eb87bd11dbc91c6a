import { describe, expect, test } from "vitest";
import { isSignatureValid } from "../crypto/record-seal.ts";
import type { Frontier } from "../ids/frontier.ts";
import type { EpochId, RecordHash } from "../ids/ids.ts";
import { epochOfStatement } from "../roster/statement.ts";
import { createMemberWorld, entryOf, type MemberWorld, type TestMember } from "../testing/member-world.ts";
import { addMember, askForKeys, keepRecords, rotateEpoch, sealOwed } from "./author.ts";
import type { MembershipEntry } from "./entry.ts";
import { currentMembers, writableEpoch } from "./membership.ts";
import type { PrivatePart } from "./private-part.ts";

/** A founder's phone and tablet, all of whom know of each other. */
function threeDevices(seed: number): MemberWorld & { readonly phone: TestMember; readonly tablet: TestMember } {
  const world = createMemberWorld(seed);
  const [phone, tablet] = [world.stranger(), world.stranger()];
  const records = [world.created, world.add(world.founder, phone), world.add(world.founder, tablet)];
  world.show([phone, tablet, world.words], records);
  return { ...world, phone, tablet };
}
function privatePartOf(world: MemberWorld, reader: TestMember, { hash }: MembershipEntry): PrivatePart {
  const part = world.membership(reader).privateParts.get(hash);
  if (part === undefined) throw new Error("the private part does not open");
  return part;
}
const recipients = ({ statement }: MembershipEntry): readonly string[] =>
  epochOfStatement(statement)?.boxes.map(({ device }) => device) ?? [];
const devicesOf = (...members: readonly TestMember[]): readonly string[] => members.map(({ keys }) => keys.device).sort();
const idOf = ({ hash }: MembershipEntry): EpochId => hash as string as EpochId;
const empty = new Uint8Array(0);

describe("what records say to members", () => {
  const world = threeDevices(51);
  const { founder, phone, tablet, words } = world;
  const add = [...founder.held.values()].at(-1) as MembershipEntry;

  test("a create names its founder and wraps nothing", () => {
    const part = privatePartOf(world, founder, world.created);
    expect(part).toEqual({ at: 0, names: [{ device: founder.keys.device, name: "Founder" }], wraps: [], seen: [] });
  });

  test("an add names the added device, and wraps the one key that leads to all others", () => {
    const { names, wraps } = privatePartOf(world, tablet, add);
    expect(names).toEqual([{ device: tablet.keys.device, name: `Device ${tablet.keys.device.slice(0, 4)}` }]);
    const before = [...founder.held.values()].at(-2) as MembershipEntry;
    expect(wraps).toEqual([{ epoch: idOf(before), key: world.membership(founder).keys.get(idOf(before)) }]);
    expect(recipients(add)).toEqual(devicesOf(founder, phone, tablet, words));
    expect(add.statement.kind === "add" && add.statement.secrets.map(({ device }) => device)).toEqual(devicesOf(tablet));
  });

  test("an add of words names nobody", () => {
    const other = threeDevices(52);
    const added = other.add(other.founder, other.stranger(), true);
    expect(privatePartOf(other, other.founder, added).names).toEqual([]);
    expect(added.statement).toMatchObject({ kind: "add", words: true });
  });

  test("a rotation and a removal name nobody and lead to all earlier keys; a removal is for those who stay", () => {
    const other = threeDevices(53);
    const rotation = other.rotate(other.founder);
    const removal = other.remove(other.founder, [other.phone]);
    expect(privatePartOf(other, other.founder, rotation).names).toEqual([]);
    const { names, wraps } = privatePartOf(other, other.founder, removal);
    expect([names, wraps.map(({ epoch }) => epoch)]).toEqual([[], [rotation.hash]]);
    expect(recipients(removal)).toEqual(devicesOf(other.founder, other.tablet, other.words));
  });

  test("a seal, an ask and a keep stand under the epoch that members write under, name nobody and wrap nothing", () => {
    const other = threeDevices(54);
    const removal = other.remove(other.founder, [other.phone]);
    const membership = other.membership(other.founder);
    const [tabletAsMember] = currentMembers(membership).filter(({ device }) => device === other.tablet.keys.device);
    if (tabletAsMember === undefined) throw new Error("the tablet is no member");
    const authored = [
      sealOwed(other.authoring(other.founder), membership, { of: null, to: tabletAsMember }),
      askForKeys(other.authoring(other.founder), membership, { epochs: [], secret: true, failed: [] }),
      keepRecords(other.authoring(other.founder), membership, other.phone.keys.device, { sequence: 1, hash: removal.hash }),
    ].map((record) => entryOf(record ?? empty));
    expect(authored.map(({ statement }) => statement.kind)).toEqual(["seal", "ask", "keep"]);
    for (const entry of authored) {
      expect(entry.parts.header.epoch).toBe(removal.hash);
      other.founder.held.set(entry.hash, entry);
      expect(privatePartOf(other, other.founder, entry)).toEqual({ at: 0, names: [], wraps: [], seen: [] });
    }
    expect(authored[2]?.statement).toEqual({ kind: "keep", device: other.phone.keys.device, sequence: 1, hash: removal.hash });
  });
});

describe("a record's envelope", () => {
  test("continues its author's chain, tells the time and what was seen, and is signed", () => {
    const world = threeDevices(55);
    const { founder, phone } = world;
    const seen: readonly Frontier[] = [{ device: phone.keys.device, sequence: 4, hash: "9".repeat(64) as RecordHash }];
    const authoring = { ...world.authoring(founder), at: 1_764_000_000_000, seen };
    const entry = entryOf(rotateEpoch(authoring, world.membership(founder)));
    founder.held.set(entry.hash, entry);
    expect(privatePartOf(world, founder, entry)).toMatchObject({ at: 1_764_000_000_000, seen });
    const { header } = entry.parts;
    expect([header.library, header.epoch, header.sequence, header.previous]).toEqual([
      world.library,
      null,
      4,
      founder.last?.hash,
    ]);
    expect(isSignatureValid(entry.parts)).toBe(true);
    expect(isSignatureValid(world.created.parts)).toBe(true);
    expect([world.created.parts.header.library, world.created.parts.header.previous]).toEqual([null, null]);
  });

  test("has a nonce of its own", () => {
    const world = threeDevices(56);
    const nonces = Array.from({ length: 5 }, () => world.rotate(world.founder).parts.header.nonce.join());
    expect(new Set(nonces).size).toBe(5);
  });
});

describe("what is not written", () => {
  const world = threeDevices(57);
  const { founder, phone, tablet } = world;
  const agreed = (member: TestMember) => {
    const { device, seal } = member.keys;
    return { device, seal, words: false, parents: [], countersignature: new Uint8Array(64), name: null };
  };

  test("an add by who lacks the library's secret, or of a key that was removed: it would get every key and be no member", () => {
    const removed = threeDevices(58);
    const members = removed.membership(removed.founder);
    expect(addMember(removed.authoring(removed.founder), members, agreed(removed.stranger()))).not.toBeNull();
    expect(addMember(removed.authoring(removed.founder), { ...members, secret: null }, agreed(removed.stranger()))).toBeNull();
    removed.remove(removed.founder, [removed.phone]);
    expect(addMember(removed.authoring(removed.founder), removed.membership(removed.founder), agreed(removed.phone))).toBeNull();
  });

  test("a second box for whoever is added once more", () => {
    const again = world.add(phone, tablet);
    expect(recipients(again)).toEqual(devicesOf(founder, phone, tablet, world.words));
  });

  test("a seal of a key that its author lacks", () => {
    const membership = world.membership(founder);
    const [to] = currentMembers(membership);
    if (to === undefined) throw new Error("there are no members");
    const author = world.authoring(founder);
    expect(sealOwed(author, membership, { of: "7".repeat(64) as EpochId, to })).toBeNull();
    expect(sealOwed(author, { ...membership, secret: null }, { of: null, to })).toBeNull();
    expect(sealOwed(author, membership, { of: null, to })).not.toBeNull();
  });

  test("anything that founds no epoch, where no epoch fits the members", () => {
    const apart = threeDevices(59);
    const watch = apart.stranger();
    const concurrent = apart.add(apart.phone, watch);
    apart.add(apart.founder, apart.stranger());
    apart.show([apart.founder], [concurrent]);
    const membership = apart.membership(apart.founder);
    expect(writableEpoch(membership)).toBeNull();
    const author = apart.authoring(apart.founder);
    expect(askForKeys(author, membership, { epochs: [], secret: true, failed: [] })).toBeNull();
    expect(keepRecords(author, membership, watch.keys.device, { sequence: 1, hash: concurrent.hash })).toBeNull();
    const [to] = currentMembers(membership);
    expect(to === undefined ? null : sealOwed(author, membership, { of: null, to })).toBeNull();
  });
});
