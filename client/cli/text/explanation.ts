/** An explanation as an indented tree: what holds is marked ✓, what does not ✗. */
import type { Engine } from "../../engine/api.ts";

type Explanation = NonNullable<ReturnType<Engine["explain"]>>;

/** The lines that say why the photo `file` is in `album`, or why it is not. */
export function formatExplanation(file: string, album: string, explanation: Explanation): string[] {
  return [`${file} is ${explanation.in ? "" : "not "}in "${album}".`, "", ...formatNode(explanation.tree, "")];
}

function formatNode({ clause, holds, why, parts }: Explanation["tree"], indent: string): string[] {
  const reason = why === "" || why === clause ? "" : `: ${why}`;
  return [`${indent}${holds ? "✓" : "✗"} ${clause}${reason}`, ...parts.flatMap((part) => formatNode(part, `${indent}  `))];
}
