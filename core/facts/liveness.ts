/**
 * Liveness: which statements hold. A pure function of the set of facts, in O(statements + references).
 *
 * A fact's references make *edges* between statements of one group, from the superseding statement to the superseded; an edge
 * counts only towards a lesser height. A statement is
 *
 *   retracted  where a retract that is neither void nor itself retracted names it;
 *   live       where it is neither void nor retracted, and no statement that is neither void nor retracted reaches it along
 *              edges. Paths may pass through void and retracted statements, so what was superseded before something came
 *              and went stays superseded. A path that starts at a deny counts only while every statement on it is about the
 *              deny's own pair of face and person: who takes back a "this is Ben" does not thereby bring back "this is Anna".
 *
 * Facts are visited by descending height, so every edge into a statement was seen before the edges out of it. Two bits per
 * statement travel along the edges: reached from a statement that is no deny, and reached from a deny of the same pair.
 */
import type { FactId } from "../ids/ids.ts";
import type { StatementState } from "./assertion.ts";
import { findRetracted } from "./retraction.ts";
import { groupKey, type Statement } from "./statement.ts";
import { isSameGroup } from "./statement-group.ts";
import { createStatementTable, indexFacts, type LivenessFact, type StatementTable } from "./statement-table.ts";

export type { LivenessFact };

/** How the statements of a set of facts fare. */
export interface Liveness {
  /** Where a fact stands in the list that was evaluated; null where it does not. */
  readonly positionOf: (fact: FactId) => number | null;
  /** The state of statement `index` of the fact at `position`; both must be there. */
  readonly stateAt: (position: number, index: number) => StatementState;
}

/** Evaluates `facts`, which stand where `positionByFact` says. */
export function evaluateLiveness(
  facts: readonly LivenessFact[],
  positionByFact: ReadonlyMap<FactId, number> = indexFacts(facts),
): Liveness {
  const table = createStatementTable(facts, positionByFact);
  const retracted = findRetracted(facts, table);
  const reached = findReached(facts, table, retracted);
  return {
    positionOf: (fact) => table.positionByFact.get(fact) ?? null,
    stateAt: (position, index) => {
      const number = (table.bases[position] ?? 0) + index;
      if (facts[position]?.isVoid === true) return "void";
      if (retracted[number] === 1) return "retracted";
      return reached[number] === 1 ? "superseded" : "live";
    },
  };
}

function findReached(facts: readonly LivenessFact[], table: StatementTable, retracted: Uint8Array): Uint8Array {
  const reached = new Uint8Array(table.count);
  const reachedByPair = new Uint8Array(table.count);
  for (const position of supersedingByHeight(facts)) {
    const fact = facts[position];
    if (fact === undefined) continue;
    const base = table.bases[position] ?? 0;
    const indexOfGroup = findGroups(fact.statements);
    for (const reference of fact.supersedes) {
      const targetPosition = table.positionByFact.get(reference.fact);
      const target = targetPosition === undefined ? undefined : facts[targetPosition];
      const superseded = target?.statements[reference.index];
      if (targetPosition === undefined || target === undefined || superseded === undefined || target.height >= fact.height)
        continue;
      const from = indexOfGroup(superseded);
      const statement = fact.statements[from ?? -1];
      if (from === undefined || statement === undefined) continue;
      const source = base + from;
      const to = (table.bases[targetPosition] ?? 0) + reference.index;
      const counts = !fact.isVoid && retracted[source] === 0;
      const isDeny = statement.kind === "deny";
      if (reached[source] === 1 || (counts && !isDeny)) reached[to] = 1;
      if (isSamePair(statement, superseded) && (reachedByPair[source] === 1 || (counts && isDeny))) reachedByPair[to] = 1;
    }
  }
  for (let number = 0; number < table.count; number++) if (reachedByPair[number] === 1) reached[number] = 1;
  return reached;
}

/** The facts that supersede any, by descending height. They usually come by ascending height, so that little is left to sort. */
function supersedingByHeight(facts: readonly LivenessFact[]): readonly number[] {
  const order: number[] = [];
  for (let position = facts.length - 1; position >= 0; position--) {
    if ((facts[position]?.supersedes.length ?? 0) > 0) order.push(position);
  }
  return order.sort((a, b) => (facts[b]?.height ?? 0) - (facts[a]?.height ?? 0));
}

/** Which statement of a fact is in the group of another; a lone statement, the common case, needs no map. */
function findGroups(statements: readonly Statement[]): (other: Statement) => number | undefined {
  const [lone, ...others] = statements;
  if (lone !== undefined && others.length === 0) return (other) => (isSameGroup(lone, other) ? 0 : undefined);
  const indexByGroup = new Map(statements.map((statement, index) => [groupKey(statement), index]));
  return (other) => indexByGroup.get(groupKey(other));
}

/** Whether both assign or deny the same person; within a group the face is the same. */
function isSamePair(a: Statement, b: Statement): boolean {
  return (a.kind === "assign" || a.kind === "deny") && (b.kind === "assign" || b.kind === "deny") && a.person === b.person;
}
