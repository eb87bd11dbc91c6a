/** Live facts: the statements that hold, by their group and by their kind, and the state of every other. */
import { compareAssertions, type Assertion, type StatementState } from "../facts/assertion.ts";
import type { FactReference } from "../facts/fact.ts";
import { evaluateLiveness } from "../facts/liveness.ts";
import { groupKey, type Statement, type StatementOf } from "../facts/statement.ts";
import type { FactId } from "../ids/ids.ts";
import type { EventLog, LoggedFact } from "./event-log.ts";

/** What holds. */
export interface LiveFacts {
  /** The live statements of a kind, by (height, fact id, index). */
  readonly ofKind: <K extends Statement["kind"]>(kind: K) => readonly Assertion<StatementOf<K>>[];
  /** The live statements in the group of `statement`, by (height, fact id, index). */
  readonly inGroupOf: (statement: Statement) => readonly Assertion[];
  /** The state of a statement; null where it is not known, or waits. */
  readonly stateOf: (reference: FactReference) => StatementState | null;
  /** A fact that does not wait, or null. */
  readonly factOf: (id: FactId) => LoggedFact | null;
}

/** Evaluates the facts of a log. */
export function createLiveFacts({ facts, positionByFact }: EventLog): LiveFacts {
  const liveness = evaluateLiveness(facts, positionByFact);
  const byKind = new Map<string, Assertion[]>();
  for (const [position, { id, statements, source }] of facts.entries()) {
    for (const [index, statement] of statements.entries()) {
      if (liveness.stateAt(position, index) === "live") append(byKind, statement.kind, { fact: id, index, statement, source });
    }
  }
  // Only edits ask for groups, so their index is made when the first one does.
  let byGroup: ReadonlyMap<string, readonly Assertion[]> | null = null;
  const factOf = (id: FactId): LoggedFact | null => facts[liveness.positionOf(id) ?? -1] ?? null;
  return {
    ofKind: <K extends Statement["kind"]>(kind: K) => (byKind.get(kind) ?? []) as unknown as readonly Assertion<StatementOf<K>>[],
    inGroupOf: (statement) => {
      byGroup ??= groupAssertions([...byKind.values()].flat());
      return byGroup.get(groupKey(statement)) ?? [];
    },
    stateOf: ({ fact, index }) => {
      const position = liveness.positionOf(fact);
      return position === null || index >= (facts[position]?.statements.length ?? 0) ? null : liveness.stateAt(position, index);
    },
    factOf,
  };
}

/** The assertions of each group, by (height, fact id, index). */
function groupAssertions(assertions: readonly Assertion[]): ReadonlyMap<string, readonly Assertion[]> {
  const byGroup = new Map<string, Assertion[]>();
  for (const assertion of assertions) append(byGroup, groupKey(assertion.statement), assertion);
  for (const group of byGroup.values()) if (group.length > 1) group.sort(compareAssertions);
  return byGroup;
}

function append(lists: Map<string, Assertion[]>, key: string, assertion: Assertion): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [assertion]);
  else list.push(assertion);
}
