/** Printer of rules: the text form that `parseRuleText` reads back as the same tree. */
import { printName, quote } from "./name-table.ts";
import type { Rule } from "./rule.ts";
import type { RuleNames } from "./name-table.ts";

/** The text form of `rule` by current names. */
export function printRule(rule: Rule, names: RuleNames): string {
  switch (rule.kind) {
    case "all":
      return rule.rules.map((part) => printPart(part, names)).join(" and ");
    case "any":
      return rule.rules.map((part) => printPart(part, names)).join(" or ");
    case "not":
      return `not ${printPart(rule.rule, names)}`;
    case "person":
      return `person:${printName(names.people, rule.person)}`;
    case "only":
      return `only(${rule.people.map((person) => printName(names.people, person)).join(", ")})`;
    case "album":
      return `album:${printName(names.albums, rule.album)}`;
    case "faces":
      return `faces:${rule.min}${rule.max === rule.min ? "" : `..${rule.max ?? ""}`}`;
    case "taken":
      return `taken:${rule.from === rule.to ? (rule.from ?? "") : `${rule.from ?? ""}..${rule.to ?? ""}`}`;
    case "recent":
      return `recent:${rule.days}d`;
    case "within":
      return `within:${decimal(rule.latitude, 7)},${decimal(rule.longitude, 7)},${decimal(rule.meters, 3)}km`;
    case "camera":
    case "type":
    case "text":
      return `${rule.kind}:${quote(rule.text)}`;
    case "favourite":
    case "unnamed":
    case "hidden":
      return rule.kind;
  }
}

function printPart(rule: Rule, names: RuleNames): string {
  const text = printRule(rule, names);
  return rule.kind === "all" || rule.kind === "any" ? `(${text})` : text;
}

/** An integer in units of 10 to the power of −`digits`, without zeros at the end. */
function decimal(value: number, digits: number): string {
  const all = Math.abs(value)
    .toString()
    .padStart(digits + 1, "0");
  const fraction = all.slice(-digits).replace(/0+$/, "");
  return `${value < 0 ? "-" : ""}${all.slice(0, -digits)}${fraction === "" ? "" : `.${fraction}`}`;
}
