/** What a person does on the screen, as clicks and keys; each function ends when the screen shows that it is done. */
import type { Locator, Page } from "playwright-core";
import type { DrawnPhoto } from "./drawn-photos.ts";

type Files = Parameters<Locator["setInputFiles"]>[0];
type PageName = "Photos" | "People" | "Albums" | "Devices" | "Privacy";

/** Starts a new library; the recovery words that were shown. */
export async function foundLibrary(page: Page, name: string): Promise<readonly string[]> {
  await page.getByRole("button", { name: "Start a new library" }).click();
  await page.getByLabel("What is this device called?").fill(name);
  await page.getByRole("button", { name: "Start library" }).click();
  await page.locator(".word-list li").last().waitFor();
  const words = await page.locator(".word-list li").allTextContents();
  await page.getByRole("button", { name: "I have them on paper" }).click();
  await typeAskedWords(page, words);
  await page.getByRole("button", { name: "Open my library" }).click();
  await page.getByRole("heading", { name: "Photos", exact: true }).waitFor();
  return words;
}

/** Types the words that are asked for, out of `words`. */
export async function typeAskedWords(page: Page, words: readonly string[]): Promise<void> {
  for (const field of await page.getByLabel(/^Word \d+$/).all()) {
    const label = await field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent ?? "");
    await field.fill(words[Number(label.replace("Word ", "")) - 1] ?? "");
  }
}

/** Lets `newcomer` join the library of `member`, with both comparing what their screens show. */
export async function pairDevices(member: Page, newcomer: Page, name: string): Promise<void> {
  await joinByTyping(newcomer, await showCode(member), name);
  await compareScreens(member, newcomer);
  await Promise.all([member, newcomer].map((page) => page.getByRole("button", { name: "They are the same" }).click()));
  await newcomer.getByRole("heading", { name: "Photos", exact: true }).waitFor({ timeout: 60_000 });
  await member.getByRole("button", { name: "Done" }).click();
}

/** Lets `member` show a pairing code; the code. */
export async function showCode(member: Page): Promise<string> {
  await goTo(member, "Devices");
  await member.getByRole("button", { name: "Pair a device" }).click();
  return (await member.locator("[data-code]").textContent()) ?? "";
}

/** Types a code on a device without a library. */
export async function joinByTyping(newcomer: Page, code: string, name: string): Promise<void> {
  await newcomer.getByRole("button", { name: "Join with a code" }).click();
  await newcomer.getByLabel("Code from the other device").fill(code);
  await newcomer.getByLabel("What is this device called?").fill(name);
  await newcomer.getByRole("button", { name: "Join", exact: true }).click();
}

/** Looks at both screens. @throws where they do not show the same. */
export async function compareScreens(...pages: readonly [Page, Page]): Promise<void> {
  const shown = await Promise.all(
    pages.map((page) => page.locator("[data-pairing]").getAttribute("data-pairing", { timeout: 30_000 })),
  );
  if (shown[0] !== shown[1]) throw new Error(`the screens differ: ${shown.join(" / ")}`);
}

/** Goes to a page by the navigation. */
export async function goTo(page: Page, name: PageName): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name, exact: true }).click();
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
}

/** Adds files by the file chooser and waits for the end; the words of the summary. */
export async function addPhotos(page: Page, files: Files): Promise<string> {
  await goTo(page, "Photos");
  await page.getByLabel("Photos to add").setInputFiles(files);
  const summary = page.getByLabel("Import summary");
  await summary.waitFor({ timeout: 170_000 });
  return summary.innerText();
}

/** Draws a frame around each face of `photo` that `isMeant` and says who it is, photo and all by mouse and keys. */
export async function nameDrawnFaces(page: Page, photo: DrawnPhoto, isMeant: (name: string) => boolean): Promise<void> {
  await openPhoto(page, photo.file);
  for (const face of photo.faces.filter(({ name }) => isMeant(name))) {
    await page.keyboard.press("d");
    const sheet = page.locator(".draw-sheet");
    await sheet.waitFor();
    const box = await sheet.boundingBox();
    if (box === null) throw new Error("the photo is not on screen");
    const x = (part: number): number => box.x + (part / photo.width) * box.width;
    const y = (part: number): number => box.y + (part / photo.height) * box.height;
    await page.mouse.move(x(face.left), y(face.top));
    await page.mouse.down();
    await page.mouse.move(x(face.right), y(face.bottom), { steps: 3 });
    await page.mouse.up();
    await nameChosen(page, face.name);
    await page.getByRole("complementary", { name: "Details" }).or(page.locator(".viewer:not(.with-side)")).first().waitFor();
  }
  await closePhoto(page);
}

/** Types a name into the field that has the focus and takes the first offer. */
export async function nameChosen(page: Page, name: string): Promise<void> {
  const field = page.getByRole("combobox").and(page.locator(":focus"));
  await field.fill(name);
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("Enter");
  await field.waitFor({ state: "detached" });
}

/** Opens a photo on the page that is open, by the name of its file. */
export async function openPhoto(page: Page, file: string): Promise<void> {
  await page.getByRole("link", { name: file }).first().click();
  await page.locator("dialog.viewer figure img").waitFor();
}

/** Closes the viewer. */
export async function closePhoto(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await page.locator("dialog.viewer").waitFor({ state: "detached" });
}

/** Opens somebody's page. */
export async function openPerson(page: Page, name: string): Promise<void> {
  await goTo(page, "People");
  await page.locator(".face-card", { hasText: name }).first().click();
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
}

/** Says that two people are the same. */
export async function mergePeople(page: Page, one: string, other: string): Promise<void> {
  await openPerson(page, one);
  await page.getByRole("button", { name: `More about ${one}` }).click();
  await page.getByRole("button", { name: "Merge with …" }).click();
  await page.getByLabel("The same person as").fill(other);
  await page.getByRole("option", { name: other }).click();
  await page.getByRole("button", { name: "Merge", exact: true }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

/** Makes an album with the rule in `text`. */
export async function makeAlbum(page: Page, name: string, text: string): Promise<void> {
  await goTo(page, "Albums");
  await page.getByRole("button", { name: "New album" }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("The rule as text").fill(text);
  await page.getByRole("button", { name: "Make album" }).click();
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
}

/** Writes a caption under a photo of the timeline. */
export async function writeCaption(page: Page, file: string, text: string): Promise<void> {
  await goTo(page, "Photos");
  await openPhoto(page, file);
  await page.getByLabel("Caption").fill(text);
  await page.keyboard.press("Tab");
  await page.getByRole("status").getByText("Saved the caption").waitFor();
  await closePhoto(page);
}

/** Closes the message that the last act left, if it still stands: by itself it goes after 7 s. */
export async function closeMessage(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Close message" });
  await button.click({ timeout: 8000 }).catch(() => undefined);
}

/** Opens the list of what can be done about a device and chooses from it. */
export async function actOnDevice(page: Page, device: string, action: string): Promise<void> {
  await goTo(page, "Devices");
  await page.getByRole("button", { name: `More about ${device}`, exact: true }).click();
  await page.getByRole("button", { name: action, exact: true }).click();
  await page.getByRole("dialog").waitFor();
}

/** The banner of a device that was removed. */
export function removedBanner(page: Page): Locator {
  return page.getByRole("complementary", { name: "This device was removed" });
}

/** Locks the library of this browser with a passphrase; ends on the page about privacy. */
export async function setPassphrase(page: Page, passphrase: string): Promise<void> {
  await goTo(page, "Privacy");
  await page.getByRole("button", { name: "Set a passphrase" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("New passphrase", { exact: true }).fill(passphrase);
  await dialog.getByLabel("The same again", { exact: true }).fill(passphrase);
  await dialog.getByRole("button", { name: "Set it" }).click();
  await dialog.waitFor({ state: "detached" });
}

/** Types the right passphrase on the lock screen. */
export async function unlock(page: Page, passphrase: string): Promise<void> {
  await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
  await page.getByRole("button", { name: "Unlock" }).click();
  await page.getByRole("heading", { name: "Albumen is locked" }).waitFor({ state: "detached" });
}
