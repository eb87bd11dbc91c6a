import { describe, expect, test } from "vitest";
import type { PersonId, PhotoId } from "@albumen/core/ids/ids.ts";
import { chipsToRule, matchChips, noChips, parseChips, type Chips } from "./rule-text.ts";
import type { LibraryView } from "./types.ts";

const id = (letter: string): PersonId => letter.repeat(32) as PersonId;
const person = (letter: string, name: string | null, photos: readonly string[]) => ({
  id: id(letter),
  members: [id(letter)],
  name,
  aliases: [],
  photos,
});
const view = {
  people: [
    person("a", "Anna", ["1", "2", "3"]),
    person("b", 'Ben "B" \\', ["2", "3", "4"]),
    person("c", "Carl", ["3", "5"]),
    person("d", "Carl", ["6"]),
    person("e", null, ["7"]),
  ],
  photos: ["1", "2", "3", "4", "5", "6", "7"].map((photo) => ({ id: photo as PhotoId, trashed: photo === "4", hidden: false })),
} as unknown as LibraryView;
const [anna, ben, carl, other, unnamed] = [id("a"), id("b"), id("c"), id("d"), id("e")];

const cases: readonly (readonly [string, Chips])[] = [
  ["", noChips],
  ['person:"Anna"', { any: [anna], all: [], none: [] }],
  ['person:"Anna" or person:"Ben \\"B\\" \\\\"', { any: [anna, ben], all: [], none: [] }],
  ['person:"Anna" and person:"Ben \\"B\\" \\\\"', { any: [], all: [anna, ben], none: [] }],
  [
    '(person:"Anna" or person:"Ben \\"B\\" \\\\") and not person:"Carl"#cccccccccccc',
    { any: [anna, ben], all: [], none: [carl] },
  ],
  [`not person:"Carl"#dddddddddddd and not person:#${unnamed}`, { any: [], all: [], none: [other, unnamed] }],
];

describe("chips and their text", () => {
  test.each(cases)("%s is printed and read back", (text, chips) => {
    expect(chipsToRule(chips, view)).toBe(text);
    expect(parseChips(text, view)).toEqual(chips);
  });
  test.each([
    'person:"Nobody"',
    'person:"Carl"',
    "favourite",
    'person:"Anna" and favourite',
    'person:"Anna" an',
    "(((",
    'not (person:"Anna")',
  ])("%s is left to its text", (text) => expect(parseChips(text, view)).toBeNull());
  test("matches are those of the engine's reading: any, all, none, without the trash", () => {
    expect(matchChips({ any: [anna, ben], all: [], none: [carl] }, view)).toEqual(["1", "2"]);
    expect(matchChips({ any: [], all: [anna, ben], none: [] }, view)).toEqual(["2", "3"]);
    expect(matchChips({ any: [], all: [], none: [anna] }, view)).toEqual(["5", "6", "7"]);
    expect(matchChips(noChips, view)).toEqual([]);
  });
});
