import { expect, test } from "vitest";
import type { Statement } from "../facts/statement.ts";
import type { FaceId } from "../ids/face.ts";
import type { AlbumId, FactId, IndexHash, PersonId, PhotoId } from "../ids/ids.ts";
import { describeFact } from "./fact-text.ts";
import type { Words } from "./words.ts";

const words: Words = { person: (id) => id, album: (id) => `"${id}"`, photo: (id) => `${id}.jpg`, device: (id) => id };
const person = "Anna" as PersonId;
const album = "Summer" as AlbumId;
const photo = "IMG_1" as PhotoId;
const face = "face" as FaceId;

const examples: readonly (readonly [Statement, number, string])[] = [
  [{ kind: "assign", face, person }, 1, "a face is Anna"],
  [{ kind: "assign", face, person }, 3, "3 faces are Anna"],
  [{ kind: "deny", face, person }, 1, "a face is not Anna"],
  [{ kind: "answer", face, person }, 1, "nobody can tell whether a face is Anna"],
  [{ kind: "ignore", face }, 2, "2 faces are ignored"],
  [{ kind: "manualFace", face, photo, box: { x: 0, y: 0, w: 1, h: 1 } }, 1, "there is a face on IMG_1.jpg"],
  [{ kind: "name", person, text: "Ben" }, 1, 'a person is called "Ben"'],
  [{ kind: "note", person, text: "x" }, 1, "there is a note on Anna"],
  [{ kind: "birth", person, text: "1961" }, 1, "Anna was born in 1961"],
  [{ kind: "cover", person, face }, 1, "Anna has another cover"],
  [{ kind: "hide", person, flag: true }, 1, "Anna is hidden"],
  [{ kind: "union", a: person, b: "Ben" as PersonId, shown: person }, 1, "two people are the same: Anna"],
  [{ kind: "distinct", a: person, b: "Ben" as PersonId }, 1, "Anna and Ben are not the same"],
  [{ kind: "albumName", album, text: "Winter" }, 1, 'an album is called "Winter"'],
  [{ kind: "sort", album, text: "newest" }, 1, 'the album "Summer" is sorted by newest'],
  [{ kind: "rule", album, rule: null }, 1, 'the album "Summer" has no rule'],
  [{ kind: "rule", album, rule: new Uint8Array() }, 1, 'the album "Summer" has a rule'],
  [{ kind: "albumCover", album, photo }, 1, 'the album "Summer" has another cover'],
  [{ kind: "pin", album, photo }, 2, '2 photos are added to the album "Summer"'],
  [{ kind: "exclude", album, photo }, 1, 'a photo is taken out of the album "Summer"'],
  [{ kind: "favourite", photo, flag: false }, 1, "IMG_1.jpg is no favourite"],
  [{ kind: "hidePhoto", photo, flag: true }, 2, "2 photos are hidden"],
  [{ kind: "caption", photo, text: 'say "hi"' }, 1, 'the caption of IMG_1.jpg is "say \\"hi\\""'],
  [{ kind: "correctDate", photo, date: "2024-06-01T12:00:00" }, 1, "IMG_1.jpg was taken on 2024-06-01"],
  [{ kind: "correctDate", photo, date: null }, 2, "2 photos were taken at an unknown time"],
  [{ kind: "correctPlace", photo, place: null }, 1, "the place of IMG_1.jpg is unknown"],
  [{ kind: "trash", photo }, 1, "IMG_1.jpg is in the trash"],
  [{ kind: "restore", photo }, 2, "2 photos are out of the trash"],
  [{ kind: "settleIndex", photo, index: "x" as IndexHash }, 1, "the index of IMG_1.jpg is settled"],
  [{ kind: "delete", entity: { kind: "photo", id: photo } }, 1, "IMG_1.jpg is deleted"],
  [{ kind: "delete", entity: { kind: "album", id: album } }, 1, "an album is deleted"],
  [{ kind: "retract", target: { fact: "x" as FactId, index: 0 } }, 2, "2 statements are taken back"],
  [{ kind: "setting", key: "pack", text: "ab" }, 1, 'the setting "pack" is "ab"'],
];

for (const [statement, count, text] of examples) {
  test(text, () => expect(describeFact(new Array<Statement>(count).fill(statement), words)).toBe(text));
}

test("a fact that cannot be read says so", () => {
  expect(describeFact([], words)).toBe("something that this version cannot read");
});
