/**
 * Two people at two browsers, and a relay between them: they pair, import the same photos in another order, say different
 * things while both are offline, and end with the same digest. A third browser joins and, without importing anything, shows
 * the same library. Faces are drawn by hand here, so that this runs without models.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawnPhotos, type DrawnPhoto } from "./support/drawn-photos.ts";
import { waitForSameDigest } from "./support/digest.ts";
import { paintPhotos, type ChosenFile } from "./support/photo-files.ts";
import {
  addPhotos,
  foundLibrary,
  goTo,
  makeAlbum,
  mergePeople,
  nameDrawnFaces,
  openPerson,
  pairDevices,
} from "./support/person.ts";
import { startWorld, type Visitor, type World } from "./support/world.ts";

const photos = drawnPhotos.slice(0, 8);
const photo = (file: string): DrawnPhoto => photos.find((one) => one.file === file) ?? photos[0]!;

describe("two devices and a third", () => {
  let world: World;
  let files: readonly ChosenFile[];
  let a: Visitor;
  let b: Visitor;
  beforeAll(async () => {
    world = await startWorld();
    files = await paintPhotos(world.browser, photos);
    [a, b] = [await world.visit(), await world.visit()];
  });
  afterAll(() => world.close());

  test("one founds a library, the other joins it by code", async () => {
    expect(await foundLibrary(a.page, "Kitchen laptop")).toHaveLength(24);
    await pairDevices(a.page, b.page, "Study computer");
    await goTo(a.page, "Devices");
    await a.page.getByText("Study computer").waitFor();
  });

  test("both import the same photos, in another order and one of them twice", async () => {
    const [first, ...others] = files;
    expect(await addPhotos(a.page, [...files])).toMatch(/8 photos imported/);
    expect(await addPhotos(b.page, [...others.toReversed(), first!, first!])).toMatch(
      /8 photos imported and 1 duplicate left out/,
    );
    await waitForSameDigest(a.page, b.page);
  });

  test("offline, both name, merge, reject and make albums; online, both show the same", async () => {
    await Promise.all([a.context.setOffline(true), b.context.setOffline(true)]);
    await goTo(a.page, "Photos");
    await nameDrawnFaces(a.page, photo("birthday.jpg"), () => true);
    await nameDrawnFaces(a.page, photo("beach.jpg"), (name) => name !== "Emil");
    await makeAlbum(a.page, "Parents", 'person:"Anna" and person:"Ben"');
    await a.page.getByText("2 photos").first().waitFor();

    await goTo(b.page, "Photos");
    await nameDrawnFaces(b.page, photo("birthday.jpg"), (name) => name === "Anna");
    await nameDrawnFaces(b.page, photo("leaves.jpg"), () => true);
    await nameDrawnFaces(b.page, photo("sand.jpg"), () => true);
    await mergePeople(b.page, "Carla", "Emil");
    await rejectOnPhoto(b, "Anna", "leaves.jpg");
    await makeAlbum(b.page, "Carla, alone", 'person:"Carla" and not person:"Anna"');

    await Promise.all([a.context.setOffline(false), b.context.setOffline(false)]);
    await waitForSameDigest(a.page, b.page);
    for (const { page } of [a, b]) {
      await goTo(page, "Albums");
      expect(await page.locator(".album-card strong").allTextContents()).toEqual(["Carla, alone", "Parents"]);
    }
  });

  test("one undoes the merge that the other made", async () => {
    await goTo(a.page, "Devices");
    await a.page.getByRole("button", { name: "Show more" }).click();
    const merged = a.page.locator(".history li", { hasText: "people are the same" }).first();
    await merged.getByRole("button", { name: "Undo" }).click();
    await a.page.getByText(/^Undone/).waitFor();
    await openPerson(a.page, "Carla");
    await openPerson(a.page, "Emil");
    await waitForSameDigest(a.page, b.page);
  });

  test("a third device joins, imports nothing, and shows the same with its pictures", async () => {
    const c = await world.visit({ viewport: { width: 390, height: 844 } });
    await pairDevices(a.page, c.page, "Phone");
    await c.page.locator(".tile img").nth(5).waitFor({ timeout: 60_000 });
    await waitForSameDigest(a.page, b.page, c.page);
    await c.context.close();
  });

  test("after a reload everything is still there", async () => {
    const before = await waitForSameDigest(a.page, b.page);
    await b.page.reload();
    await b.page.locator(".digest").waitFor();
    expect(await b.page.locator("[data-digest]").getAttribute("data-digest")).toBe(before.digest);
  });

  test("nothing was asked of any other origin, and no console has an error", () => {
    expect(world.strangers).toEqual([]);
    expect(world.complaints).toEqual([]);
  });
});

/** Opens the photo on somebody's page and says that the face is not theirs. */
async function rejectOnPhoto({ page }: Visitor, name: string, file: string): Promise<void> {
  await openPerson(page, name);
  await page.getByRole("link", { name: file }).click();
  await page.locator(".face-box", { hasText: name }).click();
  await page.getByRole("button", { name: `Not ${name}` }).click();
  await page.getByRole("complementary", { name: "Details" }).waitFor();
  await page.getByRole("button", { name: "Back", exact: true }).click();
}
