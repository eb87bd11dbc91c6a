/** Every row of the design's table of conflicts, made by two devices that did not see each other, as both see it afterwards. */
import { describe, expect, test } from "vitest";
import { encodeFact } from "@albumen/core/facts/fact-codec.ts";
import type { AlbumId, PersonId, PhotoId } from "@albumen/core/ids/ids.ts";
import type { Edit } from "@albumen/core/projection/edit.ts";
import type { FaceView, LibraryView } from "@albumen/core/projection/view.ts";
import { createLibraryWorld, exchange, type LibraryWorld, type TestDevice } from "../arbitraries/library-world.ts";
import { faceOf, madeUpRecord } from "../arbitraries/library-photos.ts";

const photos = [madeUpRecord(1, [0]), madeUpRecord(2, [0]), madeUpRecord(3, [1]), madeUpRecord(4, [2])];
const [one, two, three, four] = photos.map((photo) => faceOf(photo)) as [never, never, never, never];
const photo = photos[0]?.photo as PhotoId;

interface Family {
  readonly world: LibraryWorld;
  readonly laptop: TestDevice;
  readonly phone: TestDevice;
  readonly anna: PersonId;
  readonly ben: PersonId;
  readonly carl: PersonId;
  readonly album: AlbumId;
}

/** Anna is faces one and two, Ben three, Carl four. */
function createFamily(): Family {
  const world = createLibraryWorld();
  const [laptop, phone] = [world.device("Laptop"), world.device("Phone")];
  const [anna, ben, carl, album] = [world.person(), world.person(), world.person(), world.album()];
  laptop.announce(photos);
  laptop.edit({ kind: "assignNew", faces: [two], person: anna, name: "Anna" });
  laptop.edit({ kind: "assignNew", faces: [three], person: ben, name: "Ben" });
  laptop.edit({ kind: "assignNew", faces: [four], person: carl, name: "Carl" });
  laptop.edit({ kind: "createAlbum", album, name: "Us", rule: "" });
  exchange(laptop, phone);
  return { world, laptop, phone, anna, ben, carl, album };
}

/** What both see after each made these edits apart; it is the same, and also with the roles of the devices exchanged. */
function apart(family: Family, onLaptop: readonly Edit[], onPhone: readonly Edit[]): LibraryView {
  for (const edit of onLaptop) family.laptop.edit(edit);
  for (const edit of onPhone) family.phone.edit(edit);
  exchange(family.laptop, family.phone);
  expect(family.phone.view()).toEqual(family.laptop.view());
  return family.laptop.view();
}

function faceIn(view: LibraryView, id: string): FaceView | undefined {
  return view.photos.flatMap(({ faces }) => faces).find((face) => face.id === id);
}

const kinds = (view: LibraryView): readonly string[] => view.conflicts.map(({ kind }) => kind);
const names = (view: LibraryView): readonly (string | null)[] => view.people.map(({ name }) => name);

describe("conflicts", () => {
  test("assign A ∥ assign B: the greater (height, id) holds, and both stand in the inbox", () => {
    const family = createFamily();
    const { anna, ben } = family;
    const view = apart(
      family,
      [{ kind: "assign", faces: [one], person: anna }],
      [
        { kind: "favourite", photo, favourite: true },
        { kind: "assign", faces: [one], person: ben },
      ],
    );
    expect(faceIn(view, one)).toMatchObject({ person: ben, belonging: "confirmed" });
    expect(view.conflicts).toMatchObject([{ kind: "assign-assign", facts: [expect.any(String), expect.any(String)] }]);
    family.laptop.edit({ kind: "assign", faces: [one], person: anna });
    expect([faceIn(family.laptop.view(), one)?.person, kinds(family.laptop.view())]).toEqual([anna, []]);
  });

  test("saying again what holds settles a disagreement", () => {
    const family = createFamily();
    const { anna, ben, laptop } = family;
    const view = apart(family, [{ kind: "assign", faces: [one], person: anna }], [{ kind: "assign", faces: [one], person: ben }]);
    const person = faceIn(view, one)?.person as PersonId;
    laptop.edit({ kind: "assign", faces: [one], person });
    expect([faceIn(laptop.view(), one)?.person, kinds(laptop.view())]).toEqual([person, []]);
  });

  test("assign A ∥ assign B, united: no conflict", () => {
    const family = createFamily();
    family.laptop.edit({ kind: "merge", a: family.anna, b: family.ben });
    exchange(family.laptop, family.phone);
    const view = apart(
      family,
      [{ kind: "assign", faces: [four], person: family.anna }],
      [{ kind: "assign", faces: [four], person: family.ben }],
    );
    expect(faceIn(view, four)?.person).toBe(family.anna);
    expect(kinds(view)).toEqual([]);
  });

  test("assign A ∥ deny A: the deny holds, whichever was higher, until somebody who saw both assigns", () => {
    for (const swap of [false, true]) {
      const family = createFamily();
      const later: Edit = { kind: "favourite", photo, favourite: true };
      const assign: Edit = { kind: "assign", faces: [one], person: family.anna };
      const deny: Edit = { kind: "deny", face: one, person: family.anna };
      const view = apart(family, swap ? [assign] : [later, assign], swap ? [later, deny] : [deny]);
      expect(faceIn(view, one)).toMatchObject({ person: null, belonging: null });
      expect(kinds(view)).toEqual(["assign-deny"]);
      family.phone.edit(assign);
      expect(faceIn(family.phone.view(), one)).toMatchObject({ person: family.anna, belonging: "confirmed" });
      expect(kinds(family.phone.view())).toEqual([]);
    }
  });

  test("a deny takes one person away and leaves what else was said of the face", () => {
    const family = createFamily();
    const { anna, ben } = family;
    const view = apart(
      family,
      [{ kind: "assign", faces: [one], person: ben }],
      [
        { kind: "favourite", photo, favourite: true },
        { kind: "assign", faces: [one], person: anna },
        { kind: "deny", face: one, person: anna },
      ],
    );
    expect(faceIn(view, one)).toMatchObject({ person: ben, belonging: "confirmed" });
  });

  test("assign ∥ ignore: the assign holds", () => {
    const family = createFamily();
    const view = apart(family, [{ kind: "assign", faces: [one], person: family.anna }], [{ kind: "ignore", faces: [one] }]);
    expect(faceIn(view, one)).toMatchObject({ person: family.anna, ignored: false });
    expect(kinds(view)).toEqual(["assign-ignore"]);
  });

  test("union ∥ distinct: the union is held back, also through chains, and the greatest unions come first", () => {
    const direct = createFamily();
    const view = apart(
      direct,
      [{ kind: "merge", a: direct.anna, b: direct.ben }],
      [{ kind: "distinct", a: direct.ben, b: direct.anna }],
    );
    expect(names(view)).toEqual(["Anna", "Ben", "Carl"]);
    expect(kinds(view)).toEqual(["union-distinct"]);
    const chain = createFamily();
    const { anna, ben, carl } = chain;
    const chained = apart(
      chain,
      [
        { kind: "merge", a: anna, b: ben },
        { kind: "merge", a: ben, b: carl },
      ],
      [{ kind: "distinct", a: anna, b: carl }],
    );
    expect(chained.people.map(({ members }) => members.length).sort()).toEqual([1, 2]);
    expect(chained.people.find(({ id }) => id === anna)?.members).toEqual([anna]);
    expect(kinds(chained)).toEqual(["union-distinct"]);
    chain.phone.edit({ kind: "merge", a: anna, b: ben });
    expect(chain.phone.view().people.map(({ members }) => members)).toEqual([[anna, ben, carl]]);
    expect(kinds(chain.phone.view())).toEqual([]);
  });

  test("name ∥ name: the greater is shown, the other is an alias; both are in the inbox", () => {
    const family = createFamily();
    const view = apart(
      family,
      [{ kind: "name", person: family.anna, name: "Annabel" }],
      [
        { kind: "favourite", photo, favourite: true },
        { kind: "name", person: family.anna, name: "Annika" },
      ],
    );
    expect(view.people.find(({ id }) => id === family.anna)).toMatchObject({ name: "Annika", aliases: ["Annabel"] });
    expect(kinds(view)).toEqual(["name-name"]);
  });

  test("caption ∥ caption and rule ∥ rule: the greater is shown, the others stay in the inbox", () => {
    const family = createFamily();
    const { album } = family;
    const view = apart(
      family,
      [
        { kind: "caption", photo, text: "one" },
        { kind: "rule", album, rule: "favourite" },
      ],
      [
        { kind: "rule", album, rule: "unnamed" },
        { kind: "caption", photo, text: "two" },
      ],
    );
    const shown = view.photos.find(({ id }) => id === photo)?.caption ?? "";
    expect([["one", "two"].includes(shown), ["favourite", "unnamed"].includes(view.albums[0]?.rule ?? "")]).toEqual([true, true]);
    expect(kinds(view)).toEqual(["caption-caption", "rule-rule"]);
  });

  test("name ∥ union: both hold; the union says which name is shown", () => {
    const family = createFamily();
    const { anna, ben } = family;
    const view = apart(family, [{ kind: "merge", a: anna, b: ben }], [{ kind: "name", person: ben, name: "Benjamin" }]);
    expect(view.people.find(({ id }) => id === anna)).toMatchObject({
      name: "Anna",
      aliases: ["Benjamin"],
      members: [anna, ben],
    });
    expect(kinds(view)).toEqual([]);
  });

  test("pin ∥ exclude: the exclude holds", () => {
    const family = createFamily();
    const { album } = family;
    const view = apart(family, [{ kind: "pin", album, photos: [photo] }], [{ kind: "exclude", album, photos: [photo] }]);
    expect(view.albums[0]?.photos).toEqual([]);
    expect(kinds(view)).toEqual(["pin-exclude"]);
    family.laptop.edit({ kind: "pin", album, photos: [photo] });
    expect([family.laptop.view().albums[0]?.photos, kinds(family.laptop.view())]).toEqual([[photo], []]);
  });

  test("trash ∥ restore: the restore holds", () => {
    const family = createFamily();
    family.laptop.edit({ kind: "trash", photos: [photo] });
    exchange(family.laptop, family.phone);
    family.phone.edit({ kind: "restore", photos: [photo] });
    const view = apart(
      family,
      [
        { kind: "restore", photos: [photo] },
        { kind: "trash", photos: [photo] },
      ],
      [],
    );
    expect(view.photos.find(({ id }) => id === photo)?.trashed).toBe(false);
    expect(kinds(view)).toEqual(["trash-restore"]);
  });

  test("within one record a delete has seen what stands before it, and not what stands after", () => {
    for (const deletesLast of [true, false]) {
      const { laptop, anna } = createFamily();
      const assign = { what: "assign", facts: [encodeFact({ kind: "assign", faces: [one], person: anna })] };
      const deletion = { what: "delete", facts: [encodeFact({ kind: "delete", entity: { kind: "person", id: anna } })] };
      laptop.write(...(deletesLast ? [assign, deletion] : [deletion, assign]));
      expect(names(laptop.view()).includes("Anna")).toBe(!deletesLast);
    }
  });

  test("delete holds iff its author had seen everything about the entity", () => {
    const alone = createFamily();
    expect(names(apart(alone, [{ kind: "deletePerson", person: alone.anna }], []))).toEqual(["Ben", "Carl"]);
    const family = createFamily();
    const { anna, album } = family;
    const view = apart(
      family,
      [
        { kind: "deletePerson", person: anna },
        { kind: "deleteAlbum", album },
      ],
      [{ kind: "assign", faces: [one], person: anna }],
    );
    expect([names(view), view.albums, kinds(view)]).toEqual([["Anna", "Ben", "Carl"], [], ["delete"]]);
    family.laptop.edit({ kind: "deletePerson", person: anna });
    expect([names(family.laptop.view()), kinds(family.laptop.view())]).toEqual([["Ben", "Carl"], []]);
  });
});
