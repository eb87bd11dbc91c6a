import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeRule, parseStoredRule } from "@albumen/core/albums/rule-codec.ts";
import { parseRuleText } from "@albumen/core/albums/rule-parser.ts";
import { printRule } from "@albumen/core/albums/rule-printer.ts";
import { ruleExcess, ruleNodes } from "@albumen/core/albums/rule.ts";
import { ruleNames, rules } from "../arbitraries/rules.ts";

const small = rules.filter((rule) => ruleExcess(rule) === null);

/** Texts that look like rules, are broken anywhere, or are nothing of the kind. */
const hostileTexts = fc.oneof(
  fc.string({ maxLength: 300, unit: "binary" }),
  fc
    .array(
      fc.constantFrom(
        ...[
          "(",
          ")",
          "and",
          "or",
          "not",
          "person",
          ":",
          '"',
          "\\",
          "Anna",
          "#",
          "..",
          "taken:",
          "2024-06",
          "faces:",
          "9".repeat(40),
        ],
        ...[
          "within:",
          "1,1,1km",
          "only(",
          ",",
          " ",
          "\n",
          "\u0000",
          "💥",
          "\ud800",
          "favourite",
          "album:",
          "recent:30d",
          "a".repeat(500),
        ],
      ),
      { maxLength: 400 },
    )
    .map((parts) => parts.join("")),
  fc.tuple(small, ruleNames, fc.nat(), fc.string({ maxLength: 3 })).map(([rule, names, at, extra]) => {
    const text = printRule(rule, names);
    return text.slice(0, at % (text.length + 1)) + extra + text.slice((at % (text.length + 1)) + (at % 3));
  }),
);

describe("rules", () => {
  test("parse ∘ print is the identity, whatever the names", () => {
    fc.assert(
      fc.property(small, ruleNames, (rule, names) => {
        expect(parseRuleText(printRule(rule, names), names)).toEqual({ ok: true, value: rule });
      }),
      { seed: 31, numRuns: 3000 },
    );
  });

  test("the stored form is read back as the same rule", () => {
    fc.assert(
      fc.property(small, (rule) => {
        expect(parseStoredRule(encodeRule(rule))).toEqual({ ok: true, value: rule });
      }),
      { seed: 32, numRuns: 1000 },
    );
  });

  test("every kind of clause is drawn", () => {
    const kinds = new Set(
      fc.sample(small, { seed: 31, numRuns: 1000 }).flatMap((rule) => ruleNodes(rule).map(({ kind }) => kind)),
    );
    expect(kinds.size).toBe(16);
  });

  test("2,000 hostile texts are read or refused in one line, at a character of theirs, and quickly", () => {
    const start = performance.now();
    fc.assert(
      fc.property(hostileTexts, ruleNames, (text, names) => {
        const parsed = parseRuleText(text, names);
        if (parsed.ok) {
          expect(parseRuleText(printRule(parsed.value, names), names)).toEqual(parsed);
          return;
        }
        expect(parsed.error.at).toBeGreaterThanOrEqual(1);
        expect(parsed.error.at).toBeLessThanOrEqual(Math.min(text.length, 10_000) + 1);
        expect(parsed.error.reason).toMatch(/^[^\n\r]+$/);
      }),
      { seed: 33, numRuns: 2000 },
    );
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  test("10,000 brackets, quotation marks or nots do not overflow the stack", () => {
    for (const part of ["(", '"', "not ", "not(", "only(", "favourite and ", "((a) and "]) {
      const text = part.repeat(Math.floor(10_000 / part.length));
      expect(parseRuleText(text, { people: [], albums: [] }).ok).toBe(false);
    }
  });
});
