/**
 * What one change of members costs a device, at 2, 10 and 100 devices: writing the record, and evaluating the membership with it
 * as the next device does, which has a memory of the records before. And how large the record is.
 */
import { createMembershipMemo } from "@albumen/core/membership/memo.ts";
import { evaluateMembership, writableEpoch, type Membership } from "@albumen/core/membership/membership.ts";
import type { MembershipEntry } from "@albumen/core/membership/entry.ts";
import type { RecordHash } from "@albumen/core/ids/ids.ts";
import { createMemberWorld, type MemberWorld, type TestMember } from "@albumen/core/testing/member-world.ts";
import { medianTime, type Bench, type BenchRow } from "./bench.ts";

/** The benchmark. */
export const bench: Bench = {
  name: "membership",
  what: "one change of members at 2, 10 and 100 devices: writing it, evaluating it, its size",
  run: async ({ quick, now }) => {
    const sizes = quick ? [2, 10] : [2, 10, 100];
    return sizes.flatMap((devices) => measure(devices, quick ? 3 : 9, now));
  },
};

function measure(devices: number, rounds: number, now: () => number): readonly BenchRow[] {
  const world = createMemberWorld(devices);
  const members = [world.founder];
  while (members.length < devices) {
    const added = world.stranger();
    world.add(world.founder, added);
    members.push(added);
  }
  const [last] = members.slice(-1) as [TestMember];
  world.show([last], world.founder.held.values());
  return (["add", "rotate", "remove"] as const).flatMap((kind) => measureChange(kind, world, last, { devices, rounds, now }));
}

interface Measuring {
  readonly devices: number;
  readonly rounds: number;
  readonly now: () => number;
}

function measureChange(
  kind: "add" | "rotate" | "remove",
  world: MemberWorld,
  reader: TestMember,
  { devices, rounds, now }: Measuring,
): readonly BenchRow[] {
  const { founder } = world;
  const write = (): MembershipEntry => {
    if (kind === "add") return world.add(founder, world.stranger());
    return kind === "rotate" ? world.rotate(founder) : world.remove(founder, [newest(world)]);
  };
  const writing = medianTime(
    () => {
      const before = new Map(founder.held);
      const { last } = founder;
      write();
      forget(founder, before, last);
    },
    rounds,
    now,
  );
  const change = write();
  const before = [...founder.held.values()].filter((entry) => entry !== change);
  const times: number[] = [];
  let after: Membership | null = null;
  for (let round = 0; round < rounds; round++) {
    // The reader remembers everything but the change.
    const memo = createMembershipMemo();
    const evaluate = (entries: readonly MembershipEntry[]): Membership | null =>
      evaluateMembership(world.library, entries, reader.keys, previousIn(founder), memo);
    evaluate(before);
    const start = now();
    after = evaluate([...before, change]);
    times.push(now() - start);
  }
  const evaluating = times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
  // Checked outside of the timed region: the reader can write under what the change founded.
  if (after === null || writableEpoch(after) !== (change.hash as string))
    throw new Error(`the ${kind} left no epoch to write under`);
  const bytes = change.parts.signed.length + change.parts.signature.length;
  return [
    { metric: `${kind} at ${devices}: write`, value: writing, unit: "ms" },
    { metric: `${kind} at ${devices}: evaluate`, value: evaluating, unit: "ms" },
    { metric: `${kind} at ${devices}: record`, value: bytes, unit: "bytes" },
  ];
}

/** The member that the founder added last and that is still one. */
function newest({ founder, membership }: MemberWorld): TestMember {
  const member = membership(founder).roster.members.findLast(
    ({ removedBy, addedBy }) => removedBy === null && addedBy === founder.keys.device,
  );
  if (member === undefined) throw new Error("the founder added nobody");
  const { device, seal } = member;
  return { keys: { ...founder.keys, device, seal }, held: new Map(), memo: createMembershipMemo(), last: null };
}

function forget(member: TestMember, held: ReadonlyMap<RecordHash, MembershipEntry>, last: TestMember["last"]): void {
  member.last = last;
  member.held.clear();
  for (const [hash, entry] of held) member.held.set(hash, entry);
}

function previousIn({ held }: TestMember): (hash: RecordHash) => RecordHash | null {
  return (hash) => held.get(hash)?.parts.header.previous ?? null;
}
