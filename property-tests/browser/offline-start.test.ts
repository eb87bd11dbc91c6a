/** The app starts and works with no network at all, once it was open before. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawnPhotos } from "./support/drawn-photos.ts";
import { addPhotos, foundLibrary, nameDrawnFaces } from "./support/person.ts";
import { paintPhotos } from "./support/photo-files.ts";
import { startWorld, type World } from "./support/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

test("offline it starts, shows its photos, imports and takes edits", async () => {
  const { page, context } = await world.visit();
  await foundLibrary(page, "Kitchen laptop");
  const [first, second] = await paintPhotos(world.browser, drawnPhotos.slice(0, 2));
  await addPhotos(page, [first!]);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await context.setOffline(true);
  await page.reload();
  await page.locator(".tile img").first().waitFor();
  await nameDrawnFaces(page, drawnPhotos[0]!, (name) => name === "Anna");
  expect(await addPhotos(page, [second!])).toMatch(/1 photo imported/);
  await page.reload();
  await page.locator(".tile img").nth(1).waitFor();
  await page.getByText("Offline").waitFor();
  await context.setOffline(false);
  await page.getByText("In sync").waitFor({ timeout: 30_000 });
  expect(world.complaints).toEqual([]);
});
