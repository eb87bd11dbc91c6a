/**
 * Retraction: a statement is retracted where a retract that is neither void nor itself retracted names it, so undo can be
 * undone. Ids are hashes over the bytes that name others, so retracts cannot form a circle; chains of any length are walked
 * with a stack of our own.
 */
import type { LivenessFact, StatementTable } from "./statement-table.ts";

const open = 2;
const unknown = 3;

/** For each statement number 1 where it is retracted, else 0. */
export function findRetracted(facts: readonly LivenessFact[], table: StatementTable): Uint8Array {
  const retractsByTarget = collectRetracts(facts, table);
  const retracted = new Uint8Array(table.count);
  for (const target of retractsByTarget.keys()) retracted[target] = unknown;
  for (const start of retractsByTarget.keys()) {
    const stack = [start];
    while (stack.length > 0) {
      const target = stack[stack.length - 1] ?? 0;
      const retracts = retractsByTarget.get(target) ?? [];
      const waiting = retracted[target] === unknown ? retracts.filter((retract) => retracted[retract] === unknown) : [];
      if (retracted[target] === unknown) retracted[target] = open;
      stack.push(...waiting);
      if (waiting.length > 0) continue;
      if (retracted[target] === open) retracted[target] = retracts.some((retract) => retracted[retract] === 0) ? 1 : 0;
      stack.pop();
    }
  }
  return retracted;
}

/** The numbers of the retracts that are not void, by the number of the statement they name. */
function collectRetracts(facts: readonly LivenessFact[], table: StatementTable): ReadonlyMap<number, readonly number[]> {
  const retractsByTarget = new Map<number, number[]>();
  for (const [position, fact] of facts.entries()) {
    if (fact.isVoid) continue;
    for (const [index, statement] of fact.statements.entries()) {
      if (statement.kind !== "retract") continue;
      const targetPosition = table.positionByFact.get(statement.target.fact);
      const targetFact = targetPosition === undefined ? undefined : facts[targetPosition];
      if (targetPosition === undefined || statement.target.index >= (targetFact?.statements.length ?? 0)) continue;
      const target = (table.bases[targetPosition] ?? 0) + statement.target.index;
      const retracts = retractsByTarget.get(target) ?? [];
      retracts.push((table.bases[position] ?? 0) + index);
      retractsByTarget.set(target, retracts);
    }
  }
  return retractsByTarget;
}
