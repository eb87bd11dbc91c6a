import { describe, expect, test } from "vitest";
import type { FaceId } from "../ids/face.ts";
import type { FactId, PersonId } from "../ids/ids.ts";
import { evaluateLiveness, type LivenessFact } from "./liveness.ts";
import type { Statement } from "./statement.ts";

const face = "face" as FaceId;
const assign = (person: string): Statement => ({ kind: "assign", face, person: person as PersonId });
const deny = (person: string): Statement => ({ kind: "deny", face, person: person as PersonId });
const retract = (fact: string): Statement => ({ kind: "retract", target: { fact: fact as FactId, index: 0 } });

interface Line {
  readonly id: string;
  readonly says: Statement;
  readonly after?: readonly string[];
  readonly height?: number;
  readonly isVoid?: boolean;
}

/** The states of facts of one statement each; heights count up unless given. */
function states(...lines: readonly Line[]): Readonly<Record<string, string>> {
  const facts = lines.map(
    ({ id, says, after = [], height, isVoid = false }, position): LivenessFact => ({
      id: id as FactId,
      height: height ?? position + 1,
      isVoid,
      statements: [says],
      supersedes: after.map((fact) => ({ fact: fact as FactId, index: 0 })),
    }),
  );
  const evaluated = evaluateLiveness(facts);
  return Object.fromEntries(facts.map(({ id }, position) => [id, evaluated.stateAt(position, 0)]));
}

describe("liveness", () => {
  test("what is superseded is not live; undo of the later brings it back; redo takes it away again", () => {
    const a: Line = { id: "a", says: assign("Anna") };
    const b: Line = { id: "b", says: assign("Ben"), after: ["a"] };
    const undo: Line = { id: "undo", says: retract("b") };
    const redo: Line = { id: "redo", says: retract("undo") };
    expect(states(a, b)).toEqual({ a: "superseded", b: "live" });
    expect(states(a, b, undo)).toMatchObject({ a: "live", b: "retracted" });
    expect(states(a, b, undo, redo)).toMatchObject({ a: "superseded", b: "live", undo: "retracted" });
  });

  test("an edge to an equal or greater height, or to another group, does not count", () => {
    expect(
      states({ id: "a", says: assign("Anna"), height: 5 }, { id: "b", says: assign("Ben"), after: ["a"], height: 5 }),
    ).toEqual({
      a: "live",
      b: "live",
    });
    const elsewhere: Statement = { kind: "assign", face: "other" as FaceId, person: "Ben" as PersonId };
    expect(states({ id: "a", says: assign("Anna") }, { id: "b", says: elsewhere, after: ["a"] })).toEqual({
      a: "live",
      b: "live",
    });
  });

  test("paths pass through retracted and void facts: what an earlier edit replaced stays replaced", () => {
    const a: Line = { id: "a", says: assign("Anna") };
    const b: Line = { id: "b", says: assign("Ben"), after: ["a"] };
    const c: Line = { id: "c", says: assign("Carl"), after: ["b"] };
    expect(states(a, b, c, { id: "undo", says: retract("b") })).toMatchObject({ a: "superseded", b: "retracted", c: "live" });
    expect(states(a, { ...b, isVoid: true }, c)).toEqual({ a: "superseded", b: "void", c: "live" });
  });

  test("a deny takes the place of nothing beyond its own pair, through whatever path", () => {
    const a: Line = { id: "a", says: assign("Anna") };
    const b: Line = { id: "b", says: assign("Ben"), after: ["a"], isVoid: true };
    const notBen: Line = { id: "notBen", says: deny("Ben"), after: ["b"] };
    expect(states(a, b, notBen)).toEqual({ a: "live", b: "void", notBen: "live" });
    expect(states(a, b, { ...notBen, says: deny("Anna"), after: ["a"] })).toMatchObject({ a: "superseded" });
    expect(
      states(a, { id: "notAnna", says: deny("Anna"), after: ["a"] }, { id: "again", says: deny("Anna"), after: ["notAnna"] }),
    ).toEqual({
      a: "superseded",
      notAnna: "superseded",
      again: "live",
    });
  });

  test("a void retract takes nothing back, and references to facts that are not here do nothing", () => {
    expect(states({ id: "a", says: assign("Anna") }, { id: "undo", says: retract("a"), isVoid: true })).toMatchObject({
      a: "live",
    });
    expect(states({ id: "a", says: assign("Anna"), after: ["absent"] }, { id: "undo", says: retract("absent") })).toMatchObject({
      a: "live",
    });
  });

  test("each statement of a fact lives for itself", () => {
    const faces = ["one", "two"].map((name): Statement => ({ kind: "assign", face: name as FaceId, person: "Anna" as PersonId }));
    const facts: readonly LivenessFact[] = [
      { id: "a" as FactId, height: 1, isVoid: false, statements: faces, supersedes: [] },
      {
        id: "b" as FactId,
        height: 2,
        isVoid: false,
        statements: [{ kind: "deny", face: "two" as FaceId, person: "Anna" as PersonId }],
        supersedes: [{ fact: "a" as FactId, index: 1 }],
      },
    ];
    const { positionOf, stateAt } = evaluateLiveness(facts);
    expect([stateAt(0, 0), stateAt(0, 1), stateAt(1, 0)]).toEqual(["live", "superseded", "live"]);
    expect([positionOf("b" as FactId), positionOf("c" as FactId)]).toEqual([1, null]);
  });
});
