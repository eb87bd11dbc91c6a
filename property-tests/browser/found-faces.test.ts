/**
 * The same on two devices where faces are found by the models: both import the same public photos in another order, name,
 * merge and reject while they are offline, and end with the same digest, the unnamed groups included. Needs ALBUMEN_MODEL_DIR
 * and ALBUMEN_TEST_DATA.
 */
import { globSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testFolders } from "@albumen/models/testing/folders.ts";
import { waitForSameDigest } from "./support/digest.ts";
import { addPhotos, foundLibrary, goTo, makeAlbum, mergePeople, nameChosen, openPerson, pairDevices } from "./support/person.ts";
import { startWorld, type Visitor, type World } from "./support/world.ts";

const { models, data } = testFolders(process.env);
const photos = join(data ?? ".", "photos");
const missing = models === null || data === null;

describe.skipIf(missing)(
  `faces found by the models${missing ? " (left out: ALBUMEN_MODEL_DIR or ALBUMEN_TEST_DATA is not set)" : ""}`,
  () => {
    let world: World;
    let a: Visitor;
    let b: Visitor;
    const files = globSync(["dlib-scenes/*.jpg", "face_recognition/**/{obama,biden,alex,lin,kit,rose}*.{jpg,png}"], {
      cwd: photos,
    })
      .sort()
      .map((name) => join(photos, name));
    beforeAll(async () => {
      world = await startWorld(models);
      [a, b] = [await world.visit(), await world.visit()];
      await foundLibrary(a.page, "Kitchen laptop");
      await pairDevices(a.page, b.page, "Study computer");
    });
    afterAll(() => world.close());

    test("both find the same faces and the same groups, whatever the order of import", async () => {
      expect(files.length).toBeGreaterThan(20);
      const summaries = await Promise.all([addPhotos(a.page, files), addPhotos(b.page, files.toReversed())]);
      for (const summary of summaries) expect(summary).toMatch(/\d\d+ faces found/);
      await waitForSameDigest(a.page, b.page);
      await goTo(a.page, "People");
      await goTo(b.page, "People");
      const groups = (page: Visitor["page"]): Promise<string[]> =>
        page.locator(".face-card").evaluateAll((cards) => cards.map((card) => card.getAttribute("href") ?? ""));
      expect(await groups(a.page)).toEqual(await groups(b.page));
      expect((await groups(a.page)).length).toBeGreaterThan(5);
    }, 400_000);

    test("offline, both name the same group differently, reject, merge and make albums; online, both agree", async () => {
      await Promise.all([a.context.setOffline(true), b.context.setOffline(true)]);
      await nameGroup(a, 0, "Barack");
      await nameGroup(a, 0, "Joe");
      await nameGroup(b, 0, "President");
      await nameGroup(b, 1, "Somebody");
      await rejectFirst(a, "Barack");
      await mergePeople(b.page, "President", "Somebody");
      await makeAlbum(a.page, "Both", 'person:"Barack" and person:"Joe"');
      await Promise.all([a.context.setOffline(false), b.context.setOffline(false)]);
      await waitForSameDigest(a.page, b.page);
      await goTo(b.page, "Albums");
      await b.page.getByText("Both", { exact: true }).waitFor();
    });

    test("nothing was asked of any other origin, and no console has an error", () => {
      expect(world.strangers).toEqual([]);
      expect(world.complaints).toEqual([]);
    });
  },
);

/** Names the group at place `at` of those that wait for a name. */
async function nameGroup({ page }: Visitor, at: number, name: string): Promise<void> {
  await goTo(page, "People");
  const card = page.locator('a.face-card[href^="#/group/"]').nth(at);
  await card.click();
  await page.getByRole("heading", { level: 1, name: "Who is this?" }).waitFor();
  await nameChosen(page, name);
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
}

/** Says of the first photo of somebody that it is not them. */
async function rejectFirst({ page }: Visitor, name: string): Promise<void> {
  await openPerson(page, name);
  await page.locator(".tile").first().click();
  await page.locator(".face-box", { hasText: name }).first().click();
  await page.getByRole("button", { name: `Not ${name}` }).click();
  await page.getByRole("complementary", { name: "Details" }).waitFor();
  await page.getByRole("button", { name: "Back", exact: true }).click();
}
