/** Pictures of screens, light and dark, on a phone and on a desktop, in `test-output/screenshots/`, for people to look at. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

const folder = join(import.meta.dirname, "../../../test-output/screenshots");
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;

/** The screen as it is now, in both schemes and sizes; it must fit each. `at` is scrolled to where it is given. */
export async function showScreen(page: Page, name: string, at?: Locator): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [device, size] of Object.entries(sizes)) {
    await page.setViewportSize(size);
    await at?.evaluate((element) => element.scrollIntoView({ block: "center" }));
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(350);
      await page.screenshot({ path: join(folder, `${name}-${device}-${colorScheme}.png`) });
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${name} fits ${device}`).toBe(
        true,
      );
    }
  }
  await page.setViewportSize(sizes.desktop);
  await page.emulateMedia({ colorScheme: "light" });
}
