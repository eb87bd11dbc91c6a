/**
 * Text form of rules:
 *
 *   rule    = chain of "or" over chains of "and" over terms       and binds tighter than or
 *   term    = "not" term | "(" rule ")" | clause
 *   clause  = person:"Anna" | only("Anna", "Ben") | faces:2..4 | taken:2024-06..2024-08 | recent:30d
 *           | within:48.1371,11.5754,5km | camera:"…" | type:"…" | text:"…" | album:"Summer" | favourite | unnamed | hidden
 *
 * Names are those of `name-table.ts`. Texts without spaces, brackets, commas, colons, # and quotation marks may stand without
 * quotation marks. Brackets are kept: (a and b) and c is another tree than a and b and c. A failure names the character and
 * says what would be right. parse ∘ print is the identity.
 */
import { err, ok, type Result } from "../primitives/result.ts";
import { parseClause } from "./clause-parser.ts";
import type { RuleNames } from "./name-table.ts";
import { ruleExcess, ruleLimits, type Rule } from "./rule.ts";
import { fail, skipSpace, take, takeSymbol, type RuleTextError, type Scanner } from "./rule-scanner.ts";

/** The rule in `text`. */
export function parseRuleText(text: string, names: RuleNames): Result<Rule, RuleTextError> {
  const scanner: Scanner = { text, at: 0, error: null };
  if (text.length > ruleLimits.textForm) {
    return err({ kind: "bad-rule", at: ruleLimits.textForm + 1, reason: `a rule has at most ${ruleLimits.textForm} characters` });
  }
  const rule = parseChain(scanner, names, "or", 0);
  skipSpace(scanner);
  if (rule !== null && scanner.at < text.length) fail(scanner, scanner.at, endReason(text, scanner.at));
  const excess = rule === null ? null : ruleExcess(rule);
  if (excess !== null) fail(scanner, 0, excess);
  if (scanner.error !== null) return err(scanner.error);
  return rule === null ? err({ kind: "bad-rule", at: 1, reason: "a clause is due" }) : ok(rule);
}

function endReason(text: string, at: number): string {
  return text[at] === ")" ? "this bracket closes nothing; remove it" : '"and", "or" or the end is due';
}

function parseChain(scanner: Scanner, names: RuleNames, word: "and" | "or", depth: number): Rule | null {
  const rules: Rule[] = [];
  do {
    const part = word === "or" ? parseChain(scanner, names, "and", depth) : parseTerm(scanner, names, depth);
    if (part === null) return null;
    rules.push(part);
    if (rules.length > ruleLimits.nodes) return fail(scanner, scanner.at, `a rule has at most ${ruleLimits.nodes} parts`);
  } while (takeWord(scanner, word));
  const [first = null, second] = rules;
  return second === undefined ? first : { kind: word === "or" ? "any" : "all", rules };
}

function parseTerm(scanner: Scanner, names: RuleNames, depth: number): Rule | null {
  skipSpace(scanner);
  const start = scanner.at;
  if (depth > ruleLimits.depth) return fail(scanner, start, `rules nest at most ${ruleLimits.depth} deep`);
  if (takeWord(scanner, "not")) {
    const rule = parseTerm(scanner, names, depth + 1);
    return rule === null ? null : { kind: "not", rule };
  }
  if (!takeSymbol(scanner, "(")) return parseClause(scanner, names);
  const rule = parseChain(scanner, names, "or", depth + 1);
  if (rule === null || takeSymbol(scanner, ")")) return rule;
  skipSpace(scanner);
  return fail(scanner, scanner.at, `the bracket at character ${start + 1} is not closed; write ")"`);
}

/** Moves over `word`, whatever its case, where it is a whole word. */
function takeWord(scanner: Scanner, word: "and" | "or" | "not"): boolean {
  const start = scanner.at;
  skipSpace(scanner);
  if (take(scanner, /[A-Za-z]+/y)?.toLowerCase() === word) return true;
  scanner.at = start;
  return false;
}
