/**
 * The lock of the library in a browser: nothing of it is shown before the passphrase is typed, and everything is gone from the
 * page, here and in other tabs, when it is locked, by hand or by time. Clicks and keys as a person's; the clock is the test's.
 */
import { globSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { drawnPhotos } from "./support/drawn-photos.ts";
import { closeMessage, addPhotos, foundLibrary, goTo, nameDrawnFaces, setPassphrase, unlock } from "./support/person.ts";
import { paintPhotos, type ChosenFile } from "./support/photo-files.ts";
import { showScreen } from "./support/screenshots.ts";
import { startWorld, type World } from "./support/world.ts";

const first = "quince jelly, two spoons";
const second = "elderflower in july";

let world: World;
let files: readonly ChosenFile[];
beforeAll(async () => {
  world = await startWorld();
  files = await paintPhotos(world.browser, drawnPhotos.slice(0, 2));
});
afterAll(() => world.close());

const lockScreen = (page: Page) => page.getByRole("heading", { name: "Albumen is locked" });
const photosPage = (page: Page) => page.getByRole("heading", { name: "Photos", exact: true });

/** Nothing of the library is in the page: no name, no file, no picture. */
async function expectNothing(page: Page): Promise<void> {
  await lockScreen(page).waitFor();
  const html = await page.evaluate(() => document.documentElement.outerHTML);
  expect(html).not.toMatch(/Anna|blob:|\.jpg|Kitchen|<img/);
}

describe("a passphrase", () => {
  let page: Page;
  beforeAll(async () => {
    ({ page } = await world.visit());
    await foundLibrary(page, "Kitchen laptop");
    await addPhotos(page, [...files]);
    await nameDrawnFaces(page, drawnPhotos[0]!, (name) => name === "Anna");
    await closeMessage(page);
  });

  test("is set on the page about privacy, twice the same and not too short", async () => {
    await goTo(page, "Privacy");
    const card = page.getByRole("region", { name: "Lock", exact: true });
    await showScreen(page, "lock-none", card);
    await page.getByRole("button", { name: "Set a passphrase" }).click();
    const dialog = page.getByRole("dialog");
    const fill = async (one: string, other: string): Promise<void> => {
      await dialog.getByLabel("New passphrase", { exact: true }).fill(one);
      await dialog.getByLabel("The same again", { exact: true }).fill(other);
      await dialog.getByRole("button", { name: "Set it" }).click();
    };
    await fill(first, second);
    await dialog.getByText("The two passphrases are not the same.").waitFor();
    await fill("seven77", "seven77");
    await dialog.getByText("A passphrase has at least 8 characters").waitFor();
    await showScreen(page, "lock-set");
    await fill(first, first);
    await dialog.waitFor({ state: "detached" });
    await page.getByText("This browser now asks for the passphrase.").waitFor();
    await closeMessage(page);
    await page.getByRole("radio", { name: "5 minutes", exact: true }).check();
    await showScreen(page, "lock-card", card);
  });

  test("is asked for before anything is shown; a wrong one costs time and says only that", async () => {
    await page.reload();
    await expectNothing(page);
    await showScreen(page, "lock-screen");
    await page.getByLabel("Passphrase", { exact: true }).fill(second);
    await page.getByRole("button", { name: "Unlock" }).click();
    await page.getByRole("alert").getByText("That was not the passphrase.").waitFor();
    expect(await page.getByLabel("Passphrase", { exact: true }).evaluate((field) => field === document.activeElement)).toBe(true);
    await expectNothing(page);
    await showScreen(page, "lock-screen-wrong");
    await unlock(page, first);
    await photosPage(page)
      .or(page.getByRole("heading", { name: "Privacy", exact: true }))
      .waitFor();
    await goTo(page, "Photos");
    await page.locator(".tile img").nth(1).waitFor();
  });

  test("keeps the page smooth: what is slow on purpose runs beside it, and gives its memory back", async () => {
    await page.reload();
    await lockScreen(page).waitFor();
    await page.evaluate(() => {
      const seen = { longest: 0, last: performance.now() };
      Object.assign(window, { seen });
      const frame = (): void => {
        const now = performance.now();
        seen.longest = Math.max(seen.longest, now - seen.last);
        seen.last = now;
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
    const begun = performance.now();
    const working = page.waitForEvent("worker");
    await page.getByLabel("Passphrase", { exact: true }).fill(`${first}?`);
    await page.keyboard.press("Enter");
    expect((await working).url()).toMatch(/passphrase-worker/);
    await page.getByRole("alert").waitFor();
    const { longest } = await page.evaluate(() => (window as unknown as { seen: { longest: number } }).seen);
    expect(longest).toBeLessThan((performance.now() - begun) / 2);
    await expect.poll(() => page.workers().length).toBe(0);
    await unlock(page, first);
    await photosPage(page).waitFor();
  });

  test("locks now, and no picture of the page can be read any more", async () => {
    await page.locator(".tile img").first().waitFor();
    const url = (await page.locator(".tile img").first().getAttribute("src")) ?? "";
    expect(url).toMatch(/^blob:/);
    const read = (): Promise<boolean> =>
      page.evaluate(
        (address) =>
          new Promise<boolean>((resolve) => {
            const image = new Image();
            image.onload = () => resolve(true);
            image.onerror = () => resolve(false);
            image.src = address;
          }),
        url,
      );
    expect(await read()).toBe(true);
    await page.getByRole("button", { name: "Lock now" }).click();
    await expectNothing(page);
    expect(await read()).toBe(false);
    await unlock(page, first);
    await photosPage(page).waitFor();
  });

  test("locks and opens with no network too", async () => {
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "Lock now" }).click();
    await expectNothing(page);
    await unlock(page, first);
    await page.locator(".tile img").first().waitFor();
    await page.context().setOffline(false);
  });

  test("is changed and turned off, each only with the one before", async () => {
    await goTo(page, "Privacy");
    await page.getByRole("button", { name: "Change the passphrase" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Passphrase now", { exact: true }).fill(second);
    await dialog.getByLabel("New passphrase", { exact: true }).fill(second);
    await dialog.getByLabel("The same again", { exact: true }).fill(second);
    await dialog.getByRole("button", { name: "Change it" }).click();
    await dialog.getByText("That is not the passphrase.").waitFor();
    await dialog.getByLabel("Passphrase now", { exact: true }).fill(first);
    await dialog.getByRole("button", { name: "Change it" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.reload();
    await unlock(page, second);
    await page.getByRole("button", { name: "Turn off the passphrase" }).click();
    await dialog.getByLabel("Passphrase now", { exact: true }).fill(second);
    await dialog.getByRole("button", { name: "Turn it off" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Set a passphrase" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Privacy", exact: true }).waitFor();
  });
});

describe("several tabs, and time", () => {
  let page: Page;
  let other: Page;
  beforeEach(async () => {
    const visitor = await world.visit();
    ({ page } = visitor);
    await foundLibrary(page, "Kitchen laptop");
    await setPassphrase(page, first);
    other = await visitor.context.newPage();
    await other.goto(world.relay.url);
  });

  test("a new tab asks for the passphrase, takes the library over, and the tab before asks again", async () => {
    await expectNothing(other);
    await unlock(other, first);
    await photosPage(other).waitFor();
    await page.getByRole("heading", { name: "Albumen now runs in another tab" }).waitFor();
    await page.getByRole("button", { name: "Use it here again" }).click();
    await expectNothing(page);
    await unlock(page, first);
    await page.getByRole("heading", { name: "Privacy", exact: true }).waitFor();
    await other.getByRole("heading", { name: "Albumen now runs in another tab" }).waitFor();
    await page.getByRole("button", { name: "Lock now" }).first().click();
    await Promise.all([expectNothing(page), expectNothing(other)]);
  });

  test("after the chosen minutes without input it locks, in the other tab too; input starts them again", async () => {
    await page.clock.install();
    await page.reload();
    await unlock(page, first);
    await page.getByRole("radio", { name: "1 minute", exact: true }).check();
    await page.getByRole("heading", { name: "Privacy", exact: true }).hover();
    for (let at = 0; at < 3; at++) {
      await page.clock.fastForward(50_000);
      await page.keyboard.press("Shift");
    }
    expect(await page.getByRole("heading", { name: "Privacy", exact: true }).isVisible()).toBe(true);
    await page.clock.fastForward(61_000);
    await expectNothing(page);
    await unlock(other, first);
    await photosPage(other).waitFor();
    expect(await other.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
    await goTo(other, "Privacy");
    expect(await other.getByRole("radio", { name: "1 minute", exact: true }).isChecked()).toBe(true);
  });

  test("forgotten, the copy is erased after a clear yes, and the browser begins again", async () => {
    await expectNothing(other);
    await other.getByRole("button", { name: "Forgotten?" }).click();
    const erase = other.getByRole("button", { name: "Erase this copy" });
    expect(await erase.isDisabled()).toBe(true);
    await other.getByRole("checkbox").check();
    await showScreen(other, "lock-forgotten");
    await erase.click();
    await other.getByRole("heading", { name: "Albumen", exact: true }).waitFor();
    await other.getByRole("button", { name: "Start a new library" }).waitFor();
    await foundLibrary(other, "Kitchen laptop again");
    await page.getByRole("heading", { name: "Albumen now runs in another tab" }).waitFor();
  });
});

test("page and worker share one file of libsodium", () => {
  expect(globSync("libsodium-*.js", { cwd: join(import.meta.dirname, "../../client/web/dist/assets") })).toHaveLength(1);
});

test("nothing was asked of any other origin, and no console has an error", () => {
  expect(world.strangers).toEqual([]);
  // The test itself asks for a picture that is gone.
  expect(world.complaints.filter((text) => !/ERR_FILE_NOT_FOUND blob:/.test(text))).toEqual([]);
});
