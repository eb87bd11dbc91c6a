/**
 * At rest in a browser: after a session with everything that people say, what the browser keeps of it holds nothing of what they
 * said, with a passphrase and without; nor the key, which is guarded by WebCrypto, or by the passphrase as well.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { canariesIn } from "../canaries.ts";
import { readKeptKey, readStorage } from "./support/browser-storage.ts";
import { drawnPhotos } from "./support/drawn-photos.ts";
import {
  addPhotos,
  closePhoto,
  foundLibrary,
  makeAlbum,
  nameDrawnFaces,
  openPhoto,
  setPassphrase,
  unlock,
} from "./support/person.ts";
import { paintPhotos } from "./support/photo-files.ts";
import { startWorld, type World } from "./support/world.ts";

const words = {
  "device name": "Dachbodenrechner",
  "file name": "zwetschgenkuchen",
  "person's name": "Walburga",
  "album name": "Quittengelee",
  "rule text": "hollerbluete",
  caption: "Brennesselsuppe",
  passphrase: "ein Loeffel Quitten",
};
const canaries: Record<string, Uint8Array> = Object.fromEntries(
  Object.entries(words).map(([name, text]) => [name, Buffer.from(text)]),
);

let world: World;
let page: Page;
beforeAll(async () => {
  world = await startWorld();
  ({ page } = await world.visit());
  const recovery = await foundLibrary(page, words["device name"]);
  canaries["recovery words"] = Buffer.from(recovery.slice(0, 4).join(" "));
  const photo = { ...drawnPhotos[0]!, file: `${words["file name"]}.jpg` };
  const faces = photo.faces.map((face) => ({ ...face, name: words["person's name"] })).slice(0, 1);
  const [file] = await paintPhotos(world.browser, [photo]);
  canaries["bytes of the photo"] = file!.buffer.subarray(1000, 1032);
  await addPhotos(page, [file!]);
  await nameDrawnFaces(page, { ...photo, faces }, () => true);
  await openPhoto(page, photo.file);
  await page.getByLabel("Caption", { exact: true }).fill(words.caption);
  await page.keyboard.press("Tab");
  await page.getByText("Saved the caption").first().waitFor();
  await closePhoto(page);
  await makeAlbum(page, words["album name"], `text:"${words["rule text"]}" or person:"${words["person's name"]}"`);
});
afterAll(() => world.close());

test("what the browser keeps holds nothing of what was said, and not its key", async () => {
  const storage = await readStorage(page);
  expect(storage.length).toBeGreaterThan(20_000);
  // The reading works: it holds what may be seen.
  expect(canariesIn(storage, { tables: Buffer.from("thumbnails"), guard: Buffer.from("AES-GCM kept") })).toEqual([
    "tables",
    "guard",
  ]);
  expect(canariesIn(storage, { ...canaries, key: await readKeptKey(page) })).toEqual([]);
});

test("under a passphrase the key itself is in a box, also for the page", async () => {
  const key = await readKeptKey(page);
  expect(key).toHaveLength(32);
  await setPassphrase(page, words.passphrase);
  expect(canariesIn(await readStorage(page), { ...canaries, key })).toEqual([]);
  const box = await readKeptKey(page);
  expect(box).toHaveLength(97);
  expect(canariesIn(box, { key })).toEqual([]);
  await page.reload();
  await unlock(page, words.passphrase);
  expect(canariesIn(await readStorage(page), { ...canaries, key })).toEqual([]);
});

test("a canary that is planted is found", async () => {
  await page.evaluate(async (caption) => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open("planted", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("words");
      request.onsuccess = () => resolve(request.result);
    });
    db.transaction("words", "readwrite")
      .objectStore("words")
      .put({ nested: [new TextEncoder().encode(`xx${caption}`)] }, "a");
    db.close();
    localStorage.setItem("hint", btoa(`${caption} with `));
  }, words.caption);
  expect(canariesIn(await readStorage(page), canaries)).toEqual(["caption"]);
  await page.evaluate(() => indexedDB.deleteDatabase("planted"));
  expect(canariesIn(await readStorage(page), canaries)).toEqual(["caption"]);
  await page.evaluate(() => localStorage.clear());
  expect(canariesIn(await readStorage(page), canaries)).toEqual([]);
  expect(world.complaints).toEqual([]);
});
