/** Plans about people. */
import type { Fact, FactReference } from "../facts/fact.ts";
import { pairKey } from "../facts/statement.ts";
import type { FaceId } from "../ids/face.ts";
import type { PersonId } from "../ids/ids.ts";
import { ok } from "../primitives/result.ts";
import { checkText, findFace, findUnknown, refuse, stateAny, type Plan } from "./plan.ts";
import type { Projection } from "./project.ts";

/** Gives a person a name: to the member of the class whose name is shown. */
export function planName(projection: Projection, person: PersonId, name: string): Plan {
  const unknown = findUnknown(projection, { people: [person] });
  if (unknown !== null) return unknown;
  const text = checkText(name, "name");
  if (!text.ok) return text;
  const target = namedMember(projection, person);
  const live = projection.replay.live.inGroupOf({ kind: "name", person: target, text: "" });
  const isDone = live.length === 1 && live[0]?.statement.kind === "name" && live[0].statement.text === text.value;
  return stateAny(isDone ? [] : [{ kind: "name", person: target, text: text.value }], `The name is ${text.value} already.`);
}

/**
 * Unites two people; the name of `a` is shown where it has one. Whoever unites sees what kept them apart: every "not the same"
 * between the two classes gives way to a union of that very pair.
 */
export function planMerge(projection: Projection, a: PersonId, b: PersonId): Plan {
  const unknown = findUnknown(projection, { people: [a, b] });
  if (unknown !== null) return unknown;
  const { classes } = projection.people;
  if (classes.classOf(a) === classes.classOf(b)) return refuse("nothing-to-do", "They are the same person already.");
  const shown = namedMember(projection, a);
  const pairs = new Map<string, Fact>();
  const add = (left: PersonId, right: PersonId): unknown =>
    pairs.set(pairKey(left, right), { kind: "union", a: left, b: right, shown });
  add(a, b);
  for (const { statement } of projection.replay.live.ofKind("distinct")) {
    const sides = [classes.classOf(statement.a), classes.classOf(statement.b)];
    if (sides.includes(classes.classOf(a)) && sides.includes(classes.classOf(b))) add(statement.a, statement.b);
  }
  return ok([...pairs.values()]);
}

/** Takes back every union between members of the class, also those that would come back once others are gone. */
export function planUnmerge(projection: Projection, person: PersonId): Plan {
  const unknown = findUnknown(projection, { people: [person] });
  if (unknown !== null) return unknown;
  const { replay, people } = projection;
  const members = new Set(people.classes.membersOf(person));
  const targets = replay.log.facts.flatMap(({ id, statements }) =>
    statements.flatMap((statement, index): readonly FactReference[] => {
      if (statement.kind !== "union" || !members.has(statement.a) || !members.has(statement.b)) return [];
      const state = replay.live.stateOf({ fact: id, index });
      return state === "live" || state === "superseded" ? [{ fact: id, index }] : [];
    }),
  );
  const isApart = members.size < 2 || targets.length === 0;
  return stateAny(
    isApart ? [] : [{ kind: "retract", targets }],
    `${projection.words.person(person)} was not merged with anybody.`,
  );
}

/** Says that two people are not the same. */
export function planDistinct(projection: Projection, a: PersonId, b: PersonId): Plan {
  const unknown = findUnknown(projection, { people: [a, b] });
  if (unknown !== null) return unknown;
  if (a === b) return refuse("unknown-subject", "These are not two people but one; choose two.");
  const live = projection.replay.live.inGroupOf({ kind: "distinct", a, b });
  const isDone = live.length > 0 && live.every(({ statement }) => statement.kind === "distinct");
  return stateAny(isDone ? [] : [{ kind: "distinct", a, b }], "It is known that they are not the same.");
}

/** Hides a person, or shows it again. */
export function planHidePerson(projection: Projection, person: PersonId, flag: boolean): Plan {
  const unknown = findUnknown(projection, { people: [person] });
  if (unknown !== null) return unknown;
  const { persons, classes } = projection.people;
  const isDone = (persons.get(classes.classOf(person))?.hide?.statement.flag ?? false) === flag;
  return stateAny(isDone ? [] : [{ kind: "hide", person, flag }], `This person is ${flag ? "hidden" : "shown"} already.`);
}

/** Chooses the face that stands for a person. */
export function planCover(projection: Projection, person: PersonId, face: FaceId): Plan {
  const unknown = findUnknown(projection, { people: [person], faces: [face] });
  if (unknown !== null) return unknown;
  const { persons, classes, belongings } = projection.people;
  const shown = findFace(projection, face)?.id ?? face;
  const known = persons.get(classes.classOf(person));
  const belonging = belongings.get(shown);
  if (belonging?.person !== known?.id || belonging?.belonging === "suggested") {
    return refuse("unknown-subject", "This face is not a face of that person; assign it first.");
  }
  return stateAny(known?.cover === shown ? [] : [{ kind: "cover", person, face: shown }], "This face is the cover already.");
}

/** Deletes a person with all that was said; the faces become nobody's, and undoing brings everything back. */
export function planDeletePerson(projection: Projection, person: PersonId): Plan {
  const unknown = findUnknown(projection, { people: [person] });
  if (unknown !== null) return unknown;
  return ok(projection.people.classes.membersOf(person).map((id): Fact => ({ kind: "delete", entity: { kind: "person", id } })));
}

/** The member of the class whose name is shown; the person itself where the class has no name. */
function namedMember({ people }: Projection, person: PersonId): PersonId {
  return people.persons.get(people.classes.classOf(person))?.names?.shown?.statement.person ?? person;
}
