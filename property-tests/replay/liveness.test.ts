import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluateLiveness, type LivenessFact } from "@albumen/core/facts/liveness.ts";
import type { StatementState } from "@albumen/core/facts/assertion.ts";
import type { FactId, PersonId, PhotoId } from "@albumen/core/ids/ids.ts";
import type { FaceId } from "@albumen/core/ids/face.ts";
import { livenessFacts } from "../arbitraries/liveness-facts.ts";
import { evaluateLivenessSlowly } from "./liveness-twin.ts";

describe("liveness", () => {
  test("fast and slow agree on every state", () => {
    fc.assert(
      fc.property(livenessFacts, (facts) => {
        expect(statesOf(facts)).toEqual(evaluateLivenessSlowly(facts));
      }),
      { seed: 4, numRuns: 4000 },
    );
  });

  test("every state, and a deny that reaches nothing beyond its pair, occurs among what is drawn", () => {
    const seen = new Set<StatementState>();
    fc.assert(
      fc.property(livenessFacts, (facts) => {
        for (const states of statesOf(facts)) for (const state of states) seen.add(state);
      }),
      { seed: 4, numRuns: 300 },
    );
    expect([...seen].sort()).toEqual(["live", "retracted", "superseded", "void"]);
  });

  test("the order of the facts changes nothing", () => {
    const shuffled = livenessFacts.chain((facts) =>
      fc.tuple(fc.constant(facts), fc.shuffledSubarray([...facts], { minLength: facts.length, maxLength: facts.length })),
    );
    fc.assert(
      fc.property(shuffled, ([facts, other]) => {
        expect(statesById(other)).toEqual(statesById(facts));
      }),
      { seed: 5, numRuns: 1000 },
    );
  });

  test("100,000 facts, each superseding the one before, are far from quadratic", () => {
    const facts = Array.from(
      { length: 100_000 },
      (_, position): LivenessFact => ({
        id: position.toString(16).padStart(32, "0") as FactId,
        height: position + 1,
        isVoid: false,
        statements: [{ kind: "assign", face: `face ${position % 5000}` as FaceId, person: "anna" as PersonId }],
        supersedes: position < 5000 ? [] : [{ fact: (position - 5000).toString(16).padStart(32, "0") as FactId, index: 0 }],
      }),
    );
    const start = performance.now();
    const states = statesOf(facts);
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(states.filter(([state]) => state === "live")).toHaveLength(5000);
  });

  test("a chain of 100,000 retracts of retracts does not overflow the stack", () => {
    const facts = Array.from(
      { length: 100_001 },
      (_, position): LivenessFact => ({
        id: position.toString(16).padStart(32, "0") as FactId,
        height: position + 1,
        isVoid: false,
        statements:
          position === 0
            ? [{ kind: "trash", photo: "photo" as PhotoId }]
            : [{ kind: "retract", target: { fact: (position - 1).toString(16).padStart(32, "0") as FactId, index: 0 } }],
        supersedes: [],
      }),
    );
    expect(statesOf(facts)[0]).toEqual(["live"]);
    expect(statesOf(facts.slice(0, -1))[0]).toEqual(["retracted"]);
  });
});

/** For each fact the states of its statements. */
function statesOf(facts: readonly LivenessFact[]): readonly (readonly StatementState[])[] {
  const { stateAt } = evaluateLiveness(facts);
  return facts.map(({ statements }, position) => statements.map((_, index) => stateAt(position, index)));
}

function statesById(facts: readonly LivenessFact[]): ReadonlyMap<FactId, unknown> {
  const states = statesOf(facts);
  return new Map(
    facts.map((fact, position): [FactId, unknown] => [fact.id, states[position]]).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
