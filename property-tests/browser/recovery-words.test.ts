/** The recovery words: shown, asked for, shown again, put off, reminded of, and checked from paper. */
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { goTo, typeAskedWords } from "./support/person.ts";
import { showScreen } from "./support/screenshots.ts";
import { startWorld, type Visitor, type World } from "./support/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** A library just founded, with its words on the screen. */
async function foundAndRead(): Promise<Visitor & { readonly words: readonly string[] }> {
  const visitor = await world.visit();
  const { page } = visitor;
  await page.getByRole("button", { name: "Start a new library" }).click();
  await page.getByRole("button", { name: "Start library" }).click();
  await page.locator(".word-list li").last().waitFor();
  return { ...visitor, words: await page.locator(".word-list li").allTextContents() };
}

test("three of them are asked for; a wrong one is named, and all can be seen again", async () => {
  const { page, words } = await foundAndRead();
  await showScreen(page, "words");
  await page.getByRole("button", { name: "I have them on paper" }).click();
  const fields = page.getByLabel(/^Word \d+$/);
  expect(await fields.count()).toBe(3);
  await typeAskedWords(page, words);
  await fields.nth(1).fill("nonsense");
  await page.getByRole("button", { name: "Open my library" }).click();
  expect(await page.getByRole("alert").textContent()).toMatch(/^Word \d+ is another one\./);
  await showScreen(page, "words-asked");
  await page.getByRole("button", { name: "Show the words again" }).click();
  expect(await page.locator(".word-list li").allTextContents()).toEqual(words);
  await page.getByRole("button", { name: "I have them on paper" }).click();
  await typeAskedWords(
    page,
    words.map((word) => ` ${word.toUpperCase()} `),
  );
  await page.getByRole("button", { name: "Open my library" }).click();
  await page.getByRole("heading", { name: "Photos", exact: true }).waitFor();
  expect(await page.getByRole("complementary", { name: "Recovery words" }).count()).toBe(0);
  await page.reload();
  await page.getByRole("heading", { name: "Photos", exact: true }).waitFor();
  expect(await page.getByRole("complementary", { name: "Recovery words" }).count()).toBe(0);
});

test("put off, they are asked for calmly until they were checked from paper", async () => {
  const { page: first, context, words } = await foundAndRead();
  await first.getByRole("button", { name: "I have them on paper" }).click();
  await first.getByRole("button", { name: "Go on without checking" }).click();
  const reminder = (page: Page): Locator => page.getByRole("complementary", { name: "Recovery words" });
  await reminder(first).waitFor();
  await showScreen(first, "words-reminder");
  await reminder(first).getByRole("button", { name: "Later" }).click();
  await goTo(first, "Devices");
  await first.getByText("Not checked yet").waitFor();
  await goTo(first, "Photos");
  expect(await reminder(first).count()).toBe(0);
  await first.close();
  const page = await context.newPage();
  await page.goto(world.relay.url);
  await reminder(page).getByRole("button", { name: "Check them" }).click();
  const field = page.getByRole("textbox", { name: "Recovery words" });
  await field.fill(words.with(6, "slipofpen").join(" "));
  await page.getByRole("button", { name: "Check", exact: true }).click();
  expect(await page.getByRole("alert").textContent()).toBe(
    "There is a slip of the pen in word 7: no recovery word is written so.",
  );
  await showScreen(page, "words-check");
  await field.fill(words.join("\n"));
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await page.getByText("These are the recovery words of this library.").waitFor();
  expect(await reminder(page).count()).toBe(0);
  await goTo(page, "Devices");
  await page.getByText("On paper, with you").waitFor();
});

test("nothing was asked of any other origin, and no console has an error", () => {
  expect(world.strangers).toEqual([]);
  expect(world.complaints).toEqual([]);
});
