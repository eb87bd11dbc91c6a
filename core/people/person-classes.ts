/**
 * Person classes: who is the same. Live unions are added in descending (height, id) to a union-find; one that would join two
 * components with a live `distinct` between any two of their members is held back, and named. So the later word wins, a
 * chain of unions cannot bypass a "these are not the same", and the outcome depends on the set of facts alone.
 */
import { compareAssertions, type Assertion } from "../facts/assertion.ts";
import type { StatementOf } from "../facts/statement.ts";
import type { PersonId } from "../ids/ids.ts";
import { compareText } from "../primitives/bytes.ts";

/** A union that does not hold, and what keeps it from holding. */
export interface HeldBackUnion {
  readonly union: Assertion<StatementOf<"union">>;
  readonly distinct: readonly Assertion<StatementOf<"distinct">>[];
}

/** Persons, united. */
export interface PersonClasses {
  /** The least id of the person's class; the person itself where nobody united it. */
  readonly classOf: (person: PersonId) => PersonId;
  /** All ids of the person's class, sorted. */
  readonly membersOf: (person: PersonId) => readonly PersonId[];
  /** The unions that hold, in descending (height, id). */
  readonly holding: readonly Assertion<StatementOf<"union">>[];
  readonly heldBack: readonly HeldBackUnion[];
}

type Distinct = Assertion<StatementOf<"distinct">>;

/** Unites persons by the live facts given. */
export function unitePersons(unions: readonly Assertion<StatementOf<"union">>[], distincts: readonly Distinct[]): PersonClasses {
  const membersByPerson = new Map<PersonId, PersonId[]>();
  const distinctsByPerson = groupByPerson(distincts);
  const holding: Assertion<StatementOf<"union">>[] = [];
  const heldBack: HeldBackUnion[] = [];
  for (const union of [...unions].sort((a, b) => compareAssertions(b, a))) {
    const a = componentOf(membersByPerson, union.statement.a);
    const b = componentOf(membersByPerson, union.statement.b);
    const [lesser, greater] = a.length <= b.length ? [a, b] : [b, a];
    const distinct = a === b ? [] : between(lesser, greater, distinctsByPerson, membersByPerson);
    if (distinct.length > 0) {
      heldBack.push({ union, distinct });
      continue;
    }
    holding.push(union);
    if (a === b) continue;
    greater.push(...lesser);
    for (const member of lesser) membersByPerson.set(member, greater);
  }
  for (const members of new Set(membersByPerson.values())) members.sort(compareText);
  return {
    classOf: (person) => membersByPerson.get(person)?.[0] ?? person,
    membersOf: (person) => membersByPerson.get(person) ?? [person],
    holding,
    heldBack,
  };
}

function componentOf(membersByPerson: Map<PersonId, PersonId[]>, person: PersonId): PersonId[] {
  const known = membersByPerson.get(person);
  if (known !== undefined) return known;
  const alone = [person];
  membersByPerson.set(person, alone);
  return alone;
}

function groupByPerson(distincts: readonly Distinct[]): ReadonlyMap<PersonId, readonly Distinct[]> {
  const byPerson = new Map<PersonId, Distinct[]>();
  for (const distinct of distincts) {
    for (const person of [distinct.statement.a, distinct.statement.b]) {
      const list = byPerson.get(person) ?? [];
      list.push(distinct);
      byPerson.set(person, list);
    }
  }
  return byPerson;
}

/** The distinct facts between a member of `lesser` and one of `greater`, sorted. */
function between(
  lesser: readonly PersonId[],
  greater: readonly PersonId[],
  distinctsByPerson: ReadonlyMap<PersonId, readonly Distinct[]>,
  membersByPerson: ReadonlyMap<PersonId, readonly PersonId[]>,
): readonly Distinct[] {
  return lesser
    .flatMap((person) =>
      (distinctsByPerson.get(person) ?? []).filter(
        ({ statement: { a, b } }) => membersByPerson.get(a === person ? b : a) === greater,
      ),
    )
    .sort(compareAssertions);
}
