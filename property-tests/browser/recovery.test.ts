/**
 * Recovery by the words in a browser that holds nothing: slips of the pen are seen while typing, wrong words and other relays are
 * refused in a sentence, what is found is shown before anything is done, lost devices go in the same step, and the library is the
 * same to the last bit.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { waitForSameDigest } from "./support/digest.ts";
import { drawnPhotos } from "./support/drawn-photos.ts";
import {
  addPhotos,
  foundLibrary,
  goTo,
  makeAlbum,
  nameDrawnFaces,
  pairDevices,
  removedBanner,
  writeCaption,
} from "./support/person.ts";
import { paintPhotos } from "./support/photo-files.ts";
import { showScreen } from "./support/screenshots.ts";
import { startWorld, type Visitor, type World } from "./support/world.ts";

let world: World;
let laptop: Visitor;
let study: Visitor;
let fresh: Page;
let words: readonly string[];
beforeAll(async () => {
  world = await startWorld();
  [laptop, study] = [await world.visit(), await world.visit()];
  ({ page: fresh } = await world.visit());
  words = await foundLibrary(laptop.page, "Kitchen laptop");
  const photos = drawnPhotos.slice(0, 5);
  await addPhotos(laptop.page, [...(await paintPhotos(world.browser, photos))]);
  await nameDrawnFaces(laptop.page, photos[0]!, () => true);
  await makeAlbum(laptop.page, "Emil", 'person:"Emil"');
  await pairDevices(laptop.page, study.page, "Study computer");
  await waitForSameDigest(laptop.page, study.page);
  await writeCaption(study.page, "cake.jpg", "He wished for a dog");
  await waitForSameDigest(laptop.page, study.page);
});
afterAll(() => world.close());

const fill = (text: string): Promise<void> => fresh.getByRole("textbox", { name: "Recovery words" }).fill(text);
const find = (): Promise<void> => fresh.getByRole("button", { name: "Find my library" }).click();

test("a slip of the pen is seen while typing", async () => {
  await showScreen(fresh, "welcome");
  await fresh.getByRole("button", { name: "Recover with the words" }).click();
  await fresh.getByLabel("What is this device called?").fill("New laptop");
  expect(await fresh.getByLabel("Relay of the library").inputValue()).toBe(world.relay.url);
  await showScreen(fresh, "recover-empty");
  await fill(words.slice(0, 5).join(" "));
  await fresh.getByText("5 of 24 words").waitFor();
  await fill(words.with(3, "grandmotherr").join("\n"));
  await fresh.getByText("Word 4 is not on the list of recovery words.").waitFor();
  await fill([...words.slice(1), words[0]].join(" "));
  await fresh.getByText("These 24 do not belong together").waitFor();
  await showScreen(fresh, "recover-slip");
  await find();
  await fresh.getByRole("alert").getByText("These are not recovery words").waitFor();
});

test("words of no library and another relay are refused in a sentence", async () => {
  const other = `${Array.from({ length: 23 }, () => "abandon").join(" ")} art`;
  await fill(other);
  await fresh.getByText("24 words, and they belong together.").waitFor();
  await find();
  await fresh.getByRole("alert").getByText("This relay holds no library of these words").waitFor();
  await showScreen(fresh, "recover-unknown");
  await fill(words.join(" "));
  await fresh.getByLabel("Relay of the library").fill("https://elsewhere.example");
  await find();
  await fresh.getByRole("alert").getByText("open https://elsewhere.example in this browser and recover there").waitFor();
  await fresh.getByLabel("Relay of the library").fill(world.relay.url);
});

test("while the log is read it says how far; stopped, it goes no further", async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow = /\/records\?/;
  await fresh.route(slow, async (route) => {
    const url = new URL(route.request().url());
    url.searchParams.set("limit", "5");
    if (url.searchParams.get("after") !== "0") await held;
    await route.continue({ url: url.href });
  });
  await find();
  await fresh.getByText(/^5 of \d\d records read …$/).waitFor();
  await showScreen(fresh, "recover-reading");
  await fresh.getByRole("button", { name: "Stop" }).click();
  await fresh.getByRole("button", { name: "Back" }).waitFor();
  const read = fresh.waitForResponse((response) => /records\?after=10/.test(response.url()));
  release();
  await read;
  await fresh.unrouteAll({ behavior: "wait" });
  expect(await fresh.getByRole("heading", { name: "Recover with the words" }).isVisible()).toBe(true);
});

test("what is found is shown first; left, nothing was changed", async () => {
  await find();
  await fresh.getByRole("heading", { name: "Is this your library?" }).waitFor();
  expect(await fresh.getByRole("checkbox").count()).toBe(2);
  await fresh.getByText("cannot tell an old state from the newest").waitFor();
  await showScreen(fresh, "recover-review");
  await fresh.getByRole("button", { name: "Leave it" }).click();
  await fresh.getByRole("heading", { name: "Recover with the words" }).waitFor();
  await goTo(laptop.page, "Devices");
  expect(await laptop.page.getByText("New laptop").count()).toBe(0);
});

test("recovered, it is the same library to the last bit, and the lost device is out", async () => {
  await find();
  await fresh.getByRole("checkbox", { name: /Study computer/ }).check();
  await fresh.getByRole("button", { name: "Recover it, and remove 1 device" }).click();
  await fresh.getByRole("heading", { name: "Photos", exact: true }).waitFor({ timeout: 60_000 });
  await waitForSameDigest(laptop.page, fresh);
  await goTo(fresh, "Albums");
  await fresh.getByRole("link", { name: /Emil/ }).waitFor();
  await goTo(fresh, "Photos");
  await fresh.locator(".tile img").nth(4).waitFor({ timeout: 60_000 });
  await removedBanner(study.page)
    .getByText(/removed from the library by the recovery words/)
    .waitFor({ timeout: 60_000 });
  await goTo(laptop.page, "Devices");
  await laptop.page.getByText(/^Since .*, came back by the recovery words$/).waitFor();
  await showScreen(laptop.page, "devices-recovered");
  await writeCaption(fresh, "walk.jpg", "Written on the new one");
  await waitForSameDigest(laptop.page, fresh);
});

test("nothing was asked of any other origin, and no console has an error", () => {
  expect(world.strangers).toEqual([]);
  // A device that recovers asks for a session before the relay has heard of it, and then brings the record that admits it.
  expect(world.complaints.filter((text) => !/403 \(Forbidden\).*\/v1\/sessions/.test(text))).toEqual([]);
});
