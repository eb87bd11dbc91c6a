/**
 * Devices that come and go, at three screens: one is removed by keys alone while it is offline and writes, it says so itself once
 * it hears of it, its late edit waits in the inbox of another and is adopted there; seniors go only with the words, words are
 * replaced, a relay that was set back is noticed, and a device that left begins anew.
 */
import { cp, rm } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawnPhotos } from "./support/drawn-photos.ts";
import { readDigest, waitForSameDigest } from "./support/digest.ts";
import {
  closeMessage,
  actOnDevice,
  addPhotos,
  closePhoto,
  foundLibrary,
  goTo,
  openPhoto,
  pairDevices,
  removedBanner,
  typeAskedWords,
  writeCaption,
} from "./support/person.ts";
import { paintPhotos } from "./support/photo-files.ts";
import { showScreen } from "./support/screenshots.ts";
import { startWorld, type Visitor, type World } from "./support/world.ts";

let world: World;
let laptop: Visitor;
let study: Visitor;
let phone: Visitor;
let words: readonly string[];
beforeAll(async () => {
  world = await startWorld();
  [laptop, study, phone] = [await world.visit(), await world.visit(), await world.visit()];
  words = await foundLibrary(laptop.page, "Kitchen laptop");
  await addPhotos(laptop.page, [...(await paintPhotos(world.browser, drawnPhotos.slice(0, 6)))]);
  await laptop.page.getByRole("button", { name: "Close summary" }).click();
  await pairDevices(laptop.page, study.page, "Study computer");
  await pairDevices(study.page, phone.page, "Phone");
  await waitForSameDigest(laptop.page, study.page, phone.page);
});
afterAll(() => world.close());

const dialogOf = (page: Page): Locator => page.getByRole("dialog");
const card = (page: Page, name: string | RegExp): Locator => page.getByRole("region", { name });
const closed = (page: Page): Promise<void> => dialogOf(page).waitFor({ state: "detached" });

test("the devices tell their story, in the order of who may remove whom", async () => {
  const { page } = laptop;
  await goTo(page, "Devices");
  const list = card(page, "Your devices");
  await list.getByText("added by Study computer").waitFor();
  expect(await list.locator("strong").allTextContents()).toEqual(["Recovery words", "Kitchen laptop", "Study computer", "Phone"]);
  await list.getByText("This device", { exact: true }).waitFor();
  await list.getByText(/^Since .*, added by Kitchen laptop$/).waitFor();
  expect(await list.getByText(/^Last active \d/).count()).toBe(2);
  await list.getByText("Nothing was done on it yet").waitFor();
  await page.getByText("Keys", { exact: true }).click();
  await page.getByRole("button", { name: "New key now" }).click();
  await page.getByText("From now on everything is encrypted under a new key.").waitFor();
  await closeMessage(page);
  await showScreen(page, "devices-several");
  await page.getByRole("button", { name: "More about Study computer" }).click();
  await showScreen(page, "device-menu");
  await page.keyboard.press("Escape");
});

test("one that stands above goes only with the words, and other words say so", async () => {
  const { page } = phone;
  await actOnDevice(page, "Kitchen laptop", "Remove …");
  const field = dialogOf(page).getByRole("textbox", { name: "The 24 recovery words" });
  expect(await field.getAttribute("autocomplete")).toBe("off");
  await field.fill(`${words.slice(0, 6).join(" ")} slipofpen ${words.slice(7, 12).join(" ")}`);
  await dialogOf(page).getByText("Word 7 is not on the list of recovery words.").waitFor();
  await showScreen(page, "remove-with-words");
  await field.fill([...words.slice(12), ...words.slice(0, 12)].join(" "));
  await dialogOf(page).getByRole("button", { name: "Remove", exact: true }).click();
  await dialogOf(page).getByRole("alert").getByText("These are not the recovery words of this library").waitFor();
  await dialogOf(page).getByRole("button", { name: "Cancel" }).click();
  await closed(page);
  expect(await card(page, "Your devices").locator("strong").count()).toBe(4);
});

test("a device is removed by keys alone, while it is offline and writes", async () => {
  await study.context.setOffline(true);
  await writeCaption(study.page, "birthday.jpg", "Emil blows out all five");
  await writeCaption(study.page, "cake.jpg", "He wished for a dog");
  const { page } = laptop;
  const more = page.getByRole("button", { name: "More about Study computer" });
  const openByKeys = async (): Promise<void> => {
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await dialogOf(page).waitFor();
  };
  await more.focus();
  await openByKeys();
  await page.keyboard.press("Escape");
  await closed(page);
  expect(await more.evaluate((button) => button === document.activeElement)).toBe(true);
  await openByKeys();
  const tick = dialogOf(page).getByRole("checkbox", { name: /Phone/ });
  await tabTo(page, tick);
  await page.keyboard.press("Space");
  await dialogOf(page).getByRole("button", { name: "Remove 2 devices" }).waitFor();
  await showScreen(page, "remove");
  await page.keyboard.press("Space");
  await tabTo(page, dialogOf(page).getByRole("button", { name: "Remove", exact: true }));
  await page.keyboard.press("Enter");
  await closed(page);
  await page.getByText("Removed Study computer.").waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Your devices");
  await closeMessage(page);
  expect(await card(page, "Your devices").locator("ul").first().locator("strong").allTextContents()).toEqual([
    "Recovery words",
    "Kitchen laptop",
    "Phone",
  ]);
  await page.getByText("Devices of the past (1)").click();
  await page.getByText(/^Removed by Kitchen laptop on \d/).waitFor();
  await showScreen(page, "devices-past");
  await writeCaption(page, "leaves.jpg", "Written after it");
  await waitForSameDigest(laptop.page, phone.page);
});

test("back online it says that it was removed, shows what it has, and refuses edits with the same sentence", async () => {
  const { page, context } = study;
  await goTo(page, "Photos");
  await context.setOffline(false);
  await removedBanner(page).waitFor({ timeout: 60_000 });
  expect(await removedBanner(page).textContent()).toMatch(
    /^This device was removed from the library by Kitchen laptop, and heard of it on \d.*\. What it has stays here to look at, and nothing more can be changed from it\./,
  );
  await showScreen(page, "removed-photos");
  await openPhoto(page, "leaves.jpg");
  expect(await page.getByLabel("Caption").inputValue()).toBe("");
  await page.getByRole("button", { name: "Favourite", exact: true }).click();
  await page
    .getByText(
      "This device was removed from the library: what it has stays here to look at, and nothing more can be changed from it.",
    )
    .waitFor();
  await showScreen(page, "removed-refusal");
  await closeMessage(page);
  await closePhoto(page);
  for (const name of ["People", "Albums", "Privacy", "Devices"] as const) {
    await goTo(page, name);
    await removedBanner(page).waitFor();
  }
  expect(await page.getByRole("button", { name: /^More about|^Pair a device|^Adopt/ }).count()).toBe(0);
  await card(page, "Set aside: Study computer").getByText("one of your other devices adopts it").waitFor();
  await showScreen(page, "removed-devices");
});

test("the late edits wait in another's inbox, and one is adopted with what came before it", async () => {
  const { page } = phone;
  const link = page.getByRole("navigation").getByRole("link", { name: "Devices", exact: true });
  await goTo(page, "Photos");
  await link.and(page.getByTitle("2 new to look at")).waitFor({ timeout: 60_000 });
  await showScreen(page, "inbox-badge");
  await link.click();
  const aside = card(page, "Set aside: Study computer");
  expect(await aside.locator("li").allTextContents()).toEqual([
    expect.stringContaining("Emil blows out all five"),
    expect.stringContaining("He wished for a dog"),
  ]);
  await showScreen(page, "inbox-aside", aside);
  await aside.getByRole("button", { name: "Adopt", exact: true }).click();
  await page.getByText("Adopted 1 change. The history can undo it.").waitFor();
  await closeMessage(page);
  expect(await aside.locator("li").count()).toBe(1);
  await aside.getByRole("button", { name: "Adopt", exact: true }).click();
  await aside.waitFor({ state: "detached" });
  await goTo(page, "Photos");
  expect(await page.getByTitle("new to look at").count()).toBe(0);
  await waitForSameDigest(phone.page, laptop.page);
  await goTo(laptop.page, "Photos");
  await openPhoto(laptop.page, "cake.jpg");
  expect(await laptop.page.getByLabel("Caption").inputValue()).toBe("He wished for a dog");
  await closePhoto(laptop.page);
});

test("a relay that was set back is noticed, in words and with its time, and healed", async () => {
  let kept = "";
  await world.restartRelay(async (data) => {
    kept = `${data}-kept`;
    await cp(data, kept, { recursive: true });
  });
  await writeCaption(laptop.page, "walk.jpg", "Before the relay forgot");
  await waitForSameDigest(laptop.page, phone.page);
  await world.restartRelay(async (data) => {
    await rm(data, { recursive: true });
    await cp(kept, data, { recursive: true });
    await rm(kept, { recursive: true });
  });
  const { page } = laptop;
  await goTo(page, "Devices");
  const notices = card(page, "Noticed");
  await closeMessage(page);
  await notices.getByText(/set back to an older state, or it lies/).waitFor({ timeout: 60_000 });
  await showScreen(page, "inbox-notices", notices);
  await waitForSameDigest(laptop.page, phone.page);
});

test("new words take the place of the old ones, which say that they were replaced", async () => {
  const { page } = laptop;
  await actOnDevice(page, "Recovery words", "New recovery words …");
  await dialogOf(page).getByRole("textbox", { name: "The old words" }).fill(words.join(" "));
  await dialogOf(page).getByText("24 words, and they belong together.").waitFor();
  await showScreen(page, "new-words");
  await dialogOf(page).getByRole("button", { name: "Make new words" }).click();
  await page.locator(".word-list li").last().waitFor();
  const fresh = await page.locator(".word-list li").allTextContents();
  await showScreen(page, "new-words-shown");
  await page.keyboard.press("Escape");
  await page.getByText("Close without the words on paper?").waitFor();
  await showScreen(page, "new-words-closing");
  await page.getByRole("button", { name: "Back to the words" }).click();
  await page.getByRole("button", { name: "I have them on paper" }).click();
  await typeAskedWords(page, fresh);
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByText("The new words hold now, and the old ones no more.").waitFor();
  await closeMessage(page);
  const check = async (list: readonly string[]): Promise<void> => {
    await actOnDevice(page, "Recovery words", "Check them …");
    await dialogOf(page).getByRole("textbox").fill(list.join(" "));
    await dialogOf(page).getByRole("button", { name: "Check", exact: true }).click();
  };
  await check(words);
  await page.getByText("These words were replaced by newer ones and open this library no more.").waitFor();
  await page.keyboard.press("Escape");
  await closed(page);
  await check(fresh);
  await page.getByText("These are the recovery words of this library.").waitFor();
  await page.getByText(/^Devices of the past/).click();
  await page.getByText(/^Replaced by newer words on \d/).waitFor();
  words = fresh;
});

test("with the words a junior removes a senior, and whom it let in goes with it", async () => {
  const { page } = phone;
  const tablet = await world.visit({ viewport: { width: 390, height: 844 } });
  await pairDevices(laptop.page, tablet.page, "Tablet");
  await waitForSameDigest(laptop.page, tablet.page, page);
  await actOnDevice(page, "Kitchen laptop", "Remove …");
  await dialogOf(page)
    .getByRole("checkbox", { name: /Tablet/ })
    .check();
  await dialogOf(page).getByRole("textbox", { name: "The 24 recovery words" }).fill(words.join("\n"));
  await dialogOf(page).getByRole("button", { name: "Remove 2 devices" }).click();
  await closed(page);
  for (const { page: other } of [laptop, tablet]) {
    await removedBanner(other).waitFor({ timeout: 60_000 });
    expect(await removedBanner(other).textContent()).toMatch(/removed from the library by the recovery words/);
  }
  await tablet.context.close();
});

test("the last device leaves after a clear yes, keeps what it has, and begins anew once its copy is erased", async () => {
  const { page } = phone;
  const before = await readDigest(page);
  await actOnDevice(page, "Phone", "Leave this library …");
  await dialogOf(page).getByText("It is the only device left.").waitFor();
  const leave = dialogOf(page).getByRole("button", { name: "Leave", exact: true });
  expect(await leave.isDisabled()).toBe(true);
  await dialogOf(page).getByRole("checkbox").check();
  await showScreen(page, "leave");
  await leave.click();
  await removedBanner(page)
    .getByText(/^This device left the library on \d/)
    .waitFor();
  expect((await readDigest(page)).digest).toBe(before.digest);
  await removedBanner(page).getByRole("button", { name: "How to go on" }).click();
  await showScreen(page, "removed-go-on");
  await dialogOf(page).getByRole("checkbox").check();
  await dialogOf(page).getByRole("button", { name: "Erase this copy" }).click();
  await page.getByRole("button", { name: "Recover with the words" }).waitFor();
});

test("nothing was asked of any other origin, and no console has an error", () => {
  expect(world.strangers).toEqual([]);
  // A relay that was started again has forgotten its sessions; new ones are asked for.
  expect(world.complaints.filter((text) => !/401 \(Unauthorized\).*\/records/.test(text))).toEqual([]);
});

/** Presses Tab until `wanted` has the focus. @throws after more steps than a dialog has. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let step = 0; step < 12; step++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("it cannot be reached by Tab");
}
