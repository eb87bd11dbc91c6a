/** What two devices compare, read from the page about privacy. */
import type { Page } from "playwright-core";
import { goTo } from "./person.ts";

/** The numbers of one device; all hexadecimal. */
export interface ShownDigest {
  readonly digest: string;
  readonly records: string;
  readonly index: string;
}

/** The numbers that `page` shows now. */
export async function readDigest(page: Page): Promise<ShownDigest> {
  await goTo(page, "Privacy");
  await page.getByRole("button", { name: "All of it" }).click();
  const read = async (name: string): Promise<string> => (await page.locator(`[data-${name}]`).getAttribute(`data-${name}`)) ?? "";
  const shown = { digest: await read("digest"), records: await read("records"), index: await read("index") };
  await page.getByRole("button", { name: "Less" }).click();
  return shown;
}

/** Waits until all pages show the same numbers; them. @throws after a minute, with what each shows. */
export async function waitForSameDigest(...pages: readonly Page[]): Promise<ShownDigest> {
  const until = Date.now() + 60_000;
  for (;;) {
    const shown = await Promise.all(pages.map(readDigest));
    const [first, ...others] = shown.map((one) => JSON.stringify(one));
    const [digest] = shown;
    if (digest !== undefined && others.every((other) => other === first)) return digest;
    if (Date.now() > until) throw new Error(`the devices differ: ${JSON.stringify(shown)}`);
    await pages[0]?.waitForTimeout(500);
  }
}
