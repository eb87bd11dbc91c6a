import { describe, expect, test } from "vitest";
import type { AlbumId, PersonId } from "../ids/ids.ts";
import { parseStoredRule, encodeRule } from "./rule-codec.ts";
import type { RuleNames } from "./name-table.ts";
import { parseRuleText } from "./rule-parser.ts";
import { printRule } from "./rule-printer.ts";
import type { Rule } from "./rule.ts";

const id = (digit: string): string => digit.repeat(32);
const [anna, ben, carl, otherAnna, united] = ["a", "b", "c", "d", "e"].map(id) as PersonId[] as [
  PersonId,
  PersonId,
  PersonId,
  PersonId,
  PersonId,
];
const summer = id("5") as AlbumId;

const names: RuleNames = {
  people: [
    { id: anna, name: "Anna", rank: 0 },
    { id: ben, name: "Ben", rank: 0 },
    { id: united, name: "Ben", rank: 1 },
    { id: united, name: "Benny", rank: 2 },
    { id: carl, name: 'Carl "the\\King"', rank: 0 },
    { id: id("1") as PersonId, name: "Doris", rank: 0 },
    { id: otherAnna, name: "Doris", rank: 0 },
  ],
  albums: [{ id: summer, name: "Summer", rank: 0 }],
};

function parse(text: string): Rule {
  const parsed = parseRuleText(text, names);
  if (!parsed.ok) throw new Error(`${parsed.error.at}: ${parsed.error.reason}`);
  return parsed.value;
}

describe("text form of rules", () => {
  test("the example of the design", () => {
    const text = '(person:"Anna" or person:"Ben") and not person:"Carl \\"the\\\\King\\"" and taken:2024-06..2024-08';
    expect(parse(text)).toEqual({
      kind: "all",
      rules: [
        {
          kind: "any",
          rules: [
            { kind: "person", person: anna },
            { kind: "person", person: ben },
          ],
        },
        { kind: "not", rule: { kind: "person", person: carl } },
        { kind: "taken", from: "2024-06", to: "2024-08" },
      ],
    });
    expect(printRule(parse(text), names)).toBe(text);
  });

  const forms: readonly (readonly [string, string])[] = [
    ["favourite", "favourite"],
    ["NOT Favourite AND unnamed OR hidden", "(not favourite and unnamed) or hidden"],
    ["favourite and (unnamed and hidden)", "favourite and (unnamed and hidden)"],
    ["((favourite))", "favourite"],
    ["not not favourite", "not not favourite"],
    ["person : Anna", 'person:"Anna"'],
    ['person:"anna"', 'person:"Anna"'],
    ["person:Benny", 'person:"Ben"#eeeeeeee'],
    ['person:"Doris"#1', 'person:"Doris"#11111111'],
    [`person:#${id("7")}`, `person:#${id("7")}`],
    ["only(Anna,Ben)", 'only("Anna", "Ben")'],
    ["faces:2", "faces:2"],
    ["faces:..4", "faces:0..4"],
    ["faces:2..", "faces:2.."],
    ["faces:2..4", "faces:2..4"],
    ["taken:2024", "taken:2024"],
    ["taken:..2024-06-30", "taken:..2024-06-30"],
    ["taken:2024-06..", "taken:2024-06.."],
    ["recent:30d", "recent:30d"],
    ["within:-48.1371,011.5000,5.5km", "within:-48.1371,11.5,5.5km"],
    ["within:0,-0.0000001,0.001km", "within:0,-0.0000001,0.001km"],
    ['camera:"Pixel 8"', 'camera:"Pixel 8"'],
    ["type:image/jpeg", 'type:"image/jpeg"'],
    ['text:"at the lake"', 'text:"at the lake"'],
    ["album:Summer", 'album:"Summer"'],
  ];
  for (const [text, printed] of forms) {
    test(`${text} → ${printed}`, () => {
      const rule = parse(text);
      expect(printRule(rule, names)).toBe(printed);
      expect(parse(printed)).toEqual(rule);
      expect(parseStoredRule(encodeRule(rule))).toEqual({ ok: true, value: rule });
    });
  }
});

test("ids that begin alike are printed with as many digits as it takes", () => {
  const alike = ["12345678a", "12345678b"].map((first) => ({
    id: first.padEnd(32, "0") as PersonId,
    name: "Eva",
    rank: 0 as const,
  }));
  const table: RuleNames = { people: alike, albums: [] };
  const rule: Rule = { kind: "person", person: alike[1]?.id as PersonId };
  expect(printRule(rule, table)).toBe('person:"Eva"#12345678b');
  expect(parseRuleText(printRule(rule, table), table)).toEqual({ ok: true, value: rule });
});

describe("what is no rule", () => {
  const wrong: readonly (readonly [string, number, string])[] = [
    ["", 1, "the text ends here; a clause is due: person, only"],
    ["favourite and", 14, "the text ends here; a clause is due"],
    ["favourite favourite", 11, '"and", "or" or the end is due'],
    ["favourite)", 10, "this bracket closes nothing; remove it"],
    ["(favourite or unnamed", 22, 'the bracket at character 1 is not closed; write ")"'],
    ["persn:Anna", 1, '"persn" is no clause; write person, only'],
    ["person Anna", 7, 'a colon is due after "person"; write person:"Anna"'],
    ['person:"Anna', 8, "this text has no end"],
    ['person:"Ana"', 8, 'no person is called "Ana"; known are "Anna"'],
    ['person:"Doris"', 8, 'several are called "Doris"; write person:"Doris"#11111111 or person:"Doris"#dddddddd'],
    ['person:"Doris"#2', 8, 'no person called "Doris" has an id that begins with 2'],
    ["person:#abc", 8, "an id without a name has 32 digits"],
    ["album:Winter", 7, 'no album is called "Winter"; known are "Summer"'],
    ["only Anna", 5, 'a bracket is due after "only"'],
    ["only(Anna Ben)", 10, "a closing bracket or a comma is due"],
    ["faces:many", 7, "a number is due"],
    ["faces:4..2", 1, "the range ends before it begins"],
    ["faces:1001", 1, "faces count from 0 to 1000"],
    ["taken:..", 1, "it has neither begin nor end"],
    ["taken:2024-13", 1, '"2024-13" is no day; write 2024, 2024-06 or 2024-06-30'],
    ["taken:2024-08..2024-06", 1, "the range ends before it begins"],
    ["recent:30", 8, "a number of days is due; write recent:30d"],
    ["within:48.1,5km", 8, "latitude, longitude and distance are due"],
    ["within:91,0,5km", 1, "a latitude is between -90 and 90"],
    ["within:0,0,0km", 1, "a distance is between 0.001km and 20000km"],
    ['camera:""', 1, "what camera looks for is empty"],
    [`${"(".repeat(17)}favourite`, 18, "rules nest at most 16 deep"],
    [`${"not ".repeat(17)}favourite`, 69, "rules nest at most 16 deep"],
    [`${"favourite or ".repeat(200)}favourite`, 2610, "a rule has at most 200 parts"],
    ["x".repeat(10_001), 10_001, "a rule has at most 10000 characters"],
  ];
  for (const [text, at, reason] of wrong) {
    test(`${text.slice(0, 40)}: character ${at}`, () => {
      expect(parseRuleText(text, names)).toEqual({
        ok: false,
        error: { kind: "bad-rule", at, reason: expect.stringContaining(reason) },
      });
    });
  }

  test("every reason is one line, whatever names stand in it", () => {
    for (const text of [...wrong.map(([one]) => one), 'person:"a\nb"', 'album:"\r\u2028"', `person:"${"x".repeat(9000)}"`]) {
      const parsed = parseRuleText(text, names);
      expect(parsed.ok || !/[\n\r\u2028]|.{500}/.test(parsed.error.reason)).toBe(true);
    }
  });
});
