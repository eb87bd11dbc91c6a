import { describe, expect, test } from "vitest";
import { parseFact } from "@albumen/core/facts/fact-codec.ts";
import type { FactReference } from "@albumen/core/facts/fact.ts";
import type { PersonId } from "@albumen/core/ids/ids.ts";
import type { Edit } from "@albumen/core/projection/edit.ts";
import { createLibraryWorld, type TestDevice } from "../arbitraries/library-world.ts";
import { faceOf, madeUpRecord } from "../arbitraries/library-photos.ts";

const photo = madeUpRecord(1, [0]);
const face = faceOf(photo);

function createCouple(): { readonly laptop: TestDevice; readonly anna: PersonId; readonly ben: PersonId } {
  const world = createLibraryWorld();
  const [laptop, anna, ben] = [world.device("Laptop"), world.person(), world.person()];
  laptop.announce([photo, madeUpRecord(2, [1]), madeUpRecord(3, [2])]);
  laptop.edit({ kind: "assignNew", faces: [faceOf(madeUpRecord(2, [1]))], person: anna, name: "Anna" });
  laptop.edit({ kind: "assignNew", faces: [faceOf(madeUpRecord(3, [2]))], person: ben, name: "Ben" });
  return { laptop, anna, ben };
}

/** The kinds of the statements that an edit would take the place of. */
function supersededBy(device: TestDevice, edit: Edit): readonly string[] {
  const planned = device.plan(edit);
  if (!planned.ok) throw new Error(planned.error.reason);
  const references = planned.value.facts.flatMap((bytes): readonly FactReference[] => {
    const parsed = parseFact(bytes);
    return parsed.ok ? parsed.value.supersedes : [];
  });
  const { live } = device.project().replay;
  return references.map(({ fact, index }) => live.factOf(fact)?.statements[index]?.kind ?? "nothing").sort();
}

describe("what an edit takes the place of", () => {
  test("an assign: every assign and ignore of the face, and the denies of that person alone", () => {
    const { laptop, anna, ben } = createCouple();
    laptop.edit({ kind: "deny", face, person: anna });
    laptop.edit({ kind: "deny", face, person: ben });
    laptop.edit({ kind: "ignore", faces: [face] });
    expect(supersededBy(laptop, { kind: "assign", faces: [face], person: anna })).toEqual(["deny", "ignore"]);
    laptop.edit({ kind: "assign", faces: [face], person: anna });
    expect(laptop.plan({ kind: "deny", face, person: ben })).toMatchObject({ error: { kind: "nothing-to-do" } });
    expect(supersededBy(laptop, { kind: "assign", faces: [face], person: ben })).toEqual(["assign", "deny"]);
  });

  test("a deny: assigns and denies of its own pair, nothing else", () => {
    const { laptop, anna, ben } = createCouple();
    laptop.edit({ kind: "assign", faces: [face], person: ben });
    expect(supersededBy(laptop, { kind: "deny", face, person: anna })).toEqual([]);
    expect(supersededBy(laptop, { kind: "deny", face, person: ben })).toEqual(["assign"]);
  });

  test("an ignore: assigns and ignores, but no deny", () => {
    const { laptop, anna, ben } = createCouple();
    laptop.edit({ kind: "deny", face, person: anna });
    laptop.edit({ kind: "assign", faces: [face], person: ben });
    expect(supersededBy(laptop, { kind: "ignore", faces: [face] })).toEqual(["assign"]);
  });

  test("a deny of united people is said of each, so that it also holds once they are apart", () => {
    const { laptop, anna, ben } = createCouple();
    laptop.edit({ kind: "merge", a: anna, b: ben });
    laptop.edit({ kind: "deny", face, person: ben });
    laptop.edit({ kind: "unmerge", person: anna });
    for (const person of [anna, ben])
      expect(laptop.plan({ kind: "deny", face, person })).toMatchObject({ error: { kind: "nothing-to-do" } });
  });

  test("an assign to united people takes the place of the denies of all of them", () => {
    const { laptop, anna, ben } = createCouple();
    laptop.edit({ kind: "deny", face, person: ben });
    laptop.edit({ kind: "merge", a: anna, b: ben });
    laptop.edit({ kind: "assign", faces: [face], person: anna });
    expect(laptop.view().people[0]?.faces).toContain(face);
    expect(laptop.view().conflicts).toEqual([]);
  });
});
