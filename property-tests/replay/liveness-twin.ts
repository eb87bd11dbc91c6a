/**
 * The slow, readable twin of `evaluateLiveness`: the two paragraphs of the design, word for word, by searching every path.
 */
import type { StatementState } from "@albumen/core/facts/assertion.ts";
import type { LivenessFact } from "@albumen/core/facts/liveness.ts";
import { groupKey, type Statement } from "@albumen/core/facts/statement.ts";

interface Node {
  readonly fact: LivenessFact;
  readonly index: number;
  readonly statement: Statement;
}

/** For each fact, in the order given, the state of each of its statements. */
export function evaluateLivenessSlowly(facts: readonly LivenessFact[]): readonly (readonly StatementState[])[] {
  const nodes = facts.flatMap((fact) => fact.statements.map((statement, index): Node => ({ fact, index, statement })));
  const retracted = (node: Node): boolean =>
    nodes.some(
      ({ statement, ...retract }) =>
        statement.kind === "retract" &&
        statement.target.fact === node.fact.id &&
        statement.target.index === node.index &&
        !retract.fact.isVoid &&
        !retracted({ statement, ...retract }),
    );
  const supersedes = (later: Node, earlier: Node): boolean =>
    later.fact.supersedes.some(({ fact, index }) => fact === earlier.fact.id && index === earlier.index) &&
    groupKey(later.statement) === groupKey(earlier.statement) &&
    later.fact.height > earlier.fact.height;
  const pathsFrom = (start: Node): readonly (readonly Node[])[] =>
    nodes
      .filter((next) => supersedes(start, next))
      .flatMap((next) => [[start, next], ...pathsFrom(next).map((path) => [start, ...path])]);
  const isOnePair = (path: readonly Node[]): boolean =>
    path.every(({ statement }) => "person" in statement && pairOf(statement) === pairOf(path[0]?.statement));
  const reached = new Set<string>();
  for (const start of nodes) {
    if (start.fact.isVoid || retracted(start)) continue;
    for (const path of pathsFrom(start)) {
      const end = path[path.length - 1];
      if (end !== undefined && (start.statement.kind !== "deny" || isOnePair(path))) reached.add(`${end.fact.id} ${end.index}`);
    }
  }
  return facts.map((fact) =>
    fact.statements.map((statement, index) => {
      if (fact.isVoid) return "void";
      if (retracted({ fact, index, statement })) return "retracted";
      return reached.has(`${fact.id} ${index}`) ? "superseded" : "live";
    }),
  );
}

function pairOf(statement: Statement | undefined): string {
  return statement !== undefined && "person" in statement && "face" in statement ? `${statement.face} ${statement.person}` : "";
}
