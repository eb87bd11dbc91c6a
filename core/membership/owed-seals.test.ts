import { describe, expect, test } from "vitest";
import type { DeviceId, EpochId } from "../ids/ids.ts";
import { createMemberWorld, type MemberWorld, type TestMember } from "../testing/member-world.ts";
import { askForKeys, sealOwed } from "./author.ts";
import type { MembershipEntry } from "./entry.ts";
import { currentMembers, type Membership } from "./membership.ts";
import { dueAsk, owedSeals, type OwedSeal } from "./owed-seals.ts";

/** A founder's phone and tablet, all of whom hold all three records. */
function threeDevices(seed: number): MemberWorld & { readonly phone: TestMember; readonly tablet: TestMember } {
  const world = createMemberWorld(seed);
  const [phone, tablet] = [world.stranger(), world.stranger()];
  const records = [world.created, world.add(world.founder, phone), world.add(world.founder, tablet)];
  world.show([phone, tablet, world.words], records);
  return { ...world, phone, tablet };
}
const idOf = ({ hash }: MembershipEntry): EpochId => hash as string as EpochId;
const owed = (world: MemberWorld, by: TestMember): readonly (readonly [EpochId | null, DeviceId])[] =>
  owedSeals(world.membership(by), by.keys.device).map(({ of, to }) => [of, to.device]);
function ask(world: MemberWorld, by: TestMember, epochs: readonly EpochId[], secret = false): MembershipEntry {
  const wanted = { epochs, secret, failed: [] };
  return world.take(by, askForKeys(world.authoring(by), world.membership(by), wanted) ?? new Uint8Array(0));
}
/** A seal by `by`, written from what `as` knows. */
function seal(world: MemberWorld, by: TestMember, as: TestMember, of: EpochId | null, to: TestMember): MembershipEntry {
  const membership = world.membership(as);
  const member = membership.roster.memberOf(to.keys.device);
  const wanted: OwedSeal | null = member === null ? null : { of, to: member };
  const record = wanted === null ? null : sealOwed(world.authoring(by), membership, wanted);
  return world.take(by, record ?? new Uint8Array(0));
}

describe("what a member is owed", () => {
  test("nothing, while every key has a box for it or is wrapped", () => {
    const world = threeDevices(61);
    for (const member of [world.founder, world.phone, world.tablet]) expect(owed(world, member)).toEqual([]);
  });

  test("the one key that leads to all it lacks: for each in the order of rank, and nothing to oneself", () => {
    const world = threeDevices(62);
    const { founder, phone, tablet } = world;
    const [watch, camera] = [world.stranger(), world.stranger()];
    const rotations = [world.rotate(founder), world.rotate(founder)] as [MembershipEntry, MembershipEntry];
    const admitted = [world.add(phone, watch), world.add(phone, camera)];
    world.show([founder, tablet], admitted);
    world.show([tablet], rotations);
    for (const member of [founder, tablet]) {
      expect(owed(world, member)).toEqual([
        [idOf(rotations[1]), watch.keys.device],
        [idOf(rotations[1]), camera.keys.device],
      ]);
    }
    world.show([watch], [...phone.held.values(), ...rotations]);
    expect(owed(world, watch)).toEqual([]);
  });

  test("what it asks for, once, and again where it says that the seal failed", () => {
    const world = threeDevices(63);
    const { founder, phone } = world;
    const rotation = world.rotate(founder);
    world.show([phone], [rotation]);
    const asked = ask(world, phone, [idOf(rotation)]);
    world.show([founder], [asked]);
    expect(owed(world, founder)).toEqual([[idOf(rotation), phone.keys.device]]);
    const given = seal(world, founder, founder, idOf(rotation), phone);
    expect(owed(world, founder)).toEqual([]);
    const again = { epochs: [idOf(rotation)], secret: false, failed: [given.hash] };
    const record = askForKeys(world.authoring(phone), world.membership(phone), again);
    world.show([founder], [world.take(phone, record ?? new Uint8Array(0))]);
    expect(owed(world, founder)).toEqual([[idOf(rotation), phone.keys.device]]);
  });

  test("nothing that only an older ask of it names, or that another member asks for", () => {
    const world = threeDevices(64);
    const { founder, phone, tablet } = world;
    const rotation = world.rotate(founder);
    world.show([phone, tablet], [rotation]);
    world.show([founder], [ask(world, phone, [idOf(rotation)]), ask(world, phone, [])]);
    expect(owed(world, founder)).toEqual([]);
    world.show([founder], [ask(world, tablet, [idOf(rotation)])]);
    expect(owed(world, founder)).toEqual([[idOf(rotation), tablet.keys.device]]);
  });

  test("an epoch that it founded itself, though it asks for it: it made that key", () => {
    const world = threeDevices(65);
    const { founder, phone } = world;
    const own = world.rotate(phone);
    world.show([founder], [own, ask(world, phone, [idOf(own)])]);
    expect(owed(world, founder)).toEqual([]);
  });

  test("the secret where it asks for it, until it was sealed to it, by whoever has it", () => {
    const world = threeDevices(66);
    const { founder, phone } = world;
    world.show([founder], [ask(world, phone, [], true)]);
    expect(owed(world, founder)).toEqual([[null, phone.keys.device]]);
    expect(owedSeals({ ...world.membership(founder), secret: null }, founder.keys.device)).toEqual([]);
    const given = seal(world, founder, founder, null, phone);
    expect(given.statement).toMatchObject({ kind: "seal", of: null });
    expect(owed(world, founder)).toEqual([]);
    expect(world.membership(phone).secret).not.toBeNull();
  });

  test("whatever a stranger sealed to it: that does not count as given", () => {
    const world = threeDevices(67);
    const { founder, phone } = world;
    const rotation = world.rotate(founder);
    world.show([phone], [rotation]);
    world.show([founder], [ask(world, phone, [idOf(rotation)])]);
    const stranger = world.stranger();
    const given = seal(world, stranger, founder, idOf(rotation), phone);
    world.show([founder], [given]);
    expect(world.membership(founder).roster.counting.has(given.hash)).toBe(false);
    expect(owed(world, founder)).toEqual([[idOf(rotation), phone.keys.device]]);
    // Nor does an ask that a stranger signs for itself make anybody owe anything.
    const asked = world.take(
      stranger,
      askForKeys(world.authoring(stranger), world.membership(founder), { epochs: [], secret: true, failed: [] }) ??
        new Uint8Array(0),
    );
    world.show([founder], [asked]);
    expect(owed(world, founder)).toHaveLength(1);
  });

  test("no epoch of a stranger: nobody writes anything under it that a member has to read", () => {
    const world = threeDevices(68);
    const { founder, phone } = world;
    const stranger = world.stranger();
    world.show([stranger], [world.created]);
    // Its boxes are for the members it knows of, which the phone is not.
    const foreign = world.rotate(stranger);
    world.show([founder], [foreign]);
    expect(world.membership(founder).keys.has(idOf(foreign))).toBe(false);
    expect(owed(world, founder)).toEqual([]);
    world.show([phone], [foreign]);
    expect(world.membership(phone).keys.has(idOf(foreign))).toBe(false);
  });

  test("a voided epoch of a member too: records of members may stand under it", () => {
    const world = threeDevices(69);
    const { founder, phone, tablet } = world;
    const watch = world.stranger();
    const added = world.add(founder, watch);
    // The phone does not know the watch when it rotates, and is removed with nothing of it held.
    const voided = world.rotate(phone);
    const removal = world.remove(founder, [phone], []);
    world.show([founder, tablet, watch], [world.created, ...founder.held.values(), added, voided, removal]);
    expect(world.membership(founder).roster.counting.has(voided.hash)).toBe(false);
    expect(owed(world, tablet)).toEqual([[idOf(voided), watch.keys.device]]);
  });
});

describe("what a member asks for", () => {
  const world = threeDevices(71);
  const { phone } = world;
  const self = phone.keys.device;
  const lacking = (changed: Partial<Membership>): Membership => ({ ...world.membership(phone), ...changed });
  const [first, second] = ["1".repeat(64), "2".repeat(64)] as [EpochId, EpochId];
  const failedSeal = world.created.hash;

  test("nothing, where it has all; seals that failed beside one that did not are no reason", () => {
    expect(dueAsk(lacking({}), self)).toBeNull();
    expect(dueAsk(lacking({ failedSeals: [failedSeal] }), self)).toBeNull();
  });

  test("the epochs whose boxes held something else, and the secret, with the seals that did not help", () => {
    expect(dueAsk(lacking({ failedEpochs: [first] }), self)).toEqual({ epochs: [first], secret: false, failed: [] });
    expect(dueAsk(lacking({ secretFailed: true, failedSeals: [failedSeal] }), self)).toEqual({
      epochs: [],
      secret: true,
      failed: [failedSeal],
    });
  });

  test("once: again only where there is something else to say than its newest ask says", () => {
    const wanted = { failedEpochs: [first], secretFailed: true, failedSeals: [failedSeal] };
    const due = dueAsk(lacking(wanted), self);
    if (due === null) throw new Error("nothing is due");
    world.take(phone, askForKeys(world.authoring(phone), world.membership(phone), due) ?? new Uint8Array(0));
    expect(dueAsk(lacking(wanted), self)).toBeNull();
    for (const other of [
      { failedEpochs: [first, second] },
      { failedEpochs: [second] },
      { failedEpochs: [] },
      { secretFailed: false },
      { failedSeals: [] },
      { failedSeals: ["9".repeat(64)] },
    ]) {
      expect(dueAsk(lacking({ ...wanted, ...(other as Partial<Membership>) }), self), JSON.stringify(other)).not.toBeNull();
    }
    // What another member asked for says nothing about oneself.
    expect(dueAsk({ ...world.membership(world.tablet), ...wanted }, world.tablet.keys.device)).not.toBeNull();
  });
});

test("nothing is owed to whoever was removed, also where it asks", () => {
  const world = threeDevices(72);
  const { founder, phone } = world;
  const rotation = world.rotate(founder);
  world.show([phone], [rotation]);
  const asked = ask(world, phone, [idOf(rotation)], true);
  world.show([founder], [asked]);
  expect(owed(world, founder)).toHaveLength(2);
  world.remove(founder, [phone]);
  expect(currentMembers(world.membership(founder)).map(({ device }) => device)).not.toContain(phone.keys.device);
  expect(owed(world, founder)).toEqual([]);
});
