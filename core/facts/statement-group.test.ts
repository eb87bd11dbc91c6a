import { expect, test } from "vitest";
import type { FaceId } from "../ids/face.ts";
import type { AlbumId, FactId, IndexHash, PersonId, PhotoId } from "../ids/ids.ts";
import { isSameGroup } from "./statement-group.ts";
import { groupKey, type Statement } from "./statement.ts";

const box = { x: 1, y: 2, w: 3, h: 4 };

/** One statement of every kind about the subjects `a` and `b`. */
function statementsAbout(a: string, b: string): readonly Statement[] {
  const [person, other, album, photo, face] = [a as PersonId, b as PersonId, a as AlbumId, b as PhotoId, b as FaceId];
  return [
    ...(["assign", "deny", "answer"] as const).map((kind) => ({ kind, face, person })),
    { kind: "ignore", face },
    { kind: "manualFace", face, photo, box },
    ...(["name", "note", "birth"] as const).map((kind) => ({ kind, person, text: b })),
    { kind: "cover", person, face },
    { kind: "hide", person, flag: true },
    { kind: "union", a: person, b: other, shown: person },
    { kind: "distinct", a: person, b: other },
    ...(["albumName", "sort"] as const).map((kind) => ({ kind, album, text: b })),
    { kind: "rule", album, rule: null },
    ...(["albumCover", "pin", "exclude"] as const).map((kind) => ({ kind, album, photo })),
    ...(["favourite", "hidePhoto"] as const).map((kind) => ({ kind, photo, flag: true })),
    { kind: "caption", photo, text: a },
    { kind: "correctDate", photo, date: null },
    { kind: "correctPlace", photo, place: null },
    ...(["trash", "restore"] as const).map((kind) => ({ kind, photo })),
    { kind: "settleIndex", photo, index: a as IndexHash },
    { kind: "delete", entity: { kind: "person", id: person } },
    { kind: "delete", entity: { kind: "album", id: album } },
    { kind: "delete", entity: { kind: "photo", id: photo } },
    { kind: "retract", target: { fact: a as FactId, index: b === "x" ? 0 : 1 } },
    { kind: "setting", key: a, text: b },
  ];
}

test("two statements are of one group exactly where their keys are equal", () => {
  const statements = ["x", "y", "z"].flatMap((a) => ["x", "y", "z"].flatMap((b) => statementsAbout(a, b)));
  for (const left of statements) {
    for (const right of statements) {
      expect(isSameGroup(left, right), `${groupKey(left)} | ${groupKey(right)}`).toBe(groupKey(left) === groupKey(right));
    }
  }
});
