/**
 * Names of persons. A live name stays with the person it was given to; a union says whose name the class shows: of the unions
 * that hold a class together, the one with the greatest (height, id) whose shown person has a name decides, else the greatest
 * name of any member. Of several live names of one person the greatest is shown. All others are aliases.
 */
import { greatestAssertion, type Assertion } from "../facts/assertion.ts";
import type { StatementOf } from "../facts/statement.ts";
import type { PersonId } from "../ids/ids.ts";
import { compareText } from "../primitives/bytes.ts";
import type { PersonClasses } from "./person-classes.ts";

type Name = Assertion<StatementOf<"name">>;

/** The names of one class. */
export interface ClassNames {
  /** The assertion that is shown; null where nobody gave a name. */
  readonly shown: Name | null;
  /** Other live names, sorted, each once, without the shown one. */
  readonly aliases: readonly string[];
  /** Every live name of a member but the shown one, by (height, id). */
  readonly others: readonly Name[];
}

/** The names of every class that has one, by the least id of the class. */
export function namePersons(names: readonly Name[], classes: PersonClasses): ReadonlyMap<PersonId, ClassNames> {
  const namesByPerson = new Map<PersonId, Name[]>();
  for (const name of names) append(namesByPerson, name.statement.person, name);
  const namesByClass = new Map<PersonId, Name[]>();
  for (const name of names) append(namesByClass, classes.classOf(name.statement.person), name);
  const shownByClass = new Map<PersonId, Name>();
  for (const { statement } of classes.holding) {
    const representative = classes.classOf(statement.a);
    const shown = greatestAssertion(namesByPerson.get(statement.shown) ?? []);
    if (shown !== null && classes.classOf(statement.shown) === representative && !shownByClass.has(representative))
      shownByClass.set(representative, shown);
  }
  const namesOfClasses = new Map<PersonId, ClassNames>();
  for (const [representative, all] of namesByClass) {
    const shown = shownByClass.get(representative) ?? greatestAssertion(all);
    const texts = new Set(all.map(({ statement }) => statement.text));
    if (shown !== null) texts.delete(shown.statement.text);
    namesOfClasses.set(representative, {
      shown,
      aliases: [...texts].sort(compareText),
      others: all.filter((name) => name !== shown),
    });
  }
  return namesOfClasses;
}

function append(lists: Map<PersonId, Name[]>, person: PersonId, name: Name): void {
  const list = lists.get(person);
  if (list === undefined) lists.set(person, [name]);
  else list.push(name);
}
