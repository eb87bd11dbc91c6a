/** Law 19 over the pure roster: what any set of records, honest or hostile, makes of a library. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DeviceId } from "@albumen/core/ids/ids.ts";
import { evaluateRoster, type MembershipRecord, type Roster } from "@albumen/core/roster/roster.ts";
import { rosterCase, rosterMove, type RosterCase } from "../arbitraries/roster-records.ts";
import { twinRoster } from "./roster-twin.ts";

const evaluate = (given: RosterCase, records = given.records): Roster | null => evaluateRoster(given.library, records, given);
const current = (roster: Roster): DeviceId[] =>
  roster.members.flatMap(({ device, removedBy }) => (removedBy === null ? [device] : []));

/** All that can be asked of a roster about `records`. */
function answers(roster: ReturnType<typeof twinRoster> | Roster, records: readonly MembershipRecord[]): unknown {
  if (roster === null) return null;
  const held = (device: DeviceId): unknown =>
    records.map((record) =>
      "library" in roster ? roster.isContentHeld(device, record) : roster.isContentHeld(device, record.hash),
    );
  const devices = [...new Set(records.map(({ device }) => device))].sort();
  return { members: roster.members, counting: [...roster.counting].sort(), held: devices.map(held) };
}

describe("roster", () => {
  test("is what its definition says, read slowly", () => {
    fc.assert(
      fc.property(rosterCase, (given) => {
        expect(answers(evaluate(given), given.records)).toEqual(
          answers(twinRoster(given.library, given.records, given), given.records),
        );
      }),
      { seed: 1, numRuns: 3000 },
    );
  });

  test("does not depend on the order of the records, nor on their repetition", () => {
    const shuffled = rosterCase.chain((given) => {
      const order = fc.shuffledSubarray([...given.records], { minLength: given.records.length });
      return fc.tuple(fc.constant(given), order, fc.subarray([...given.records]));
    });
    fc.assert(
      fc.property(shuffled, ([given, order, again]) => {
        const once = answers(evaluate(given), given.records);
        expect(answers(evaluate(given, order), given.records)).toEqual(once);
        expect(answers(evaluate(given, [...again, ...order]), given.records)).toEqual(once);
      }),
      { seed: 2, numRuns: 1000 },
    );
  });

  test("locks nobody out: the words are a member until they remove themselves", () => {
    fc.assert(
      fc.property(rosterCase, (given) => {
        const roster = evaluate(given);
        if (roster === null) return;
        const gone = given.records.some(
          ({ device, statement }) =>
            device === given.words &&
            statement.kind === "remove" &&
            statement.removed.some((removed) => removed.device === given.words),
        );
        expect(current(roster).includes(given.words)).toBe(!gone);
      }),
      { seed: 3, numRuns: 1000 },
    );
  });

  test("raises nobody from the dead: whatever those who are not senior to a remover add or keep later", () => {
    const later = fc.array(rosterMove({ add: 3, addWords: 1, keep: 2 }), { minLength: 1, maxLength: 6 });
    let raisings = 0;
    fc.assert(
      fc.property(rosterCase, later, (given, moves) => {
        const roster = evaluate(given);
        if (roster === null) return;
        const more = given.extended(moves.map((move) => ({ ...move, back: 0 })));
        const added = more.records.slice(given.records.length);
        for (const { device, removedBy, removedIn } of roster.members) {
          if (removedBy === null || removedIn === null) continue;
          const rankOf = (of: DeviceId): number => roster.memberOf(of)?.rank ?? Number.POSITIVE_INFINITY;
          const juniors = added.filter((record) => rankOf(record.device) >= rankOf(removedBy));
          const after = evaluate(more, [...given.records, ...juniors]);
          expect(after?.counting.has(removedIn)).toBe(true);
          expect(after === null ? [] : current(after)).not.toContain(device);
          raisings += juniors.filter(({ statement }) => statement.kind === "add" && statement.device === device).length;
        }
      }),
      { seed: 4, numRuns: 3000 },
    );
    // The law was put to the test: removed keys were added again.
    expect(raisings).toBeGreaterThan(10);
  });
});
