import { describe, expect, test } from "vitest";
import type { IndexHash, PackId, PhotoId } from "@albumen/core/ids/ids.ts";
import type { IndexRecord } from "@albumen/core/index/index-record.ts";
import { createLibraryWorld, exchange, type LibraryWorld, type TestDevice } from "../arbitraries/library-world.ts";
import { faceOf, madeUpRecord } from "../arbitraries/library-photos.ts";

const newPack = "cd".repeat(16) as PackId;

/** The same photo as another pack sees it: boxes a little apart. */
function seenAnew(record: IndexRecord, faces = record.faces): IndexRecord {
  return { ...record, pack: newPack, faces: faces.map((face) => ({ ...face, box: { ...face.box, x: face.box.x + 700 } })) };
}

function choosePack(device: TestDevice): void {
  device.edit({ kind: "choosePack", pack: newPack });
}

const photo = madeUpRecord(1, [0, 1]);
const [left, right] = [faceOf(photo, 0), faceOf(photo, 1)];

function createNamed(): { readonly world: LibraryWorld; readonly laptop: TestDevice; readonly phone: TestDevice } {
  const world = createLibraryWorld();
  const [laptop, phone] = [world.device("Laptop"), world.device("Phone")];
  laptop.announce([photo, madeUpRecord(2, [0])]);
  laptop.edit({ kind: "assignNew", faces: [left], person: world.person(), name: "Anna" });
  laptop.edit({ kind: "assignNew", faces: [right], person: world.person(), name: "Ben" });
  exchange(laptop, phone);
  return { world, laptop, phone };
}

describe("a new pack", () => {
  test("labels survive: each named box is the face that overlaps it", () => {
    const { laptop, phone } = createNamed();
    phone.announce([seenAnew(photo)]);
    choosePack(phone);
    exchange(laptop, phone);
    const anew = seenAnew(photo);
    const shown = laptop.view().photos.find(({ id }) => id === photo.photo)?.faces ?? [];
    expect(shown.map(({ id, manual, belonging }) => [id, manual, belonging])).toEqual([
      [faceOf(anew, 0), false, "confirmed"],
      [faceOf(anew, 1), false, "confirmed"],
    ]);
    expect(laptop.view().people.map(({ name, photos }) => [name, photos.length])).toEqual([
      ["Anna", 1],
      ["Ben", 1],
    ]);
    expect(phone.view().digest).toEqual(laptop.view().digest);
  });

  test("a named box that the new pack does not see stays as a face drawn by hand", () => {
    const { laptop, phone } = createNamed();
    phone.announce([seenAnew(photo, photo.faces.slice(1))]);
    choosePack(phone);
    exchange(laptop, phone);
    const shown = laptop.view().photos.find(({ id }) => id === photo.photo)?.faces ?? [];
    expect(shown.map(({ id, manual, cluster }) => [id, manual, cluster === null])).toContainEqual([left, true, true]);
    expect(laptop.view().people.map(({ name, photos }) => [name, photos.length])).toEqual([
      ["Anna", 1],
      ["Ben", 1],
    ]);
  });

  test("a denied box that the new pack does not see is no face any more", () => {
    const { laptop, phone } = createNamed();
    const naming = phone.view().history.findLast(({ what }) => what === "assignNew")?.id ?? "";
    phone.edit({ kind: "deny", face: right, person: phone.view().people[0]?.id as never });
    phone.edit({ kind: "undo", event: naming });
    phone.announce([seenAnew(photo, photo.faces.slice(0, 1))]);
    choosePack(phone);
    exchange(laptop, phone);
    expect(laptop.view().photos.find(({ id }) => id === photo.photo)?.faces).toHaveLength(1);
  });

  test("what is said of a face afterwards also decides what was said under its old name", () => {
    const { world, laptop, phone } = createNamed();
    phone.announce([seenAnew(photo)]);
    choosePack(phone);
    const anew = faceOf(seenAnew(photo), 0);
    const anna = phone.view().people[0]?.id as never;
    phone.edit({ kind: "deny", face: anew, person: anna });
    expect(phone.view().people.map(({ name, photos }) => [name, photos.length])).toEqual([
      ["Anna", 0],
      ["Ben", 1],
    ]);
    phone.edit({ kind: "assign", faces: [left], person: anna });
    expect(phone.view().people.map(({ name, photos }) => [name, photos.length])).toEqual([
      ["Anna", 1],
      ["Ben", 1],
    ]);
    phone.edit({ kind: "assignNew", faces: [anew], person: world.person(), name: "Doris" });
    expect(phone.view().people.map(({ name, photos }) => [name, photos.length])).toEqual([
      ["Anna", 0],
      ["Ben", 1],
      ["Doris", 1],
    ]);
    expect(phone.view().conflicts).toEqual([]);
    exchange(laptop, phone);
    expect(laptop.view().digest).toEqual(phone.view().digest);
  });

  test("photos that nobody announced for the library's pack keep what the other pack saw", () => {
    const { laptop } = createNamed();
    choosePack(laptop);
    expect(laptop.view().photos.map(({ indexed, faces }) => [indexed, faces.length])).toEqual([
      [true, 2],
      [true, 1],
    ]);
  });
});

describe("canonical index records", () => {
  test("the most senior announcer's holds; both devices are named; a person can settle it", () => {
    const world = createLibraryWorld();
    const [laptop, phone] = [world.device("Laptop"), world.device("Phone")];
    const other = { ...photo, width: 1234 };
    phone.announce([other]);
    laptop.announce([photo]);
    exchange(laptop, phone);
    expect(laptop.view().photos[0]?.width).toBe(photo.width);
    expect(laptop.view().conflicts).toMatchObject([
      { kind: "index-mismatch", text: expect.stringMatching(/^Laptop and Phone computed different index records/) },
    ]);
    const [right] = [...world.indexRecords].filter(([, record]) => record.width === 1234).map(([hash]) => hash) as [IndexHash];
    phone.edit({ kind: "settleIndex", photo: photo.photo, index: right });
    expect([phone.view().photos[0]?.width, phone.view().conflicts]).toEqual([1234, []]);
    expect(phone.plan({ kind: "settleIndex", photo: photo.photo, index: right })).toMatchObject({
      error: { kind: "nothing-to-do" },
    });
  });

  test("an index record of another photo does not count", () => {
    const world = createLibraryWorld();
    const laptop = world.device("Laptop");
    laptop.announce([photo]);
    for (const hash of world.indexRecords.keys()) world.indexRecords.set(hash, { ...photo, photo: "f".repeat(32) as PhotoId });
    expect(world.project([...laptop.held.values()]).view.photos.map(({ indexed, faces }) => [indexed, faces])).toEqual([
      [false, []],
    ]);
  });
});

describe("faces drawn by hand", () => {
  const box = { x: 40_000, y: 40_000, w: 5000, h: 5000 };

  test("a drawn face can be named, counts for albums, and goes when the drawing and the name are taken back", () => {
    const world = createLibraryWorld();
    const laptop = world.device("Laptop");
    laptop.announce([madeUpRecord(1, [])]);
    const drawn = laptop.edit({ kind: "manualFace", photo: photo.photo, box });
    const [face] = laptop.view().photos[0]?.faces ?? [];
    expect(face).toMatchObject({ manual: true, box, quality: 0, cluster: null, person: null });
    const named = laptop.edit({ kind: "assignNew", faces: [face?.id as never], person: world.person(), name: "Anna" });
    expect(laptop.view().people).toMatchObject([{ name: "Anna", photos: [photo.photo] }]);
    laptop.edit({ kind: "undo", event: drawn });
    expect(laptop.view().photos[0]?.faces).toHaveLength(1);
    laptop.edit({ kind: "undo", event: named });
    expect(laptop.view().photos[0]?.faces).toHaveLength(0);
  });

  test("no face is drawn over one that is there, nor outside of the photo", () => {
    const world = createLibraryWorld();
    const laptop = world.device("Laptop");
    laptop.announce([photo]);
    const there = { ...(photo.faces[0]?.box as typeof box), x: 1500 };
    expect(laptop.plan({ kind: "manualFace", photo: photo.photo, box: there })).toMatchObject({
      error: { kind: "nothing-to-do" },
    });
    for (const wrong of [
      { ...box, w: 0 },
      { ...box, x: 62_000 },
      { ...box, y: -1 },
      { ...box, h: 1.5 },
    ]) {
      expect(laptop.plan({ kind: "manualFace", photo: photo.photo, box: wrong })).toMatchObject({ error: { kind: "bad-text" } });
    }
  });
});
