/** The web app as files: built by Vite where a source is newer than the last build. */
import { spawnSync } from "node:child_process";
import { existsSync, globSync, statSync } from "node:fs";
import { join } from "node:path";

/** The project's folder. */
export const projectRoot: string = join(import.meta.dirname, "../..");

/** Where a build lies, and what it is configured by. */
const built = join(projectRoot, "client/web/dist");
const configuration = "client/web/vite.config.ts";

/** The folder of the built app, built now where that is needed; null where it cannot be built: Vite has then said why. */
export function buildWebApp(report: (line: string) => void): string | null {
  if (isFresh()) return built;
  report("Building the web app …");
  const vite = join(projectRoot, "node_modules/vite/bin/vite.js");
  const words = [vite, "build", "--config", configuration, "--logLevel", "warn"];
  // Whatever this process is for, a test or a server, the app is built for people.
  const env = { ...process.env, NODE_ENV: "production" };
  const { status } = spawnSync(process.execPath, words, { cwd: projectRoot, env, stdio: ["ignore", "ignore", "inherit"] });
  return status === 0 && existsSync(join(built, "index.html")) ? built : null;
}

function isFresh(): boolean {
  const page = join(built, "index.html");
  if (!existsSync(page)) return false;
  const since = statSync(page).mtimeMs;
  const exclude = ["**/node_modules", "**/dist", "**/*.test.ts", "**/*.test.tsx"];
  const sources = globSync("{core,models,client}/**/*.{ts,tsx,html,css,json,svg}", { cwd: projectRoot, exclude });
  return sources.every((path) => statSync(join(projectRoot, path)).mtimeMs <= since);
}
