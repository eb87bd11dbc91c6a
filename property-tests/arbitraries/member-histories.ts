/**
 * Histories of a library's members with real keys: several act with partial knowledge of each other, some are removed and go on,
 * one may be a copy of another with the same keys. Whatever somebody is shown comes with all that its author knew, as a log
 * delivers it. Everything that was written is kept together with what its author knew when it wrote.
 */
import fc from "fast-check";
import type { DeviceId, RecordHash } from "@albumen/core/ids/ids.ts";
import type { MembershipEntry } from "@albumen/core/membership/entry.ts";
import { createMembershipMemo } from "@albumen/core/membership/memo.ts";
import { currentMembers, writableEpoch } from "@albumen/core/membership/membership.ts";
import { createMemberWorld, type MemberWorld, type TestMember } from "@albumen/core/testing/member-world.ts";

/** One step; numbers are taken modulo what there is to choose from. */
export interface HistoryMove {
  readonly kind: "add" | "addWords" | "remove" | "rotate" | "settle" | "keep" | "show" | "copy";
  readonly by: number;
  readonly about: readonly number[];
  /** Which record is shown or kept. */
  readonly record: number;
}

/** A record and what its author knew. */
export interface WrittenRecord {
  readonly entry: MembershipEntry;
  /** Every record its author held, this one not included. */
  readonly past: ReadonlySet<RecordHash>;
  /** Members as the author saw them before it wrote. */
  readonly current: readonly DeviceId[];
  readonly removed: readonly DeviceId[];
}

/** What happened. */
export interface History {
  readonly world: MemberWorld;
  /** The words, the founder, everybody who was added, copies among them. */
  readonly actors: readonly TestMember[];
  readonly written: readonly WrittenRecord[];
}

const move = fc.record<HistoryMove>({
  kind: fc.constantFrom<HistoryMove["kind"][]>(
    ...(["add", "add", "add", "remove", "remove", "rotate", "rotate", "settle", "settle", "keep", "addWords", "copy"] as const),
    ...(["show", "show", "show", "show", "show", "show", "show"] as const),
  ),
  by: fc.nat({ max: 839 }),
  about: fc.uniqueArray(fc.nat({ max: 839 }), { minLength: 1, maxLength: 2 }),
  record: fc.nat({ max: 9999 }),
});

/** Seed of the keys, and up to 40 moves. */
export const historyPlan: fc.Arbitrary<{ readonly seed: number; readonly moves: readonly HistoryMove[] }> = fc.record({
  seed: fc.nat({ max: 9999 }),
  moves: fc.array(move, { minLength: 8, maxLength: 40, size: "max" }),
});

/** Most keys a history has. */
const mostActors = 8;

/** Lets it happen. */
export function runHistory({ seed, moves }: { readonly seed: number; readonly moves: readonly HistoryMove[] }): History {
  const world = createMemberWorld(seed);
  const actors = [world.words, world.founder];
  const written: WrittenRecord[] = [];
  world.show([world.words], [world.created]);
  for (const step of moves) {
    const by = actors[step.by % actors.length] as TestMember;
    const known = knowledgeOf(world, by);
    const before = new Set(by.held.keys());
    if (known !== null) takeStep(world, actors, written, by, step);
    // What one step writes is written one after the other, each knowing those before.
    const past = new Set(before);
    for (const entry of by.held.values()) {
      if (before.has(entry.hash) || entry.device !== by.keys.device || step.kind === "show") continue;
      written.push({ entry, past: new Set(past), ...(known ?? { current: [], removed: [] }) });
      past.add(entry.hash);
    }
  }
  return { world, actors, written };
}

/** Everybody holds what anybody holds. */
export function showAll({ world, actors }: History): void {
  world.show(
    actors,
    actors.flatMap(({ held }) => [...held.values()]),
  );
}

function takeStep(
  world: MemberWorld,
  actors: TestMember[],
  written: readonly WrittenRecord[],
  by: TestMember,
  step: HistoryMove,
): void {
  const { kind } = step;
  const others = step.about.map((number) => actors[number % actors.length] as TestMember);
  switch (kind) {
    case "add":
    case "addWords":
      add(world, actors, by, others[0] as TestMember, kind === "addWords");
      return;
    case "remove": {
      const gone = new Map(others.map((other) => [other.keys.device, lastKnown(by, other)]));
      world.remove(by, [...gone.values()]);
      return;
    }
    case "rotate":
      world.rotate(by);
      return;
    case "settle":
      settleSteadily(world, by);
      return;
    case "keep": {
      const kept = [...by.held.values()][step.record % by.held.size] as MembershipEntry;
      const author = actors.find(({ keys }) => keys.device === kept.device);
      if (author !== undefined && writableEpoch(world.membership(by)) !== null) world.keep(by, author, kept);
      return;
    }
    case "show": {
      const shown = written[step.record % Math.max(1, written.length)];
      if (shown !== undefined) showWithPast(world, written, by, shown);
      return;
    }
    case "copy":
      if (actors.length < mostActors) actors.push({ ...by, held: new Map(by.held), memo: createMembershipMemo() });
  }
}

/** Seals what is owed and asks for what is missing; where no epoch fits, rotates first. Whoever is removed finds none that fits. */
export function settleSteadily(world: MemberWorld, by: TestMember): void {
  if (writableEpoch(world.membership(by)) === null) world.rotate(by);
  if (writableEpoch(world.membership(by)) !== null) world.settle(by);
}

/** Admits a newcomer, or once more somebody who is there. */
function add(world: MemberWorld, actors: TestMember[], by: TestMember, other: TestMember, words: boolean): void {
  const { secret, roster } = world.membership(by);
  const added = actors.length < mostActors ? world.stranger() : other;
  if (secret === null || added.keys.device === by.keys.device || roster.memberOf(added.keys.device)?.removedBy != null) return;
  world.add(by, added, words);
  if (!actors.includes(added)) actors.push(added);
  // A newcomer reads the log before it does anything.
  world.show([added], by.held.values());
}

function showWithPast(
  world: MemberWorld,
  written: readonly WrittenRecord[],
  to: TestMember,
  { entry, past }: WrittenRecord,
): void {
  world.show([to], [world.created, entry, ...written.flatMap((one) => (past.has(one.entry.hash) ? [one.entry] : []))]);
}

/** The other as `by` knows it: with the newest of its records that `by` holds. */
function lastKnown(by: TestMember, other: TestMember): TestMember {
  const own = [...by.held.values()].filter(({ device }) => device === other.keys.device);
  const last = own.sort((a, b) => a.sequence - b.sequence).at(-1);
  return { ...other, last: last === undefined ? null : { sequence: last.sequence, hash: last.hash } };
}

/** Members as `by` sees them; null where it holds no library. */
function knowledgeOf(world: MemberWorld, by: TestMember): Pick<WrittenRecord, "current" | "removed"> | null {
  if (!by.held.has(world.created.hash)) return null;
  const membership = world.membership(by);
  return {
    current: currentMembers(membership).map(({ device }) => device),
    removed: membership.roster.members.flatMap(({ device, removedBy }) => (removedBy === null ? [] : [device])),
  };
}
