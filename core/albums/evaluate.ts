/** Evaluation of rules: a rule holds for a photo, or it does not; nothing depends on the order of photos or clauses. */
import { fulfils, type ClauseContext, type PhotoFacts } from "./clause.ts";
import type { Rule } from "./rule.ts";

/** Whether `rule` holds for `photo`. */
export function holdsRule(rule: Rule, photo: PhotoFacts, context: ClauseContext): boolean {
  switch (rule.kind) {
    case "all":
      return rule.rules.every((part) => holdsRule(part, photo, context));
    case "any":
      return rule.rules.some((part) => holdsRule(part, photo, context));
    case "not":
      return !holdsRule(rule.rule, photo, context);
    default:
      return fulfils(rule, photo, context);
  }
}
