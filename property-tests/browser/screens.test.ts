/**
 * Every screen with a family in it, light and dark, on a phone and on a desktop: pictures of them go to
 * `test-output/screenshots/`, for people to look at. On the way the screens are used as people use them: chips of a rule, a
 * frame drawn by keys, choosing photos, undo.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawnPhotos } from "./support/drawn-photos.ts";
import {
  closeMessage,
  addPhotos,
  closePhoto,
  foundLibrary,
  goTo,
  nameDrawnFaces,
  openPerson,
  openPhoto,
} from "./support/person.ts";
import { paintPhotos } from "./support/photo-files.ts";
import { showScreen } from "./support/screenshots.ts";
import { startWorld, type Visitor, type World } from "./support/world.ts";

describe("screens", () => {
  let world: World;
  let visitor: Visitor;
  beforeAll(async () => {
    world = await startWorld();
    visitor = await world.visit();
  });
  afterAll(() => world.close());

  const show = (name: string): Promise<void> => showScreen(visitor.page, name);

  test("welcome and the first, empty screens", async () => {
    await visitor.page.getByRole("heading", { name: "Albumen" }).waitFor();
    await show("welcome");
    await foundLibrary(visitor.page, "Kitchen laptop");
    await show("photos-empty");
    await goTo(visitor.page, "Albums");
    await show("albums-empty");
  });

  test("a family, named by hand", async () => {
    const { page } = visitor;
    const summary = await addPhotos(page, [...(await paintPhotos(world.browser, drawnPhotos))]);
    expect(summary).toContain(`${drawnPhotos.length} photos imported`);
    await page.getByRole("button", { name: "Close summary" }).click();
    for (const photo of drawnPhotos) if (photo.faces.length > 0) await nameDrawnFaces(page, photo, () => true);
    await closeMessage(page);
    await page.evaluate(() => document.querySelector("[data-scroller]")?.scrollTo(0, 0));
    await show("photos");
    await goTo(page, "People");
    expect(await page.locator(".face-card strong").allTextContents()).toEqual(["Anna", "Ben", "Carla", "Dora", "Emil", "Otto"]);
    await page.locator(".face-card img").last().waitFor();
    await show("people");
    await openPerson(page, "Emil");
    await show("person");
  });

  test("an album made with chips, and why a photo is in it", async () => {
    const { page } = visitor;
    await goTo(page, "Albums");
    await page.getByRole("button", { name: "New album" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Anna and Ben");
    const any = page.getByRole("group", { name: /^Any of these/ });
    for (const name of ["Anna", "Ben"]) {
      await any.getByRole("combobox").fill(name);
      await page.keyboard.press("Enter");
    }
    const none = page.getByRole("group", { name: /^None of these/ });
    await none.getByRole("combobox").fill("Carla");
    await page.keyboard.press("Enter");
    expect(await page.getByLabel("The rule as text").inputValue()).toBe('(person:"Anna" or person:"Ben") and not person:"Carla"');
    await page.getByText("5 photos match now").waitFor();
    await show("album-editor");
    await page.getByRole("button", { name: "Make album" }).click();
    await page.getByRole("heading", { level: 1, name: "Anna and Ben" }).waitFor();
    expect(await page.locator(".tile").count()).toBe(5);
    await show("album");
    await openPhoto(page, "beach.jpg");
    await page.getByRole("button", { name: "Why?" }).click();
    await page.locator(".why").getByText("In this album, because:").waitFor();
    await show("viewer");
    await page.locator(".face-box", { hasText: "Ben" }).click();
    await show("viewer-face");
    await page.keyboard.press("Escape");
    await closePhoto(page);
  });

  test("a rule that is wrong is refused at its character, and stays to be corrected", async () => {
    const { page } = visitor;
    await page.getByRole("button", { name: "Change" }).click();
    await page.getByLabel("The rule as text").fill('person:"Anna" an person:"Ben"');
    await page.getByRole("button", { name: "Save rule" }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.locator(".fault mark").textContent()).toBe("a");
    await show("album-editor-wrong");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  test("photos are taken out by hand, and undo brings them back", async () => {
    const { page } = visitor;
    await page.getByRole("button", { name: "Choose" }).click();
    await page.getByRole("checkbox").first().check();
    await show("album-choosing");
    await page.getByRole("button", { name: "Take out" }).click();
    await page.getByText("4 photos", { exact: true }).waitFor();
    await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    await page.getByText("5 photos", { exact: true }).waitFor();
  });

  test("a face is framed and named by keys alone", async () => {
    const { page } = visitor;
    await goTo(page, "Photos");
    await openPhoto(page, "meadow.jpg");
    await page.keyboard.press("d");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Enter");
    const name = page.getByRole("combobox", { name: "Name" });
    await name.waitFor();
    await page.keyboard.type("Somebody far away");
    await page.getByRole("option").waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: "Details" }).getByText("Somebody far away").waitFor();
    await page.keyboard.press("ArrowRight");
    await page
      .getByRole("dialog", { name: "summit.jpg" })
      .or(page.getByRole("dialog", { name: "harbour.jpg" }))
      .first()
      .waitFor();
    await page.keyboard.press("Escape");
    await page.locator("dialog.viewer").waitFor({ state: "detached" });
  });

  test("devices, a pairing code, and privacy", async () => {
    const { page } = visitor;
    await goTo(page, "Albums");
    await page.locator(".album-card img").first().waitFor();
    await show("albums");
    await goTo(page, "Devices");
    await show("devices");
    await page.getByRole("button", { name: "Pair a device" }).click();
    await page.locator("[data-code]").waitFor();
    await show("pairing");
    await page.keyboard.press("Escape");
    await goTo(page, "Privacy");
    await show("privacy");
  });

  test("nothing was asked of any other origin, and no console has an error", () => {
    expect(world.strangers).toEqual([]);
    expect(world.complaints).toEqual([]);
  });
});
