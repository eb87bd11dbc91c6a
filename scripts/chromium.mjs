/**
 * Where Chromium is. Only tests need it: the app itself runs in any browser. Order: CHROMIUM_PATH, then the names under which
 * Linux distributions install it, then the application folders of macOS.
 */
import { existsSync } from "node:fs";

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** How a person gets it: one sentence. */
export const chromiumHint =
  "Chromium was not found: install it (Debian and Ubuntu: apt-get install chromium; macOS: brew install --cask chromium) or set CHROMIUM_PATH.";

/** Path of a Chromium that exists, or null. A CHROMIUM_PATH that leads nowhere is not replaced by another one. */
export function findChromium(environment = process.env) {
  const chosen = environment.CHROMIUM_PATH;
  if (chosen) return existsSync(chosen) ? chosen : null;
  return usualPlaces.find((path) => existsSync(path)) ?? null;
}

/** Path of a Chromium that exists. @throws Error with `chromiumHint` where there is none. */
export function requireChromium(environment = process.env) {
  const path = findChromium(environment);
  if (path === null) throw new Error(chromiumHint);
  return path;
}
