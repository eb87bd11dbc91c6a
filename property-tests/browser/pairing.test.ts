/**
 * Pairing as people do it: the code scanned by a camera or out of a photo, both screens compared, a "no" that both hear of, a
 * code that is used twice, and a camera that is not there.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawnPhotos } from "./support/drawn-photos.ts";
import { filmCode, photographCode } from "./support/fake-camera.ts";
import { compareScreens, foundLibrary, joinByTyping, showCode } from "./support/person.ts";
import { paintPhotos } from "./support/photo-files.ts";
import { showScreen } from "./support/screenshots.ts";
import { launchBrowser, startWorld, type Visitor, type World } from "./support/world.ts";

let world: World;
let member: Visitor;
let folder: string;
const browsers: Browser[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "albumen-camera-"));
  world = await startWorld();
  member = await world.visit();
  await foundLibrary(member.page, "Kitchen laptop");
});
afterAll(async () => {
  for (const browser of browsers) await browser.close();
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

/** A visitor whose browser has a camera that shows `film`; null for none. */
async function visitWithCamera(film: string | null, allowed: boolean): Promise<Visitor> {
  const camera = film === null ? [] : ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${film}`];
  const browser = await launchBrowser(camera);
  browsers.push(browser);
  return world.visit({ permissions: allowed ? ["camera"] : [] }, browser);
}

/** Keeps every stream that the page opens where a test can look at it. */
async function watchCamera(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    const streams: MediaStream[] = [];
    mediaDevices.getUserMedia = async (wanted) => {
      const stream = await open(wanted);
      streams.push(stream);
      return stream;
    };
    Object.assign(window, { streams });
  });
  return () =>
    page.evaluate(() => {
      const { streams } = window as unknown as { readonly streams: readonly MediaStream[] };
      return streams.flatMap((stream) => stream.getTracks().map(({ readyState }) => readyState));
    });
}

const startScan = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: "Join with a code" }).click();
  await page.getByRole("button", { name: "Scan with the camera" }).click();
};

const closeDialog = async (page: Page): Promise<void> => {
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
};

test("the whole pairing by camera, which stops as soon as it has the code", async () => {
  await showCode(member.page);
  const film = join(folder, "code.y4m");
  await filmCode(member.page, film);
  const newcomer = await visitWithCamera(film, true);
  const tracks = await watchCamera(newcomer.page);
  await startScan(newcomer.page);
  await compareScreens(member.page, newcomer.page);
  expect(await tracks()).toEqual(["ended"]);
  await showScreen(newcomer.page, "compare");
  await showScreen(member.page, "compare-member");
  await Promise.all([member, newcomer].map(({ page }) => page.getByRole("button", { name: "They are the same" }).click()));
  await newcomer.page.getByRole("heading", { name: "Photos", exact: true }).waitFor({ timeout: 60_000 });
  await member.page.getByRole("button", { name: "Done" }).click();
});

test("a photo of the code does as well; other photos are named as what they are", async () => {
  await showCode(member.page);
  const buffer = await photographCode(member.page);
  const { page } = await world.visit();
  await page.getByRole("button", { name: "Join with a code" }).click();
  await showScreen(page, "join");
  const photo = page.getByLabel("Photo of the code");
  const [drawn] = await paintPhotos(world.browser, drawnPhotos.slice(0, 1));
  await photo.setInputFiles(drawn!);
  await page.getByText("No code can be read on this photo.").waitFor();
  await photo.setInputFiles({ name: "letter.txt", mimeType: "text/plain", buffer: Buffer.from("no picture") });
  await page.getByText("No code can be read on this photo.").waitFor();
  await photo.setInputFiles({ name: "code.png", mimeType: "image/png", buffer });
  await compareScreens(member.page, page);
  // Somebody says no at the newcomer: both hear what it may mean, and the other need not answer at all.
  await page.getByRole("button", { name: "They differ" }).click();
  for (const screen of [page, member.page])
    expect(await screen.getByRole("alert").textContent()).toMatch(
      /typing error.*somebody between the two.*Nothing was shared.*new code/,
    );
  await showScreen(page, "join-differing");
  await showScreen(member.page, "pairing-differing");
  await closeDialog(member.page);
});

test("a code that was used before is refused on both devices, whoever used it", async () => {
  const code = await showCode(member.page);
  const [first, second] = [await world.visit(), await world.visit()];
  await joinByTyping(first.page, code, "First");
  await compareScreens(member.page, first.page);
  await joinByTyping(second.page, code, "Second");
  expect(await second.page.getByRole("alert").textContent()).toMatch(/a second device uses this code|broke off/i);
  for (const { page } of [first, member])
    expect(await page.getByRole("alert").textContent()).toMatch(/second device|used on two/i);
  await closeDialog(member.page);
});

test("closing the scanner stops the camera", async () => {
  await showCode(member.page);
  const film = join(folder, "empty.y4m");
  await filmCode(member.page, film, { empty: true });
  await closeDialog(member.page);
  const { page } = await visitWithCamera(film, true);
  const tracks = await watchCamera(page);
  await startScan(page);
  await page.getByText("Hold the code of the other device").waitFor();
  await showScreen(page, "scan");
  expect(await tracks()).toEqual(["live"]);
  await closeDialog(page);
  await page.getByLabel("Code from the other device").waitFor();
  expect(await tracks()).toEqual(["ended"]);
});

test("without a camera, or without leave to use it, a sentence says so and the other ways stay", async () => {
  const refused = await visitWithCamera(join(folder, "empty.y4m"), false);
  await startScan(refused.page);
  expect(await refused.page.getByRole("alert").textContent()).toMatch(/may not use the camera.*photo of the code.*type it/);
  const without = await visitWithCamera(null, true);
  await startScan(without.page);
  expect(await without.page.getByRole("alert").textContent()).toMatch(/no camera here.*photo of the code.*type it/);
  await showScreen(without.page, "scan-without-camera");
  await closeDialog(without.page);
  await without.page.getByLabel("Photo of the code").waitFor({ state: "attached" });
});

test("nothing was asked of any other origin, and no console has an error", () => {
  expect(world.strangers).toEqual([]);
  expect(world.complaints).toEqual([]);
});
