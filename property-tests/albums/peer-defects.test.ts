/** The defects of the nearest peer's smart albums, by their number, each as what happens here instead. */
import { describe, expect, test } from "vitest";
import type { AlbumId, ClusterId, PersonId, PhotoId } from "@albumen/core/ids/ids.ts";
import type { LibraryView } from "@albumen/core/projection/view.ts";
import { createLibraryWorld, exchange, type LibraryWorld, type TestDevice } from "../arbitraries/library-world.ts";
import { faceOf, madeUpRecord } from "../arbitraries/library-photos.ts";

// Anna alone, Anna and Ben, Ben alone, Carl, nobody.
const photos = [madeUpRecord(1, [0]), madeUpRecord(2, [0, 1]), madeUpRecord(3, [1]), madeUpRecord(4, [2]), madeUpRecord(5, [])];
const [alone, both, ben2, carl4, empty] = photos.map(({ photo }) => photo) as [PhotoId, PhotoId, PhotoId, PhotoId, PhotoId];

interface Family {
  readonly world: LibraryWorld;
  readonly laptop: TestDevice;
  readonly phone: TestDevice;
  readonly anna: PersonId;
  readonly ben: PersonId;
  readonly album: AlbumId;
}

function createFamily(rule = 'person:"Anna" or person:"Ben"'): Family {
  const world = createLibraryWorld();
  const [laptop, phone] = [world.device("Laptop"), world.device("Phone")];
  const [anna, ben, album] = [world.person(), world.person(), world.album()];
  laptop.announce(photos);
  for (const [person, name] of [
    [anna, "Anna"],
    [ben, "Ben"],
    [world.person(), "Carl"],
  ] as const) {
    laptop.edit({ kind: "nameCluster", cluster: laptop.view().clusters[0]?.id as ClusterId, person, name });
  }
  laptop.edit({ kind: "createAlbum", album, name: "Us", rule });
  exchange(laptop, phone);
  return { world, laptop, phone, anna, ben, album };
}

const members = (device: TestDevice): readonly PhotoId[] => device.view().albums[0]?.photos ?? [];
const names = (view: LibraryView): readonly (string | null)[] => view.people.map(({ name }) => name);

describe("defects of the nearest peer", () => {
  test("1: a rule is not only any-of: all, none and nested rules hold what they say", () => {
    const { laptop, album } = createFamily();
    const expected: readonly (readonly [string, readonly PhotoId[]])[] = [
      ['person:"Anna" and person:"Ben"', [both]],
      ['person:"Anna" and not person:"Ben"', [alone]],
      ['only("Ben")', [ben2]],
      ['(person:"Anna" or person:"Carl") and not (person:"Ben" or faces:0)', [alone, carl4]],
      ["faces:0", [empty]],
    ];
    for (const [rule, photosOfRule] of expected) {
      laptop.edit({ kind: "rule", album, rule });
      expect([rule, members(laptop)]).toEqual([rule, photosOfRule]);
    }
  });

  test("3: a face corrected to “not this person” takes the photo out again, on every device", () => {
    const { laptop, phone, anna } = createFamily('person:"Anna"');
    phone.edit({ kind: "deny", face: faceOf(photos[0] as never), person: anna });
    exchange(laptop, phone);
    expect([members(laptop), members(phone)]).toEqual([[both], [both]]);
  });

  test("4: a photo removed by hand stays out when a second person on it joins the rule", () => {
    const { laptop, album } = createFamily('person:"Anna"');
    laptop.edit({ kind: "exclude", album, photos: [both] });
    laptop.edit({ kind: "rule", album, rule: 'person:"Anna" or person:"Ben"' });
    expect(members(laptop)).toEqual([alone, ben2]);
  });

  test("5: taking a person out of the rule leaves photos of another person in it, and those added by hand", () => {
    const { laptop, album } = createFamily();
    laptop.edit({ kind: "pin", album, photos: [empty] });
    laptop.edit({ kind: "rule", album, rule: 'person:"Ben"' });
    expect(members(laptop)).toEqual([both, ben2, empty]);
    laptop.edit({ kind: "rule", album, rule: "" });
    expect(members(laptop)).toEqual([empty]);
  });

  test("6: deleting a person loses nothing: undo brings back name, assignments and rejections, and the rule says what is wrong meanwhile", () => {
    const { laptop, phone, anna } = createFamily('person:"Anna"');
    laptop.edit({ kind: "deny", face: faceOf(photos[3] as never), person: anna });
    const { people, albums } = laptop.view();
    const deletion = laptop.edit({ kind: "deletePerson", person: anna });
    expect(names(laptop.view())).toEqual(["Ben", "Carl"]);
    expect(laptop.view().albums[0]).toMatchObject({
      photos: [],
      problem: expect.stringContaining("names a person who is not here any more"),
    });
    exchange(laptop, phone);
    phone.edit({ kind: "undo", event: deletion });
    expect([phone.view().people, phone.view().albums]).toEqual([people, albums]);
    expect(phone.plan({ kind: "deny", face: faceOf(photos[3] as never), person: anna })).toMatchObject({
      error: { kind: "nothing-to-do" },
    });
  });

  test("7: two named people can be merged, and rules follow", () => {
    const { laptop, anna, ben } = createFamily('person:"Ben"');
    laptop.edit({ kind: "merge", a: anna, b: ben });
    expect(laptop.view().people[0]).toMatchObject({ name: "Anna", aliases: ["Ben"] });
    expect(members(laptop)).toEqual([alone, both, ben2]);
  });

  test("8: edits of two devices both survive: another photo pinned, another rule, another name", () => {
    const { laptop, phone, album, ben } = createFamily();
    laptop.edit({ kind: "rule", album, rule: 'person:"Anna"' });
    phone.edit({ kind: "pin", album, photos: [empty] });
    phone.edit({ kind: "renameAlbum", album, name: "All of us" });
    phone.edit({ kind: "name", person: ben, name: "Benjamin" });
    exchange(laptop, phone);
    expect(laptop.view().albums).toMatchObject([{ name: "All of us", rule: 'person:"Anna"', photos: [alone, both, empty] }]);
    expect(names(phone.view())).toEqual(["Anna", "Benjamin", "Carl"]);
    expect(phone.view().digest).toEqual(laptop.view().digest);
  });

  test("11: photos that arrive after a late correction enter the album without touching the rule", () => {
    const { laptop, phone, album } = createFamily('person:"Anna"');
    laptop.announce([madeUpRecord(6, [0])]);
    phone.announce([madeUpRecord(7, [0, 3])]);
    phone.edit({ kind: "name", person: phone.view().people[0]?.id as PersonId, name: "Annabel" });
    exchange(laptop, phone);
    expect(members(laptop)).toEqual([alone, both, ...[6, 7].map((number) => madeUpRecord(number, []).photo)]);
    expect(laptop.view().albums[0]).toMatchObject({ id: album, rule: 'person:"Annabel"' });
  });

  test("12: names never vanish: a device that missed everything, and one that was removed, take none away", () => {
    const { world, laptop, phone } = createFamily();
    const tablet = world.device("Tablet");
    tablet.edit({ kind: "createAlbum", album: world.album(), name: "Empty", rule: "" });
    for (const { hash } of tablet.held.values()) world.voided.add(hash);
    exchange(laptop, phone, tablet);
    for (const device of [laptop, phone, tablet]) expect(names(device.view())).toEqual(["Anna", "Ben", "Carl"]);
    expect(tablet.view().history.filter(({ apart }) => apart !== null)).toMatchObject([
      { apart: "Set aside: its device was removed before it." },
    ]);
  });
});
