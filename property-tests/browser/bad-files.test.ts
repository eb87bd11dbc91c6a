/** Files that are no photos, or damaged ones, are listed with a reason each, and the import of the others goes on. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawnPhotos } from "./support/drawn-photos.ts";
import { addPhotos, foundLibrary, goTo } from "./support/person.ts";
import { paintPhotos, type ChosenFile } from "./support/photo-files.ts";
import { startWorld, type World } from "./support/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

test("bad files are named with their reasons, and the good ones are imported", async () => {
  const { page } = await world.visit();
  await foundLibrary(page, "Kitchen laptop");
  const [good, other] = await paintPhotos(world.browser, drawnPhotos.slice(0, 2));
  const file = (name: string, mimeType: string, buffer: Buffer): ChosenFile => ({ name, mimeType, buffer });
  const summary = await addPhotos(page, [
    file("empty.jpg", "image/jpeg", Buffer.alloc(0)),
    file("half.jpg", "image/jpeg", good!.buffer.subarray(0, 9_000)),
    good!,
    file("letter.txt", "text/plain", Buffer.from("Dear Anna, …")),
    file("clip.mp4", "video/mp4", Buffer.from("0000001866747970697366736f6d0000", "hex")),
    file(
      "noise.png",
      "image/png",
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...Array.from({ length: 400 }, (_, at) => at & 255)]),
    ),
    other!,
  ]);
  expect(summary).toMatch(/2 photos imported and 5 files skipped/);
  for (const name of ["empty.jpg", "half.jpg", "letter.txt", "clip.mp4", "noise.png"]) {
    expect(summary).toMatch(new RegExp(`${name} \\S.{10,}`));
  }
  await page.screenshot({ path: new URL("../../test-output/screenshots/import-summary.png", import.meta.url).pathname });
});

test("without models the app says so, and labelling by hand is offered", async () => {
  const { page } = await world.visit();
  await foundLibrary(page, "Kitchen laptop");
  await addPhotos(page, [...(await paintPhotos(world.browser, drawnPhotos.slice(0, 1)))]);
  await page.getByText(/faces can be drawn and named by hand/).waitFor();
  await goTo(page, "People");
  await page.getByText(/faces can be drawn and named by hand/).waitFor();
  expect(world.complaints).toEqual([]);
});
