/** Two tabs of one browser: only one of them writes, and which one is a person's choice. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { foundLibrary } from "./support/person.ts";
import { startWorld, type World } from "./support/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

test("a second tab says where the library is open, takes it over, and gives it back", async () => {
  const { page, context } = await world.visit();
  await foundLibrary(page, "Kitchen laptop");
  const second = await context.newPage();
  await second.goto(world.relay.url);
  await second.getByRole("heading", { name: "Albumen is open in another tab" }).waitFor();
  await second.getByRole("button", { name: "Use it here" }).click();
  await second.getByRole("heading", { name: "Photos", exact: true }).waitFor();
  await page.getByRole("heading", { name: "Albumen now runs in another tab" }).waitFor();
  await page.getByRole("button", { name: "Use it here again" }).click();
  await page.getByRole("heading", { name: "Photos", exact: true }).waitFor();
  await second.getByRole("heading", { name: "Albumen now runs in another tab" }).waitFor();
  await second.close();
  expect(world.complaints).toEqual([]);
});

test("a tab that is closed leaves the library to the next one", async () => {
  const { page, context } = await world.visit();
  await foundLibrary(page, "Kitchen laptop");
  await page.close();
  const next = await context.newPage();
  await next.goto(world.relay.url);
  await next.getByRole("heading", { name: "Photos", exact: true }).waitFor();
  expect(world.complaints).toEqual([]);
});
