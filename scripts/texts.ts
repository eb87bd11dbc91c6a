/**
 * Laws of text over every file of the repository: no address of a package registry and no path of one machine, so that a clone
 * installs and runs anywhere; and the lock file names versions and hashes, never hosts.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** Each law: what it looks for and the sentence that follows the place. */
const laws: readonly { readonly pattern: RegExp; readonly sentence: string }[] = [
  { pattern: /\b(?:registry|npm|pypi|goproxy)\.[a-z0-9-]+\.[a-z]{2,}\b/i, sentence: "names the host of a package registry" },
  {
    pattern: /"resolved": "[a-z+]+:\/\//,
    sentence: "names the host a package came from (.npmrc keeps hosts out of the lock file)",
  },
  { pattern: /(?<![\w.@/-])\/(?:home|root|work|Users)\/[\w.-]/, sentence: "holds a path of one machine" },
  { pattern: /\b[A-Z]:\\\\?Users\\/, sentence: "holds a path of one machine" },
];

let broken = 0;
for (const path of listFiles()) {
  const text = readFileSync(join(root, path), "utf8");
  if (text.includes("\0")) continue;
  for (const [at, line] of text.split("\n").entries()) {
    const law = laws.find(({ pattern }) => pattern.test(line));
    if (law === undefined) continue;
    console.error(`${path}:${at + 1} ${law.sentence}: ${line.trim().slice(0, 100)}`);
    broken++;
  }
}
if (broken === 0) console.log("No registry hosts, no paths of one machine.");
process.exitCode = broken === 0 ? 0 : 1;

/** Files that are, or would be, committed. */
function listFiles(): string[] {
  const git = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  const output = execFileSync("git", git, { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 });
  return output.split("\0").filter((path) => path !== "" && existsSync(join(root, path)));
}
