/** The folder for what can be made or fetched again: XDG_CACHE_HOME/albumen, by default ~/.cache/albumen. */
import { homedir } from "node:os";
import { join } from "node:path";

/** `name` in that folder; nothing is made. */
export function cacheFolder(name: string): string {
  const { XDG_CACHE_HOME: base } = process.env;
  return join(base === undefined || base === "" ? join(homedir(), ".cache") : base, "albumen", name);
}
