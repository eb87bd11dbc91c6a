/** Live facts: the statements that hold, by their group and by their kind, and the state of every other. */
import type { Assertion, StatementState } from "../facts/assertion.ts";
import type { FactReference } from "../facts/fact.ts";
import { evaluateLiveness } from "../facts/liveness.ts";
import { groupKey, type Statement, type StatementOf } from "../facts/statement.ts";
import type { FactId } from "../ids/ids.ts";
import type { LoggedFact } from "./event-log.ts";

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

/** Evaluates `facts`, which come by (height, id). */
export function createLiveFacts(facts: readonly LoggedFact[]): LiveFacts {
  const states = evaluateLiveness(facts);
  const positionByFact = new Map(facts.map((fact, position) => [fact.id, position]));
  const byKind = new Map<string, Assertion[]>();
  const byGroup = new Map<string, Assertion[]>();
  for (const [position, fact] of facts.entries()) {
    for (const [index, statement] of fact.statements.entries()) {
      if (states[position]?.[index] !== "live") continue;
      const assertion: Assertion = { fact: fact.id, index, statement, source: fact.source };
      append(byKind, statement.kind, assertion);
      append(byGroup, groupKey(statement), assertion);
    }
  }
  return {
    ofKind: <K extends Statement["kind"]>(kind: K) => (byKind.get(kind) ?? []) as unknown as readonly Assertion<StatementOf<K>>[],
    inGroupOf: (statement) => byGroup.get(groupKey(statement)) ?? [],
    stateOf: ({ fact, index }) => states[positionByFact.get(fact) ?? -1]?.[index] ?? null,
    factOf: (id) => facts[positionByFact.get(id) ?? -1] ?? null,
  };
}

function append(lists: Map<string, Assertion[]>, key: string, assertion: Assertion): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [assertion]);
  else list.push(assertion);
}
