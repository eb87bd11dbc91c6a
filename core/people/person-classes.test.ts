import { describe, expect, test } from "vitest";
import type { Assertion, EventSource } from "../facts/assertion.ts";
import type { StatementOf } from "../facts/statement.ts";
import type { FactId, PersonId } from "../ids/ids.ts";
import { unitePersons, type PersonClasses } from "./person-classes.ts";
import { namePersons } from "./person-names.ts";

const source = (height: number): EventSource => ({ height }) as EventSource;
const id = (name: string): PersonId => name as PersonId;

function union(a: string, b: string, height: number, shown = a): Assertion<StatementOf<"union">> {
  const statement = { kind: "union", a: id(a), b: id(b), shown: id(shown) } as const;
  return { fact: `${a}${b}${height}` as FactId, index: 0, statement, source: source(height) };
}

function distinct(a: string, b: string, height: number): Assertion<StatementOf<"distinct">> {
  return { fact: `${a}≠${b}` as FactId, index: 0, statement: { kind: "distinct", a: id(a), b: id(b) }, source: source(height) };
}

function name(person: string, text: string, height: number): Assertion<StatementOf<"name">> {
  return {
    fact: `${person}${text}` as FactId,
    index: 0,
    statement: { kind: "name", person: id(person), text },
    source: source(height),
  };
}

const classes = ({ membersOf }: PersonClasses, ...people: readonly string[]): readonly string[] =>
  people.map((person) => membersOf(id(person)).join(""));

describe("person classes", () => {
  test("unions chain; the least id stands for the class", () => {
    const united = unitePersons([union("b", "c", 1), union("a", "b", 2)], []);
    expect(classes(united, "a", "b", "c", "d")).toEqual(["abc", "abc", "abc", "d"]);
    expect(united.classOf(id("c"))).toBe("a");
  });

  test("a distinct between two holds the union back, whichever is greater", () => {
    for (const height of [1, 9]) {
      const united = unitePersons([union("a", "b", height)], [distinct("b", "a", 5)]);
      expect(classes(united, "a", "b")).toEqual(["a", "b"]);
      expect(united.heldBack).toMatchObject([{ union: { fact: `ab${height}` }, distinct: [{ fact: "b≠a" }] }]);
    }
  });

  test("a chain cannot bypass a distinct: the greatest unions are added, the one that would join is held back", () => {
    const united = unitePersons([union("a", "b", 1), union("b", "c", 2)], [distinct("a", "c", 3)]);
    expect(classes(united, "a", "b", "c")).toEqual(["a", "bc", "bc"]);
    expect(united.heldBack.map(({ union: { fact } }) => fact)).toEqual(["ab1"]);
  });

  test("of equal heights the greater id is added first", () => {
    const united = unitePersons([union("a", "b", 1), union("b", "c", 1)], [distinct("a", "c", 3)]);
    expect(united.heldBack.map(({ union: { fact } }) => fact)).toEqual(["ab1"]);
  });

  test("a union within a class holds as well, so that taking one back leaves the other", () => {
    expect(unitePersons([union("a", "b", 1), union("b", "a", 2)], []).holding).toHaveLength(2);
  });
});

describe("person names", () => {
  const namesOf = (united: PersonClasses, person: string, ...names: readonly Assertion<StatementOf<"name">>[]) => {
    const found = namePersons(names, united).get(id(person));
    return [found?.shown?.statement.text, ...(found?.aliases ?? [])];
  };

  test("a union says which name to show; the others are aliases", () => {
    const names = [name("a", "Anna", 1), name("b", "Anne", 7)];
    expect(namesOf(unitePersons([union("a", "b", 2)], []), "a", ...names)).toEqual(["Anna", "Anne"]);
    expect(namesOf(unitePersons([union("b", "a", 2)], []), "a", ...names)).toEqual(["Anne", "Anna"]);
    expect(namesOf(unitePersons([], []), "b", ...names)).toEqual(["Anne"]);
  });

  test("a union that shows somebody without a name leaves it to the next, then to the greatest name", () => {
    const united = unitePersons([union("c", "a", 9), union("a", "b", 2)], []);
    expect(namesOf(united, "a", name("a", "Anna", 1), name("b", "Ben", 5))).toEqual(["Anna", "Ben"]);
    expect(namesOf(unitePersons([union("c", "a", 9)], []), "a", name("a", "Anna", 1))).toEqual(["Anna"]);
  });

  test("the person that a union shows may be another member, but nobody outside of the class", () => {
    const names = [name("a", "Anna", 1), name("b", "Ben", 5), name("z", "Zoe", 9)];
    expect(namesOf(unitePersons([union("a", "b", 2, "b")], []), "a", ...names)).toEqual(["Ben", "Anna"]);
    expect(namesOf(unitePersons([union("a", "b", 2, "z")], []), "a", ...names)).toEqual(["Ben", "Anna"]);
  });

  test("of two names for one person the greater is shown, and equal names are one", () => {
    const alone = unitePersons([], []);
    expect(namesOf(alone, "a", name("a", "Anna", 1), name("a", "Anne", 2))).toEqual(["Anne", "Anna"]);
    expect(namesOf(alone, "a", name("a", "Anna", 1), name("a", "Anna", 2))).toEqual(["Anna"]);
  });
});
