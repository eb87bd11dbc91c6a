/**
 * `npm test [-- PROJECT …] [-- vitest options]`: runs the test projects one after the other and ends with one line,
 * "N passed, N failed, N skipped", summed over all of them. A file that cannot be loaded counts as one failed test.
 * Exit code 1 where anything failed or no test ran, 2 for an unknown project.
 */
import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const binaries = join(root, "node_modules");
const projects = ["unit", "property", "contract", "browser"];

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The part of vitest's JSON report that is counted here. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly { readonly status: string }[] }[];
}

const words = process.argv.slice(2);
const named = words.filter((word) => projects.includes(word));
const unknown = words.find((word) => !word.startsWith("-") && !projects.includes(word));
if (unknown !== undefined) {
  console.error(`There is no test project "${unknown}"; there are ${projects.join(", ")}.`);
  process.exit(2);
}

const options = words.filter((word) => word.startsWith("-"));
let sum: Counts = { passed: 0, failed: 0, skipped: 0 };
for (const project of named.length > 0 ? named : projects) {
  heading(`Tests: ${project}`);
  const counts = runProject(project, options);
  sum = { passed: sum.passed + counts.passed, failed: sum.failed + counts.failed, skipped: sum.skipped + counts.skipped };
}
console.log(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;

function runProject(project: string, passedOn: readonly string[]): Counts {
  if (project === "browser" && !buildWeb()) return { passed: 0, failed: 1, skipped: 0 };
  const report = join(root, "test-output", `${project}.json`);
  mkdirSync(join(root, "test-output"), { recursive: true });
  rmSync(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const vitest = [join(binaries, "vitest/vitest.mjs"), "run", "--project", project, "--passWithNoTests"];
  const { status } = run([...vitest, ...reporters, ...passedOn]);
  const counts = existsSync(report)
    ? count(JSON.parse(readFileSync(report, "utf8")) as Report)
    : { passed: 0, failed: 0, skipped: 0 };
  // An error outside of any test (a crashed worker, a stray rejection) fails the run without failing a test.
  return status === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

function count(report: Report): Counts {
  const unloadable = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Builds the web app where browser tests exist and a source is newer than the last build. */
function buildWeb(): boolean {
  const tested = globSync("property-tests/browser/**/*.test.ts", { cwd: root }).length > 0;
  if (!tested || !existsSync(join(root, "client/web/vite.config.ts"))) return true;
  const sources = globSync("{core,models,client}/**/*.{ts,tsx,html,css,json}", {
    cwd: root,
    exclude: ["**/node_modules", "**/dist"],
  });
  const built = join(root, "client/web/dist/index.html");
  const newest = Math.max(...sources.map((path) => statSync(join(root, path)).mtimeMs));
  if (existsSync(built) && statSync(built).mtimeMs > newest) return true;
  heading("Web build, for the browser tests");
  return (
    run([join(binaries, "vite/bin/vite.js"), "build", "--config", "client/web/vite.config.ts", "--logLevel=warn"]).status === 0
  );
}

function run(program: readonly string[]): { readonly status: number | null } {
  return spawnSync(process.execPath, program, { cwd: root, stdio: "inherit" });
}

function heading(title: string): void {
  console.log(`\n── ${title} ${"─".repeat(Math.max(0, 76 - title.length))}`);
}
