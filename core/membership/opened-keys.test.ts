import { describe, expect, test } from "vitest";
import { createEpochKey, createLibrarySecret, epochCommitment, recordKey } from "../crypto/keys.ts";
import { packContent } from "../crypto/packing.ts";
import { sealRecord } from "../crypto/record-seal.ts";
import type { EpochId } from "../ids/ids.ts";
import { encodeCbor } from "../primitives/cbor.ts";
import { encodeStatement } from "../roster/statement-codec.ts";
import type { Statement } from "../roster/statement.ts";
import { createMemberWorld, type MemberWorld, type TestMember } from "../testing/member-world.ts";
import { sealKeyBox, type BoxContext } from "./key-box.ts";
import type { MembershipEntry } from "./entry.ts";
import { encodePrivatePart } from "./private-part.ts";

/** A founder's phone; both hold both records. */
function twoDevices(seed: number): MemberWorld & { readonly phone: TestMember } {
  const world = createMemberWorld(seed);
  const phone = world.stranger();
  world.show([phone, world.words], [world.created, world.add(world.founder, phone)]);
  return { ...world, phone };
}
const idOf = ({ hash }: MembershipEntry): EpochId => hash as string as EpochId;

/** A rotation by `by` as it is not written honestly: with any private part, and any key in the box for `to`. */
function foreignRotation(
  world: MemberWorld,
  by: TestMember,
  to: TestMember,
  given: { readonly privatePart?: Uint8Array; readonly boxed?: Uint8Array } = {},
): MembershipEntry {
  const { random, library } = world;
  const key = createEpochKey(random);
  const context: BoxContext = { purpose: "epoch", library, ids: [] };
  const box = { device: to.keys.device, box: sealKeyBox(given.boxed ?? key, to.keys, context, random) };
  const statement: Statement = { kind: "rotate", epoch: { parents: [], commitment: epochCommitment(key), boxes: [box] } };
  const place = { sequence: (by.last?.sequence ?? 0) + 1, previous: by.last?.hash ?? null };
  const header = { kind: "membership", library, epoch: null, device: by.keys.device, ...place, nonce: random(24) } as const;
  const plaintext = given.privatePart ?? packContent(encodePrivatePart({ at: 1, names: [], wraps: [], seen: [] }));
  const content = { header, publicPart: encodeStatement(statement), plaintext };
  return world.take(by, sealRecord(content, recordKey(key, library, null, by.keys.device), by.keys.signing));
}
/** A seal by `by` of `key` to `to`, with a box for any context. */
function foreignSeal(
  world: MemberWorld,
  by: TestMember,
  to: TestMember,
  of: EpochId | null,
  key: Uint8Array,
  context: Partial<BoxContext> = {},
): MembershipEntry {
  const { random, library } = world;
  const whole: BoxContext = { purpose: "seal", library, ids: of === null ? [] : [of], ...context };
  const statement: Statement = { kind: "seal", of, device: to.keys.device, box: sealKeyBox(key, to.keys, whole, random) };
  const place = { sequence: (by.last?.sequence ?? 0) + 1, previous: by.last?.hash ?? null };
  const header = { kind: "membership", library, epoch: null, device: by.keys.device, ...place, nonce: random(24) } as const;
  const content = { header, publicPart: encodeStatement(statement), plaintext: new Uint8Array(64) };
  return world.take(by, sealRecord(content, recordKey(createEpochKey(random), library, null, by.keys.device), by.keys.signing));
}

describe("private parts", () => {
  test("that are malformed, or inflate to more than 1 MiB, are not read; their epoch's key is", () => {
    const names = Array.from({ length: 1000 }, () => [new Uint8Array(32), "x".repeat(100)] as const);
    const big = encodeCbor({ v: 1, at: 1, names, wraps: [], seen: [], more: new Uint8Array(2 ** 20) });
    for (const privatePart of [
      new Uint8Array(64),
      packContent(new Uint8Array([255])),
      packContent(encodeCbor({ v: 2 })),
      packContent(big),
    ]) {
      const world = twoDevices(81);
      const entry = foreignRotation(world, world.phone, world.founder, { privatePart });
      world.show([world.founder], [entry]);
      const membership = world.membership(world.founder);
      expect(membership.keys.has(idOf(entry))).toBe(true);
      expect(membership.privateParts.has(entry.hash)).toBe(false);
      expect(membership.privateParts.size).toBe(2);
    }
  });

  test("up to 1 MiB are read", () => {
    const world = twoDevices(82);
    const frontier = { device: world.phone.keys.device, sequence: 1, hash: world.created.hash };
    const seen = Array.from({ length: 1000 }, () => frontier);
    const names = Array.from({ length: 1000 }, () => ({ device: world.phone.keys.device, name: "x".repeat(100) }));
    const wraps = Array.from({ length: 1000 }, () => ({ epoch: idOf(world.created), key: new Uint8Array(32) }));
    const privatePart = packContent(encodePrivatePart({ at: 1, names, wraps, seen }));
    const entry = foreignRotation(world, world.phone, world.founder, { privatePart });
    world.show([world.founder], [entry]);
    expect(world.membership(world.founder).privateParts.get(entry.hash)?.seen).toHaveLength(1000);
    // A thousand false wraps replace no key.
    expect(world.membership(world.founder).keys.get(idOf(world.created))).toEqual(
      world.membership(world.words).keys.get(idOf(world.created)),
    );
  });
});

describe("epoch keys", () => {
  test("that do not meet their commitment, or come in a box for another place, are named with their epochs, sorted", () => {
    const world = twoDevices(83);
    const failing = [
      foreignRotation(world, world.phone, world.founder, { boxed: new Uint8Array(32) }),
      foreignRotation(world, world.phone, world.founder, { boxed: new Uint8Array(32) }),
      foreignRotation(world, world.phone, world.founder, { boxed: new Uint8Array(32) }),
    ];
    world.show([world.founder], failing);
    expect(world.membership(world.founder).failedEpochs).toEqual(failing.map(idOf).sort());
    // Nobody's box failed but one's own.
    world.show([world.words], failing);
    expect(world.membership(world.words).failedEpochs).toEqual([]);
  });

  test("come sealed by any member; a seal for another key, place or member gives nothing", () => {
    const world = twoDevices(84);
    const { founder, phone } = world;
    const rotation = world.rotate(founder);
    const key = world.membership(founder).keys.get(idOf(rotation)) ?? new Uint8Array(0);
    const wrong = [
      foreignSeal(world, founder, phone, idOf(rotation), new Uint8Array(32)),
      foreignSeal(world, founder, phone, idOf(rotation), key, { purpose: "epoch" }),
      foreignSeal(world, founder, phone, idOf(rotation), key, { ids: [] }),
      foreignSeal(world, founder, phone, idOf(world.created), key),
      foreignSeal(world, founder, phone, "7".repeat(64) as EpochId, key),
    ];
    // The phone lacks the rotation itself: its key can be held before it, and is then not known to be right.
    world.show([phone], wrong);
    expect(world.membership(phone).keys.has(idOf(rotation))).toBe(false);
    expect(world.membership(phone).failedSeals).toEqual(wrong.map(({ hash }) => hash).sort());
    expect(world.membership(phone).failedEpochs).toEqual([]);
    const lost = { ...rotation, statement: { kind: "rotate", epoch: { ...epochOf(rotation), boxes: [] } } } as const;
    world.show([phone], [lost]);
    expect(world.membership(phone).keys.has(idOf(rotation))).toBe(false);
    expect(world.membership(phone).failedEpochs).toEqual([idOf(rotation)]);
    const right = foreignSeal(world, founder, phone, idOf(rotation), key);
    const forOthers = foreignSeal(world, founder, world.words, idOf(rotation), new Uint8Array(32));
    world.show([phone], [right, forOthers]);
    const healed = world.membership(phone);
    expect(healed.keys.get(idOf(rotation))).toEqual(key);
    expect(healed.failedEpochs).toEqual([]);
    expect(healed.failedSeals).toEqual(wrong.map(({ hash }) => hash).sort());
  });
});

describe("the library's secret", () => {
  test("comes sealed too, where the box in the add held another: the first that is right is taken, the others named", () => {
    const world = twoDevices(86);
    const { founder, phone } = world;
    const { secret } = world.membership(founder);
    const other = createLibrarySecret(world.random);
    if (secret === null) throw new Error("the founder has no secret");
    const added = [...phone.held.values()].at(-1) as MembershipEntry;
    const { statement } = added;
    if (statement.kind !== "add") throw new Error("not an add");
    const context: BoxContext = { purpose: "secret", library: world.library, ids: [] };
    const spoiled = { device: phone.keys.device, box: sealKeyBox(other, phone.keys, context, world.random) };
    world.show([phone], [{ ...added, statement: { ...statement, secrets: [spoiled] } }]);
    expect([world.membership(phone).secret, world.membership(phone).secretFailed]).toEqual([null, true]);
    const seals = [
      foreignSeal(world, founder, phone, null, other),
      foreignSeal(world, founder, phone, null, secret, { purpose: "secret" }),
      foreignSeal(world, founder, phone, null, secret),
      foreignSeal(world, founder, phone, null, other),
      foreignSeal(world, founder, world.words, null, other),
    ];
    world.show([phone], seals);
    const healed = world.membership(phone);
    expect([healed.secret, healed.secretFailed]).toEqual([secret, false]);
    const failed = [0, 1, 3].map((at) => seals[at]?.hash ?? "");
    expect(healed.failedSeals).toEqual(failed.sort());
    // The words had the secret from the start: a false seal takes nothing from them.
    world.show([world.words], seals);
    expect(world.membership(world.words).secret).toEqual(secret);
  });

  test("is lacking without failing where no box holds it for oneself", () => {
    const world = twoDevices(87);
    const stranger = world.stranger();
    world.show([stranger], world.founder.held.values());
    const { secret, secretFailed, failedEpochs, failedSeals } = world.membership(stranger);
    expect([secret, secretFailed, failedEpochs, failedSeals]).toEqual([null, false, [], []]);
  });
});

function epochOf({ statement }: MembershipEntry): Extract<Statement, { kind: "rotate" }>["epoch"] {
  if (statement.kind !== "rotate") throw new Error("not a rotation");
  return statement.epoch;
}
