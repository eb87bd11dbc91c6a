import { describe, expect, test } from "vitest";
import { createLibraryWorld, type TestDevice } from "../arbitraries/library-world.ts";
import { faceOf, madeUpRecord } from "../arbitraries/library-photos.ts";
import type { ClusterId, PersonId } from "@albumen/core/ids/ids.ts";

const photos = [1, 2, 3].map((number) => madeUpRecord(number, [0]));
const badly = madeUpRecord(4, [0.5]);
const question = faceOf(badly);

/** Anna is confirmed on three photos; a fourth shows her badly. */
function createAnna(): { readonly laptop: TestDevice; readonly anna: PersonId } {
  const world = createLibraryWorld();
  const [laptop, anna] = [world.device("Laptop"), world.person()];
  laptop.announce(photos);
  laptop.edit({ kind: "nameCluster", cluster: laptop.view().clusters[0]?.id as ClusterId, person: anna, name: "Anna" });
  laptop.announce([badly]);
  laptop.edit({ kind: "createAlbum", album: world.album(), name: "Us", rule: 'person:"Anna"' });
  return { laptop, anna };
}

const state = (device: TestDevice): unknown => {
  const { people, albums } = device.view();
  return [people[0]?.faces.length, people[0]?.suggested, albums[0]?.photos.length];
};

describe("suggestions", () => {
  test("a face that only resembles is suggested, and enters no album before somebody says yes", () => {
    const { laptop, anna } = createAnna();
    expect(state(laptop)).toEqual([3, [question], 3]);
    laptop.edit({ kind: "assign", faces: [question], person: anna });
    expect(state(laptop)).toEqual([4, [], 4]);
  });

  test("after no, and after not sure, it is not asked again", () => {
    for (const kind of ["deny", "notSure"] as const) {
      const { laptop, anna } = createAnna();
      const event = laptop.edit({ kind, face: question, person: anna });
      expect(state(laptop)).toEqual([3, [], 3]);
      laptop.edit({ kind: "undo", event });
      expect(state(laptop)).toEqual([3, [question], 3]);
    }
  });

  test("an ignored face is suggested to nobody, and in no cluster; naming a cluster leaves out what was denied", () => {
    const { laptop, anna } = createAnna();
    laptop.edit({ kind: "ignore", faces: [question] });
    expect(state(laptop)).toEqual([3, [], 3]);
    expect(
      laptop
        .view()
        .photos.flatMap(({ faces }) => faces)
        .find(({ id }) => id === question),
    ).toMatchObject({ ignored: true, cluster: null });
    const others = [5, 6].map((number) => madeUpRecord(number, [1]));
    laptop.announce(others);
    laptop.edit({ kind: "deny", face: faceOf(others[0] as never), person: anna });
    laptop.edit({ kind: "nameCluster", cluster: laptop.view().clusters[0]?.id as ClusterId, person: anna, name: "Anna" });
    expect(laptop.view().people[0]?.faces).toHaveLength(4);
    expect(laptop.view().people[0]?.faces).not.toContain(faceOf(others[0] as never));
  });

  test("faces on photos in the trash are nobody's while they are there", () => {
    const { laptop } = createAnna();
    laptop.edit({ kind: "trash", photos: [photos[0]?.photo as never, badly.photo] });
    expect(state(laptop)).toEqual([2, [], 2]);
  });
});
