/** Laws 17 and 19 with real keys: who is sealed to, who opens what, and that all come to the same. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DeviceId, EpochId } from "@albumen/core/ids/ids.ts";
import { currentMembers, writableEpoch, type Membership } from "@albumen/core/membership/membership.ts";
import { dueAsk, owedSeals } from "@albumen/core/membership/owed-seals.ts";
import { epochOfStatement } from "@albumen/core/roster/statement.ts";
import type { TestMember } from "@albumen/core/testing/member-world.ts";
import {
  historyPlan,
  runHistory,
  settleSteadily,
  showAll,
  type History,
  type WrittenRecord,
} from "../arbitraries/member-histories.ts";

const epochOf = ({ entry }: WrittenRecord): EpochId => entry.hash as string as EpochId;
const founds = ({ entry }: WrittenRecord): boolean => epochOfStatement(entry.statement) !== null;
function removes(statement: WrittenRecord["entry"]["statement"], device: DeviceId): boolean {
  return statement.kind === "remove" && statement.removed.some((removed) => removed.device === device);
}
/** Whom a record gives a key. */
function recipients({ entry: { statement } }: WrittenRecord): readonly DeviceId[] {
  if (statement.kind === "seal") return [statement.device];
  const secrets = statement.kind === "add" ? statement.secrets : [];
  return [...secrets, ...(epochOfStatement(statement)?.boxes ?? [])].map(({ device }) => device);
}

/** The same histories for each of the laws, each lived through once. */
const runs = { seed: 1, numRuns: 20 };
const lived = new Map<string, History>();
function historyOf(plan: Parameters<typeof runHistory>[0]): History {
  const key = JSON.stringify(plan);
  const history = lived.get(key) ?? runHistory(plan);
  if (!lived.has(key)) showAll(history);
  lived.set(key, history);
  return history;
}

describe("whatever members do without knowing of each other", () => {
  test("nobody gives a key to whom it knows to be removed, and a new epoch is for exactly the members its author knows", () => {
    let gone = 0;
    fc.assert(
      fc.property(historyPlan, (plan) => {
        for (const record of historyOf(plan).written) {
          const { statement } = record.entry;
          const added = statement.kind === "add" ? [statement.device] : [];
          expect(recipients(record).filter((device) => record.removed.includes(device))).toEqual([]);
          gone += record.removed.length;
          if (!founds(record)) continue;
          const leaving = statement.kind === "remove" ? statement.removed.map(({ device }) => device) : [];
          const wanted = new Set([...record.current.filter((device) => !leaving.includes(device)), ...added]);
          expect(epochOfStatement(statement)?.boxes.map(({ device }) => device)).toEqual([...wanted].sort());
        }
      }),
      runs,
    );
    expect(gone).toBeGreaterThan(0);
  });

  test("once all know all, everybody sees the same members, epochs and heads", () => {
    fc.assert(
      fc.property(historyPlan, (plan) => {
        const history = historyOf(plan);
        const seen = history.actors.map((actor) => {
          const { roster, heads, epochs } = history.world.membership(actor);
          return { members: roster.members, counting: [...roster.counting].sort(), heads, epochs };
        });
        for (const one of seen) expect(one).toEqual(seen[0]);
      }),
      runs,
    );
  });

  test("a removed key, with all it ever held and all that was written, opens nothing that only those had who knew of its removal", () => {
    let guarded = 0;
    fc.assert(
      fc.property(historyPlan, (plan) => {
        const history = historyOf(plan);
        for (const actor of history.actors) {
          const { device } = actor.keys;
          const opened = history.world.membership(actor).keys;
          for (const epoch of history.written.filter(founds)) {
            const having = history.written.filter((one) => one === epoch || one.past.has(epoch.entry.hash));
            if (!having.every(({ removed, entry }) => removed.includes(device) || removes(entry.statement, device))) continue;
            guarded++;
            expect(opened.has(epochOf(epoch)), `${device} opens the epoch of a ${epoch.entry.statement.kind}`).toBe(false);
          }
        }
      }),
      runs,
    );
    expect(guarded).toBeGreaterThan(0);
  });

  test("one exchange of rotations and seals later every current member opens every epoch, all write under the same, and nobody owes", () => {
    const needed = { none: 0, one: 0 };
    fc.assert(
      fc.property(historyPlan, (plan) => {
        const history = runHistory(plan);
        showAll(history);
        if (isSettled(history)) {
          needed.none++;
          return;
        }
        for (const member of currentActors(history)) settleSteadily(history.world, member);
        showAll(history);
        expect(isSettled(history)).toBe(true);
        needed.one++;
      }),
      runs,
    );
    expect(needed.one).toBeGreaterThan(0);
  });
});

/** Whether every current member opens whatever another one opens, all write under one epoch, and nobody owes anybody a key. */
function isSettled(history: History): boolean {
  const { world } = history;
  const members = currentActors(history).map((actor) => ({ actor, membership: world.membership(actor) }));
  const all = members.map(({ membership }) => membership);
  const writable = new Set(all.map(writableEpoch));
  return (
    writable.size <= 1 &&
    !writable.has(null) &&
    members.every(
      ({ actor, membership }) =>
        lacking(membership, all).length === 0 &&
        owedSeals(membership, actor.keys.device).length === 0 &&
        dueAsk(membership, actor.keys.device) === null,
    )
  );
}

/** One actor for each current member. */
function currentActors({ world, actors }: History): readonly TestMember[] {
  const devices = currentMembers(world.membership(world.founder)).map(({ device }) => device);
  return devices.flatMap((device) => actors.find(({ keys }) => keys.device === device) ?? []);
}

/** The epochs of admitted authors that `membership` does not open and somebody else does. */
function lacking({ keys }: Membership, all: readonly Membership[]): readonly EpochId[] {
  return all.flatMap((other) =>
    other.epochs.flatMap(({ id, author }) =>
      !keys.has(id) && other.keys.has(id) && other.roster.memberOf(author) !== null ? [id] : [],
    ),
  );
}
