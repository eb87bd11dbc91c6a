/**
 * Makes a clone ready: installs what package-lock.json says where it is not installed yet, and with --with-browser looks for the
 * Chromium that the browser tests drive. Needs Node ≥ 20 and npm, nothing else; does nothing, quickly, where nothing is to do.
 *
 * node_modules/.albumen-setup holds the SHA-256 of the lock file that was installed last.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromiumHint, findChromium } from "./chromium.mjs";

const root = join(import.meta.dirname, "..");
const installed = join(root, "node_modules");
const marker = join(installed, ".albumen-setup");

const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 20) stop(`Albumen needs Node 20 or newer to set itself up, and this is Node ${process.versions.node}.`);

installPackages();
if (process.argv.includes("--with-browser")) provideChromium();

function installPackages() {
  const lock = readText(join(root, "package-lock.json"));
  if (lock === null) stop("package-lock.json is missing: this is not a complete clone of Albumen.");
  const hash = createHash("sha256").update(lock).digest("hex");
  if (readText(marker) === hash) return;
  if (!isInstalled(lock)) runNpm();
  writeFileSync(marker, hash);
}

/** Whether npm has installed exactly these versions already, by its own list of what is in node_modules. */
function isInstalled(lock) {
  const present = readText(join(installed, ".package-lock.json"));
  if (present === null) return false;
  const versions = JSON.parse(present).packages;
  const wanted = Object.entries(JSON.parse(lock).packages).filter(([path]) => path.includes("node_modules/"));
  return wanted.every(([path, { version, optional, link }]) => {
    const has = versions[path];
    return has === undefined ? optional === true : link === true || has.version === version;
  });
}

function runNpm() {
  console.log("Installing Albumen's packages (npm ci), once …");
  const start = performance.now();
  const { status, stderr, error } = run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (status !== 0)
    stop(`npm ci failed, so nothing can run yet: ${complaint(stderr) || error?.message || `exit code ${status}`}`);
  console.log(`Installed in ${((performance.now() - start) / 1000).toFixed(1)} s.`);
}

/** Looks for Chromium and installs it where that is a matter of one command; says how to get it where it is not. */
function provideChromium() {
  if (findChromium() !== null) return;
  const mayInstall = !process.env.CHROMIUM_PATH && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (!mayInstall) return console.log(chromiumHint);
  console.log("Installing Chromium for the browser tests (apt-get), once …");
  const quiet = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  run("apt-get", ["update", "-qq"], quiet);
  const { stderr } = run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], quiet);
  if (findChromium() === null) console.log(`${chromiumHint} apt-get said: ${complaint(stderr)}`);
}

function run(command, words, env = process.env) {
  const options = { cwd: root, env, encoding: "utf8", stdio: ["ignore", "ignore", "pipe"], shell: process.platform === "win32" };
  return spawnSync(command, words, options);
}

function readText(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

/** The first lines of what a program complained about, as one. */
function complaint(text) {
  const lines = (text ?? "").split("\n").map((line) => line.replace(/^npm (error|warn)\s*/, "").trim());
  return lines
    .filter((line) => line !== "")
    .slice(0, 4)
    .join(" / ");
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
