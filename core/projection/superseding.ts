/**
 * Superseding: which live statements a new fact takes the place of, that is, those in its groups that its author sees. Three
 * rules are narrower: an assign leaves the denies of other people alone, an ignore leaves all denies alone, and a deny takes
 * the place of nothing but assigns and denies of its own face and person.
 */
import type { Assertion } from "../facts/assertion.ts";
import type { Fact, FactReference } from "../facts/fact.ts";
import { factToStatements, type Statement } from "../facts/statement.ts";
import type { PersonId } from "../ids/ids.ts";
import type { Projection } from "./project.ts";

/** References to what `fact` supersedes. */
export function findSuperseded(fact: Fact, { replay, people }: Projection): readonly FactReference[] {
  if (fact.kind === "retract") return [];
  return factToStatements(fact).flatMap((statement) =>
    replay.live
      .inGroupOf(statement)
      .filter((earlier) => takesPlaceOf(statement, earlier, people.classes.classOf))
      .map(({ fact: id, index }) => ({ fact: id, index })),
  );
}

function takesPlaceOf(statement: Statement, { statement: earlier }: Assertion, classOf: (person: PersonId) => PersonId): boolean {
  switch (statement.kind) {
    case "assign":
      return earlier.kind !== "deny" || classOf(earlier.person) === classOf(statement.person);
    case "ignore":
      return earlier.kind !== "deny";
    case "deny":
      return "person" in earlier && earlier.person === statement.person;
    default:
      return true;
  }
}
