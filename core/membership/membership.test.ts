import { describe, expect, test } from "vitest";
import { createEpochKey, createMemberKeys, epochCommitment } from "../crypto/keys.ts";
import type { EpochId, LibraryId, RecordHash } from "../ids/ids.ts";
import { createMemberWorld, type MemberWorld, type TestMember } from "../testing/member-world.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { askForKeys } from "./author.ts";
import type { MembershipEntry } from "./entry.ts";
import { sealKeyBox } from "./key-box.ts";
import { createMembershipMemo } from "./memo.ts";
import { currentMembers, evaluateMembership, writableEpoch } from "./membership.ts";
import { dueAsk, owedSeals } from "./owed-seals.ts";
import type { DeviceName } from "./private-part.ts";
import { leadingTo, reachable, trueWraps } from "./wraps.ts";

/** A founder's phone and everybody who holds both records. */
function pairedWorld(seed: number): MemberWorld & { readonly phone: TestMember; readonly addPhone: MembershipEntry } {
  const world = createMemberWorld(seed);
  const phone = world.stranger();
  const addPhone = world.add(world.founder, phone);
  world.show([phone, world.words], [world.created, addPhone]);
  return { ...world, phone, addPhone };
}

const everything = (...members: readonly TestMember[]): MembershipEntry[] =>
  members.flatMap((member) => [...member.held.values()]);
const devices = (world: MemberWorld, of: TestMember): string[] =>
  currentMembers(world.membership(of)).map(({ device }) => device);
/** `entry` with a box of its epoch for `device` replaced by one that holds nothing. */
function spoiled(entry: MembershipEntry, device: TestMember): MembershipEntry {
  const { statement } = entry;
  if (statement.kind !== "rotate" && statement.kind !== "add") throw new Error("it founds no epoch");
  const boxes = statement.epoch.boxes.map((one) =>
    one.device === device.keys.device ? { ...one, box: new Uint8Array(112) } : one,
  );
  return { ...entry, statement: { ...statement, epoch: { ...statement.epoch, boxes } } };
}

describe("who opens what", () => {
  const world = pairedWorld(11);
  const { founder, phone, words, created, addPhone, library } = world;

  test("the founder and the words alone open the library's secret and its first epoch", () => {
    const alone = createMemberWorld(12);
    alone.show([alone.words], [alone.created]);
    for (const member of [alone.founder, alone.words]) {
      const membership = alone.membership(member);
      expect(membership.secret).toHaveLength(32);
      expect(membership.keys.size).toBe(1);
      expect(writableEpoch(membership)).toBe(alone.library);
    }
    const outside = alone.stranger();
    alone.show([outside], [alone.created]);
    expect(alone.membership(outside).secret).toBeNull();
    expect(alone.membership(outside).keys.size).toBe(0);
  });

  test("an added device gets the secret, every earlier epoch key by wrapping, and its name", () => {
    const membership = world.membership(phone);
    expect(membership.secret).toEqual(world.membership(founder).secret);
    expect([...membership.keys.keys()].sort()).toEqual([library as string, addPhone.hash as string].sort());
    expect(membership.names.get(phone.keys.device)).toBe(`Device ${phone.keys.device.slice(0, 4)}`);
    expect(membership.names.get(founder.keys.device)).toBe("Founder");
    expect(writableEpoch(membership)).toBe(addPhone.hash);
    expect(membership.failedEpochs).toEqual([]);
  });

  test("the words alone open everything that was ever written", () => {
    const membership = world.membership(words);
    expect(membership.secret).toEqual(world.membership(founder).secret);
    expect(membership.keys.size).toBe(2);
  });

  test("an add without the added key's own signature, or for another role, admits nobody", () => {
    const { statement } = addPhone;
    if (statement.kind !== "add") throw new Error("not an add");
    for (const forged of [
      { ...statement, countersignature: new Uint8Array(64) },
      { ...statement, words: true },
    ]) {
      const membership = evaluateMembership(library, [created, { ...addPhone, statement: forged }], founder.keys, () => null);
      expect(membership?.roster.memberOf(phone.keys.device)).toBeNull();
      expect(membership?.roster.counting.has(addPhone.hash)).toBe(false);
    }
  });

  test("an add by a stranger admits nobody", () => {
    const stranger = createMemberKeys(seededRandom(5));
    const byStranger = { ...addPhone, device: stranger.device };
    expect(evaluateMembership(library, [created, byStranger], founder.keys, () => null)?.roster.members).toHaveLength(2);
  });

  test("a library whose create the words did not sign is none", () => {
    const { statement } = created;
    if (statement.kind !== "create") throw new Error("not a create");
    const forged = { ...created, statement: { ...statement, wordsSignature: new Uint8Array(64) } };
    expect(evaluateMembership(library, [forged], founder.keys, () => null)).toBeNull();
    expect(evaluateMembership("00".repeat(32) as LibraryId, [created], founder.keys, () => null)).toBeNull();
  });

  test("a key that does not meet its commitment is not taken, and is reported by its owner", () => {
    const { statement } = addPhone;
    if (statement.kind !== "add") throw new Error("not an add");
    const liar = { ...addPhone, statement: { ...statement, epoch: { ...statement.epoch, commitment: new Uint8Array(32) } } };
    const membership = evaluateMembership(library, [created, liar], phone.keys, () => null);
    expect(membership?.keys.size).toBe(0);
    expect(membership?.failedEpochs).toEqual([addPhone.hash]);
  });

  test("a secret that does not meet its commitment is not taken, and its owner asks for the right one", () => {
    const liar = pairedWorld(14);
    const memo = createMembershipMemo();
    memo.box(liar.addPhone.hash, "secret", () => new Uint8Array(32).fill(7));
    const entries = [liar.created, liar.addPhone];
    const membership = evaluateMembership(liar.library, entries, liar.phone.keys, () => null, memo);
    if (membership === null) throw new Error("there is no library");
    expect([membership.secret, membership.secretFailed]).toEqual([null, true]);
    expect(dueAsk(membership, liar.phone.keys.device)).toEqual({ epochs: [], secret: true, failed: [] });
    const ask = liar.take(
      liar.phone,
      askForKeys(liar.authoring(liar.phone), membership, { epochs: [], secret: true, failed: [] }) ?? new Uint8Array(0),
    );
    liar.show([liar.founder], [ask]);
    const [seal] = liar.settle(liar.founder) as [MembershipEntry];
    expect(seal.statement).toMatchObject({ kind: "seal", of: null, device: liar.phone.keys.device });
    const healed = evaluateMembership(liar.library, [...entries, ask, seal], liar.phone.keys, () => null, memo);
    expect(healed?.secret).toEqual(liar.membership(liar.founder).secret);
    expect(healed?.secretFailed).toBe(false);
  });
});

describe("names", () => {
  /** What `reader` calls everybody, where the private part of `entry` gives `names`. */
  function namesWith(world: MemberWorld, reader: TestMember, entry: MembershipEntry, names: readonly DeviceName[]): unknown {
    const memo = createMembershipMemo();
    memo.privatePart(entry.hash, () => ({ at: 0, wraps: [], seen: [], names }));
    const evaluated = evaluateMembership(world.library, [...reader.held.values()], reader.keys, () => null, memo);
    return evaluated?.names;
  }
  const nameOf = (member: TestMember, name: string): DeviceName => ({ device: member.keys.device, name });
  const usual = (member: TestMember): readonly [string, string] => [
    member.keys.device,
    `Device ${member.keys.device.slice(0, 4)}`,
  ];

  test("an adder names whom it adds and nobody else", () => {
    const { addPhone, ...world } = pairedWorld(15);
    const [founder, phone] = [world.founder, world.phone];
    const stranger = world.stranger();
    const names = [nameOf(stranger, "Stranger"), nameOf(phone, "Phone")];
    expect(namesWith(world, founder, addPhone, names)).toEqual(
      new Map([
        [phone.keys.device, "Phone"],
        [founder.keys.device, "Founder"],
      ]),
    );
  });

  test("what a device calls itself goes before what its adder called it, in whatever order the records come", () => {
    for (const seed of [16, 17, 18, 19]) {
      const world = pairedWorld(seed);
      const { founder, phone } = world;
      const rotation = world.rotate(phone);
      world.show([founder], [rotation]);
      expect(namesWith(world, founder, rotation, [nameOf(phone, "Telephone"), nameOf(founder, "Thief")])).toEqual(
        new Map([
          [phone.keys.device, "Telephone"],
          [founder.keys.device, "Founder"],
        ]),
      );
    }
  });

  test("a record that does not count names nobody", () => {
    const world = pairedWorld(20);
    const { founder, phone } = world;
    const removal = world.remove(founder, [phone]);
    const late = world.rotate(phone);
    world.show([founder], [removal, late]);
    expect(namesWith(world, founder, late, [nameOf(phone, "Ghost")])).toEqual(
      new Map([usual(phone), [founder.keys.device, "Founder"]]),
    );
  });
});

describe("heads", () => {
  test("are the last counting record of each device, but for those that a later add names; sorted", () => {
    const world = pairedWorld(26);
    const { founder, phone, addPhone } = world;
    expect(world.membership(phone).heads).toEqual([addPhone.hash]);
    const rotation = world.rotate(phone);
    world.show([founder], [rotation]);
    expect(world.membership(founder).heads).toEqual([addPhone.hash, rotation.hash].sort());
    const added = world.add(founder, world.stranger());
    expect(added.statement).toMatchObject({ parents: [addPhone.hash, rotation.hash].sort() });
    expect(world.membership(founder).heads).toEqual([added.hash]);
    world.show([phone], [added]);
    // A rotation names no parents of records, so what came before it stays a head.
    const later = world.rotate(phone);
    expect(world.membership(phone).heads).toEqual([added.hash, later.hash].sort());
  });

  test("are none of those that do not count", () => {
    const world = pairedWorld(27);
    const { founder, phone } = world;
    const removal = world.remove(founder, [phone], []);
    world.show([founder], [world.rotate(phone)]);
    expect(world.membership(founder).heads).toEqual([removal.hash]);
  });
});

describe("epochs", () => {
  test("two concurrent adds leave no epoch for everybody, and a rotation by any member makes one that all open", () => {
    const world = pairedWorld(21);
    const { founder, phone, words } = world;
    const [tablet, watch] = [world.stranger(), world.stranger()];
    world.add(phone, tablet);
    world.add(founder, watch);
    const all = [founder, phone, tablet, watch, words];
    world.show(all, everything(founder, phone));
    expect(devices(world, founder)).toHaveLength(5);
    expect(writableEpoch(world.membership(founder))).toBeNull();
    const rotation = world.rotate(founder);
    world.show(all, [rotation]);
    for (const member of all) {
      const membership = world.membership(member);
      expect(writableEpoch(membership)).toBe(rotation.hash);
      expect(membership.keys.size).toBe(5);
    }
  });

  test("a fresh device rotates alone, and who holds the keys that it lacks seals them to it", () => {
    const world = pairedWorld(22);
    const { founder, phone } = world;
    const [tablet, watch] = [world.stranger(), world.stranger()];
    const addTablet = world.add(phone, tablet);
    const addWatch = world.add(founder, watch);
    world.show([tablet, founder], [...everything(phone), addWatch]);
    expect(world.membership(tablet).keys.has(addWatch.hash as string as EpochId)).toBe(false);
    const rotation = world.rotate(tablet);
    expect(writableEpoch(world.membership(tablet))).toBe(rotation.hash);
    world.show([founder, watch], [addTablet, rotation]);
    expect(owedSeals(world.membership(tablet), tablet.keys.device).length).toBe(0);
    const sealed = world.settle(founder);
    expect(sealed.map(({ statement }) => statement.kind)).toContain("seal");
    world.show([tablet, watch, phone], [...sealed, ...everything(founder)]);
    for (const member of [tablet, watch, phone]) expect(world.membership(member).keys.size).toBe(5);
    for (const member of [founder, tablet, watch, phone])
      expect(owedSeals(world.membership(member), member.keys.device)).toEqual([]);
  });

  test("a removal carries the key of those who stay: the removed device does not open it, nor anything later", () => {
    const world = pairedWorld(23);
    const { founder, phone, words } = world;
    const removal = world.remove(founder, [phone]);
    const later = world.rotate(founder);
    world.show([phone, words], [removal, later]);
    const removed = world.membership(phone);
    for (const { hash } of [removal, later]) expect(removed.keys.has(hash as string as EpochId)).toBe(false);
    expect(removed.failedEpochs).toEqual([]);
    expect(owedSeals(world.membership(founder), founder.keys.device)).toEqual([]);
    expect(world.membership(words).keys.size).toBe(4);
    expect(writableEpoch(world.membership(founder))).toBe(later.hash);
  });

  test("an epoch of a removed device's void record is read, and nobody writes under it", () => {
    const world = pairedWorld(24);
    const { founder, phone } = world;
    const removal = world.remove(founder, [phone], []);
    const late = world.rotate(phone);
    world.show([founder, phone], [removal, late]);
    const membership = world.membership(founder);
    expect(membership.keys.has(late.hash as string as EpochId)).toBe(true);
    expect(membership.epochs.find((epoch) => (epoch.id as string) === late.hash)?.counts).toBe(false);
    expect(writableEpoch(membership)).toBe(removal.hash);
    const next = world.rotate(founder);
    const watch = world.stranger();
    const addWatch = world.add(founder, watch);
    world.show([watch], [...everything(founder), next, addWatch]);
    expect(world.membership(watch).keys.has(late.hash as string as EpochId)).toBe(true);
  });

  test("two epochs of one liar that wrap each other are reached through one of them; a wrap with a false key leads nowhere", () => {
    const world = pairedWorld(25);
    const { founder } = world;
    const membership = world.membership(founder);
    const [first, second] = [...membership.keys.keys()].sort() as [EpochId, EpochId];
    const wrap = (epoch: EpochId) => ({ epoch, key: membership.keys.get(epoch) ?? new Uint8Array(0) });
    const circle = new Map([
      [first as string as RecordHash, { at: 0, names: [], seen: [], wraps: [wrap(second)] }],
      [second as string as RecordHash, { at: 0, names: [], seen: [], wraps: [wrap(first)] }],
    ]);
    const leads = trueWraps(membership.keys, circle);
    expect(leadingTo([second, first], leads)).toEqual([first]);
    expect([...reachable([second], leads)].sort()).toEqual([first, second]);
    const lie = new Map([[first as string as RecordHash, { wraps: [{ epoch: second, key: new Uint8Array(32) }] }]]);
    expect(leadingTo([first, second], trueWraps(membership.keys, lie))).toEqual([first, second]);
  });
});

describe("keys that did not arrive", () => {
  test("a false box is asked about, sealed again by another member, and asked about once more where that box is false too", () => {
    const world = pairedWorld(31);
    const { founder, phone } = world;
    const tablet = world.stranger();
    world.add(founder, tablet);
    world.show([phone, tablet], everything(founder));
    const rotation = world.rotate(phone);
    const false1 = spoiled(rotation, tablet);
    world.show([tablet, founder], [false1]);
    expect(world.membership(tablet).failedEpochs).toEqual([rotation.hash]);
    // Nobody else can tell: the box looks like any other.
    expect(owedSeals(world.membership(founder), founder.keys.device)).toEqual([]);
    // The tablet writes under the epoch that it has: it rotates first.
    expect(writableEpoch(world.membership(tablet))).toBeNull();
    const own = world.rotate(tablet);
    const [ask] = world.settle(tablet) as [MembershipEntry];
    expect(ask.statement).toMatchObject({ kind: "ask", epochs: [rotation.hash], secret: false, failed: [] });
    expect(world.settle(tablet)).toEqual([]);
    world.show([founder, phone], [own, ask]);
    const [seal] = world.settle(founder) as [MembershipEntry];
    expect(seal.statement).toMatchObject({ kind: "seal", of: rotation.hash, device: tablet.keys.device });
    expect(world.settle(founder)).toEqual([]);
    const { statement } = seal;
    if (statement.kind !== "seal") throw new Error("not a seal");
    const falseSeal = { ...seal, statement: { ...statement, box: new Uint8Array(112) } };
    world.show([tablet], [falseSeal]);
    const [again] = world.settle(tablet) as [MembershipEntry];
    expect(again.statement).toMatchObject({ kind: "ask", failed: [seal.hash] });
    world.show([phone], [seal, again]);
    const [second] = world.settle(phone) as [MembershipEntry];
    world.show([tablet, founder], [second, again]);
    expect(world.membership(tablet).keys.has(rotation.hash as string as EpochId)).toBe(true);
    expect(world.membership(tablet).failedEpochs).toEqual([]);
    for (const member of [founder, tablet, phone]) {
      world.show(
        [member],
        everything(founder, phone, tablet).filter(({ hash }) => !member.held.has(hash)),
      );
      expect(world.settle(member)).toEqual([]);
    }
  });

  test("what a member asked for is not sealed to it any more once it is removed", () => {
    const world = pairedWorld(32);
    const { founder, phone } = world;
    const rotation = world.rotate(founder);
    world.show([phone], [spoiled(rotation, phone)]);
    const own = world.rotate(phone);
    const [ask] = world.settle(phone) as [MembershipEntry];
    world.show([founder], [own, ask]);
    expect(owedSeals(world.membership(founder), founder.keys.device)).toHaveLength(1);
    world.remove(founder, [phone]);
    expect(owedSeals(world.membership(founder), founder.keys.device)).toEqual([]);
  });
});

describe("liars among the members, and strangers", () => {
  const noEpoch = { parents: [], commitment: new Uint8Array(32), boxes: [] };

  test("what a stranger seals is opened by nobody: it makes no member ask, and tires nobody of asking", () => {
    const world = pairedWorld(51);
    const { founder, phone } = world;
    const box = (to: TestMember) => ({ device: to.keys.device, box: new Uint8Array(112) });
    const stranger = world.forge(world.stranger(), { kind: "rotate", epoch: { ...noEpoch, boxes: [box(founder)] } });
    world.show([founder], [stranger]);
    expect(world.membership(founder).failedEpochs).toEqual([]);
    expect(world.settle(founder)).toEqual([]);
    const rotation = world.rotate(founder);
    world.show([phone], [spoiled(rotation, phone)]);
    const of = rotation.hash as string as EpochId;
    const rubbish = Array.from({ length: 20 }, () => world.forge(world.stranger(), { kind: "seal", of, ...box(phone) }));
    world.show([phone], rubbish);
    expect(dueAsk(world.membership(phone), phone.keys.device)).toMatchObject({ epochs: [of], failed: [] });
  });

  test("whoever asks without end is sealed each key three times by each member, and no more", () => {
    const world = pairedWorld(52);
    const { founder, phone } = world;
    const [head] = [...world.membership(founder).keys.keys()].slice(-1) as [EpochId];
    const failed: RecordHash[] = [];
    for (let round = 0; round < 10; round++) {
      const ask = world.forge(phone, { kind: "ask", epochs: [head], secret: true, failed: [...failed].sort() });
      world.show([founder], [ask]);
      failed.push(...world.settle(founder).map(({ hash }) => hash));
    }
    expect(failed).toHaveLength(6);
  });

  test("a junior that founds 1,001 heads is removed all the same, and the others write on", () => {
    const world = pairedWorld(53);
    const { founder, phone } = world;
    const heads = Array.from({ length: 1001 }, () => world.forge(phone, { kind: "rotate", epoch: noEpoch }));
    world.show([founder], heads);
    const removal = world.remove(founder, [phone]);
    expect(devices(world, founder)).not.toContain(phone.keys.device);
    expect(writableEpoch(world.membership(founder))).toBe(removal.hash);
  });

  test("nobody writes under an epoch that a removed device founded, though its recipients fit and its id is least", () => {
    const world = pairedWorld(54);
    const { founder, phone, words } = world;
    const key = createEpochKey(world.random);
    const stay = [founder, words].map(({ keys }) => keys).sort((a, b) => (a.device < b.device ? -1 : 1));
    const context = { purpose: "epoch", library: world.library, ids: [] } as const;
    const boxes = stay.map((to) => ({ device: to.device, box: sealKeyBox(key, to, context, world.random) }));
    const epoch = { parents: [], commitment: epochCommitment(key), boxes };
    const prepared = Array.from({ length: 40 }, () => world.forge(phone, { kind: "rotate", epoch }, key));
    const removal = world.remove(founder, [phone], [{ sequence: prepared.length, hash: prepared.at(-1)?.hash as RecordHash }]);
    world.show([founder], prepared);
    const membership = world.membership(founder);
    expect(membership.epochs.filter((one) => one.author === phone.keys.device && one.counts)).toHaveLength(40);
    expect(writableEpoch(membership)).toBe(removal.hash);
  });

  test("a name that hides or turns text is nobody's name", () => {
    const world = pairedWorld(55);
    const entry = world.rotate(world.phone);
    const { device } = world.phone.keys;
    const named = (name: string): string | undefined => {
      const memo = createMembershipMemo();
      memo.privatePart(entry.hash, () => ({ at: 0, wraps: [], seen: [], names: [{ device, name }] }));
      const entries = [...world.phone.held.values()];
      return evaluateMembership(world.library, entries, world.phone.keys, () => null, memo)?.names.get(device);
    };
    expect(named("Telephone")).toBe("Telephone");
    for (const name of ["\u001b[2J", "abc\u202ecba", " ", ""]) expect(named(name)).not.toBe(name);
  });
});

describe("what evaluation is", () => {
  test("the order and repetition of the records change nothing", () => {
    const world = pairedWorld(41);
    const { founder, phone } = world;
    const tablet = world.stranger();
    world.add(phone, tablet);
    world.show([founder, tablet], everything(phone));
    world.remove(founder, [phone]);
    world.show([tablet, phone], everything(founder));
    const entries = everything(tablet);
    const outcome = (given: readonly MembershipEntry[]): unknown => {
      const evaluated = evaluateMembership(
        world.library,
        given,
        tablet.keys,
        (hash) => tablet.held.get(hash)?.parts.header.previous ?? null,
      );
      const { roster, heads, epochs, keys, names } = evaluated ?? world.membership(tablet);
      return { members: roster.members, heads, epochs, keys: [...keys].sort(), names: [...names].sort() };
    };
    expect(outcome([...entries].reverse())).toEqual(outcome(entries));
    expect(outcome([...entries, ...entries])).toEqual(outcome(entries));
  });
});
