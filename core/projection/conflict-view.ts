/** One conflict as people see it. */
import type { Assertion } from "../facts/assertion.ts";
import { compareText } from "../primitives/bytes.ts";
import type { ConflictView } from "./view.ts";

/** A conflict about `facts`; `text` is one sentence. */
export function conflict(kind: string, text: string, facts: readonly Assertion[]): ConflictView {
  return { kind, text, facts: [...new Set(facts.map(({ fact }) => fact))].sort(compareText) };
}
