/** A model file that is not what it should be is named, nothing of it is used, and labelling by hand still works. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fullPack } from "@albumen/models/packs/manifest.ts";
import { drawnPhotos } from "./support/drawn-photos.ts";
import { addPhotos, foundLibrary } from "./support/person.ts";
import { paintPhotos } from "./support/photo-files.ts";
import { startWorld, type World } from "./support/world.ts";

let folder: string;
let world: World;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "albumen-models-"));
  for (const { file, bytes } of fullPack.weights) await writeFile(join(folder, file), Buffer.alloc(bytes, 7));
  world = await startWorld(folder);
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

test("the damaged file is named, and the photo is imported all the same", async () => {
  const { page } = await world.visit();
  await foundLibrary(page, "Kitchen laptop");
  expect(await addPhotos(page, [...(await paintPhotos(world.browser, drawnPhotos.slice(0, 1)))])).toMatch(/1 photo imported/);
  await page.getByText(/model file yunet_640\.onnx is damaged.*faces can be drawn and named by hand/).waitFor();
  expect(world.complaints).toEqual([]);
});
