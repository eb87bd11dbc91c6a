/** Statement table: the statements of many facts numbered through, so that what is known of each fits into flat arrays. */
import type { FactId } from "../ids/ids.ts";
import type { FactReference } from "./fact.ts";
import type { Statement } from "./statement.ts";

/** What liveness needs of a fact; ids are unique. */
export interface LivenessFact {
  readonly id: FactId;
  readonly height: number;
  readonly isVoid: boolean;
  readonly statements: readonly Statement[];
  readonly supersedes: readonly FactReference[];
}

/** Statements numbered through: statement `index` of fact `position` has the number `bases[position] + index`. */
export interface StatementTable {
  readonly bases: Int32Array;
  readonly count: number;
  readonly positionByFact: ReadonlyMap<FactId, number>;
}

/** Where each fact stands in `facts`; of facts with one id the last. */
export function indexFacts(facts: readonly LivenessFact[]): ReadonlyMap<FactId, number> {
  const positionByFact = new Map<FactId, number>();
  for (const [position, { id }] of facts.entries()) positionByFact.set(id, position);
  return positionByFact;
}

/** The table of `facts`, which stand where `positionByFact` says. */
export function createStatementTable(
  facts: readonly LivenessFact[],
  positionByFact: ReadonlyMap<FactId, number>,
): StatementTable {
  const bases = new Int32Array(facts.length);
  let count = 0;
  for (const [position, fact] of facts.entries()) {
    bases[position] = count;
    count += fact.statements.length;
  }
  return { bases, count, positionByFact };
}
