import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ClusterId, PersonId } from "@albumen/core/ids/ids.ts";
import { createLibraryWorld, exchange, type TestDevice } from "../arbitraries/library-world.ts";
import { faceOf, madeUpRecord } from "../arbitraries/library-photos.ts";
import { libraryScripts, playScript } from "../arbitraries/library-scripts.ts";

describe("un-merge", () => {
  test("brings both people back with all their assertions, years and many edits later, from another device", () => {
    const world = createLibraryWorld();
    const [laptop, phone] = [world.device("Laptop"), world.device("Phone")];
    const photos = [madeUpRecord(1, [0]), madeUpRecord(2, [0]), madeUpRecord(3, [1]), madeUpRecord(4, [2])];
    const [one, , three, four] = photos.map((photo) => faceOf(photo)) as [never, never, never, never];
    laptop.announce(photos);
    const [anna, ben] = [world.person(), world.person()];
    laptop.edit({ kind: "nameCluster", cluster: laptop.view().clusters[0]?.id as ClusterId, person: anna, name: "Anna" });
    laptop.edit({ kind: "assignNew", faces: [three], person: ben, name: "Ben" });
    laptop.edit({ kind: "deny", face: four, person: ben });
    const before = laptop.view().people;
    laptop.edit({ kind: "merge", a: anna, b: ben });
    expect(laptop.view().people).toMatchObject([{ id: anna, members: [anna, ben], name: "Anna", aliases: ["Ben"] }]);
    for (let year = 0; year < 30; year++)
      laptop.edit({ kind: "caption", photo: photos[0]?.photo as never, text: `year ${year}` });
    laptop.edit({ kind: "deny", face: one, person: anna });
    exchange(laptop, phone);
    const unmerge = phone.edit({ kind: "unmerge", person: anna });
    const denied = before.map((person) =>
      person.id === anna
        ? { ...person, faces: person.faces.slice(1), photos: person.photos.slice(1), cover: person.faces[1] }
        : person,
    );
    expect(phone.view().people).toEqual(denied);
    laptop.receive(phone);
    laptop.edit({ kind: "undo", event: unmerge });
    expect(laptop.view().people).toMatchObject([{ members: [anna, ben], name: "Anna" }]);
  });

  test("merge, then un-merge, is nothing at all, for any two people of any library", () => {
    let merged = 0;
    fc.assert(
      fc.property(libraryScripts(25), fc.nat(), fc.nat(), (steps, first, second) => {
        const played = playScript(steps);
        exchange(...played.devices);
        const [laptop, phone] = played.devices as [TestDevice, TestDevice];
        const singles = laptop.view().people.filter(({ members }) => members.length === 1);
        const [a, b] = [first, second].map((pick) => singles[pick % singles.length]?.id) as [
          PersonId | undefined,
          PersonId | undefined,
        ];
        if (a === undefined || b === undefined || a === b) return;
        const { people, albums } = laptop.view();
        laptop.edit({ kind: "merge", a, b });
        if (!laptop.view().people.some(({ members }) => members.includes(a) && members.includes(b)))
          throw new Error("not merged");
        merged++;
        phone.receive(laptop);
        phone.edit({ kind: "unmerge", person: b });
        expect([phone.view().people, phone.view().albums]).toEqual([people, albums]);
      }),
      { seed: 21, numRuns: 120 },
    );
    expect(merged).toBeGreaterThan(40);
  });

  test("takes back a union that was held back before it, so that no disagreement is left", () => {
    const { devices } = playScript([]);
    const [laptop, phone] = devices as [TestDevice, TestDevice];
    const [anna, ben] = laptop.view().people.map(({ id }) => id) as [PersonId, PersonId];
    laptop.edit({ kind: "merge", a: anna, b: ben });
    phone.edit({ kind: "distinct", a: anna, b: ben });
    exchange(laptop, phone);
    expect(laptop.view().conflicts).toHaveLength(1);
    laptop.edit({ kind: "merge", a: anna, b: ben });
    expect([laptop.view().people.length, laptop.view().conflicts]).toEqual([2, []]);
    laptop.edit({ kind: "unmerge", person: anna });
    expect([laptop.view().people.length, laptop.view().conflicts]).toEqual([3, []]);
  });

  test("a person who was not merged cannot be un-merged", () => {
    const { devices } = playScript([]);
    const [laptop] = devices as [TestDevice];
    const person = laptop.view().people[0]?.id as PersonId;
    expect(laptop.plan({ kind: "unmerge", person })).toEqual({
      ok: false,
      error: { kind: "nothing-to-do", reason: "Anna was not merged with anybody." },
    });
  });
});
