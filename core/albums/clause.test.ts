import { describe, expect, test } from "vitest";
import type { AlbumId, PersonId, PhotoId } from "../ids/ids.ts";
import { fulfils, type ClauseContext, type PhotoFacts } from "./clause.ts";
import { holdsRule } from "./evaluate.ts";
import type { Clause } from "./rule.ts";

const [anna, ben, benToo, carl] = ["anna", "ben", "benToo", "carl"] as unknown as [PersonId, PersonId, PersonId, PersonId];

const context: ClauseContext = {
  classOf: (person) => (person === benToo ? ben : person),
  isHidden: (person) => person === carl,
  isInAlbum: (album, photo) => album === "summer" && photo === "photo",
  today: "2024-07-01",
};

const photo: PhotoFacts = {
  id: "photo" as PhotoId,
  file: "IMG_1.jpg",
  caption: "Am SEE",
  taken: "2024-06-30T23:30:00+02:00",
  type: "image/jpeg",
  place: { latitude: 481_371_000, longitude: 115_754_000 },
  camera: "Google Pixel 8",
  favourite: true,
  faces: [anna, ben],
};

const bare: PhotoFacts = { ...photo, caption: null, taken: null, place: null, camera: null, favourite: false, faces: [] };
const within = { kind: "within", latitude: 481_400_000, longitude: 115_800_000 } as const;

describe("clauses", () => {
  const cases: readonly (readonly [string, Clause, PhotoFacts, boolean])[] = [
    ["a person who is on it", { kind: "person", person: anna }, photo, true],
    ["a person who is not", { kind: "person", person: carl }, photo, false],
    ["a person united with one who is on it", { kind: "person", person: benToo }, photo, true],
    ["only those who are on it", { kind: "only", people: [anna, benToo, carl] }, photo, true],
    ["only some of those who are on it", { kind: "only", people: [anna] }, photo, false],
    ["only, where somebody is nobody's", { kind: "only", people: [anna] }, { ...photo, faces: [anna, null] }, false],
    ["only, where there are no faces", { kind: "only", people: [anna] }, bare, false],
    ["exactly two faces", { kind: "faces", min: 2, max: 2 }, photo, true],
    ["three faces or more", { kind: "faces", min: 3, max: null }, photo, false],
    ["no faces", { kind: "faces", min: 0, max: 0 }, bare, true],
    ["taken in that year", { kind: "taken", from: "2024", to: "2024" }, photo, true],
    ["taken until that very day", { kind: "taken", from: null, to: "2024-06-30" }, photo, true],
    ["taken before it", { kind: "taken", from: null, to: "2024-06-29" }, photo, false],
    ["taken from the next day", { kind: "taken", from: "2024-07-01", to: null }, photo, false],
    ["taken, without a time", { kind: "taken", from: "2024", to: null }, bare, false],
    ["a day ago", { kind: "recent", days: 1 }, photo, true],
    ["today", { kind: "recent", days: 0 }, photo, false],
    ["recent, in the future", { kind: "recent", days: 9 }, { ...photo, taken: "2024-07-02T00:00:00" }, false],
    ["within a kilometer", { ...within, meters: 1000 }, photo, true],
    ["within 100 meters", { ...within, meters: 100 }, photo, false],
    ["within, without a place", { ...within, meters: 20_000_000 }, bare, false],
    ["part of the camera, in any case", { kind: "camera", text: "PIXEL" }, photo, true],
    ["camera, without one", { kind: "camera", text: "pixel" }, bare, false],
    ["the media type", { kind: "type", text: "image/JPEG" }, photo, true],
    ["its second half", { kind: "type", text: "jpeg" }, photo, true],
    ["a part of it", { kind: "type", text: "jp" }, photo, false],
    ["a text in the caption", { kind: "text", text: "see" }, photo, true],
    ["a text in the file's name", { kind: "text", text: "img_1" }, photo, true],
    ["a text elsewhere", { kind: "text", text: "lake" }, photo, false],
    ["an album that holds it", { kind: "album", album: "summer" as AlbumId }, photo, true],
    ["an album that does not", { kind: "album", album: "winter" as AlbumId }, photo, false],
    ["a favourite", { kind: "favourite" }, photo, true],
    ["no favourite", { kind: "favourite" }, bare, false],
    ["unnamed, where all are named", { kind: "unnamed" }, photo, false],
    ["unnamed, where one is nobody's", { kind: "unnamed" }, { ...photo, faces: [anna, null] }, true],
    ["hidden, where somebody hidden is on it", { kind: "hidden" }, { ...photo, faces: [anna, carl] }, true],
    ["hidden, where nobody is", { kind: "hidden" }, photo, false],
  ];
  for (const [name, clause, subject, expected] of cases) {
    test(`${name}: ${expected}`, () => expect(fulfils(clause, subject, context)).toBe(expected));
  }

  test("all, any and not combine them", () => {
    const yes: Clause = { kind: "favourite" };
    const no: Clause = { kind: "unnamed" };
    expect(holdsRule({ kind: "all", rules: [yes, no] }, photo, context)).toBe(false);
    expect(holdsRule({ kind: "any", rules: [no, yes] }, photo, context)).toBe(true);
    expect(holdsRule({ kind: "all", rules: [yes, { kind: "not", rule: no }] }, photo, context)).toBe(true);
  });
});
