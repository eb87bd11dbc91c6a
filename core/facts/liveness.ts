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
import { createStatementTable, type LivenessFact, type StatementTable } from "./statement-table.ts";

export type { LivenessFact };

/** How the statements of a set of facts fare. */
export interface Liveness {
  /** Where a fact stands in the list that was evaluated; null where it does not. */
  readonly positionOf: (fact: FactId) => number | null;
  /** The state of statement `index` of the fact at `position`; both must be there. */
  readonly stateAt: (position: number, index: number) => StatementState;
}

/** Evaluates `facts`. */
export function evaluateLiveness(facts: readonly LivenessFact[]): Liveness {
  const table = createStatementTable(facts);
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
  const order = facts.map((_, position) => position).filter((position) => (facts[position]?.supersedes.length ?? 0) > 0);
  order.sort((a, b) => (facts[b]?.height ?? 0) - (facts[a]?.height ?? 0));
  for (const position of order) {
    const fact = facts[position];
    if (fact === undefined) continue;
    const base = table.bases[position] ?? 0;
    for (const { from, to, toStatement } of edgesOf(fact, facts, table)) {
      const statement = fact.statements[from];
      const source = base + from;
      const counts = !fact.isVoid && retracted[source] === 0;
      const isDeny = statement?.kind === "deny";
      if (reached[source] === 1 || (counts && !isDeny)) reached[to] = 1;
      const samePair = personOf(statement) !== null && personOf(statement) === personOf(toStatement);
      if (samePair && (reachedByPair[source] === 1 || (counts && isDeny))) reachedByPair[to] = 1;
    }
  }
  for (const [number, bit] of reachedByPair.entries()) if (bit === 1) reached[number] = 1;
  return reached;
}

interface Edge {
  /** Index of the superseding statement in its own fact. */
  readonly from: number;
  /** Number of the superseded statement. */
  readonly to: number;
  readonly toStatement: Statement;
}

function edgesOf(fact: LivenessFact, facts: readonly LivenessFact[], table: StatementTable): readonly Edge[] {
  const indexOfGroup = findGroups(fact.statements);
  const edges: Edge[] = [];
  for (const reference of fact.supersedes) {
    const position = table.positionByFact.get(reference.fact);
    const target = position === undefined ? undefined : facts[position];
    const toStatement = target?.statements[reference.index];
    if (position === undefined || target === undefined || toStatement === undefined || target.height >= fact.height) continue;
    const from = indexOfGroup(groupKey(toStatement));
    if (from !== undefined) edges.push({ from, to: (table.bases[position] ?? 0) + reference.index, toStatement });
  }
  return edges;
}

/** Which statement of a fact is in a group; a lone statement, the common case, needs no map. */
function findGroups(statements: readonly Statement[]): (group: string) => number | undefined {
  const [lone, ...others] = statements;
  if (lone !== undefined && others.length === 0) {
    const own = groupKey(lone);
    return (group) => (group === own ? 0 : undefined);
  }
  const indexByGroup = new Map(statements.map((statement, index) => [groupKey(statement), index]));
  return (group) => indexByGroup.get(group);
}

/** The person of the pair that an assign or a deny is about; within a group the face is the same. */
function personOf(statement: Statement | undefined): string | null {
  return statement?.kind === "assign" || statement?.kind === "deny" ? statement.person : null;
}
