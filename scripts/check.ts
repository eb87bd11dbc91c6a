/**
 * `npm run check [-- STEP …]`: everything that can be known without running the product, each step even where an earlier one
 * failed. Exit code 1 where any failed, 2 for an unknown step.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const packages = ["core", "models", "relay", "client", "property-tests", "scripts"];

/** Every tsconfig of a package that exists: a part of the code per machine it runs on, and its tests. */
const projects = packages
  .flatMap((name) => ["", ".browser", ".node", ".test"].map((part) => `${name}/tsconfig${part}.json`))
  .filter((path) => existsSync(join(root, path)));

interface Step {
  readonly name: string;
  readonly what: string;
  readonly programs: readonly (readonly string[])[];
}

const steps: readonly Step[] = [
  {
    name: "types",
    what: "compiler, every package and its tests",
    programs: projects.map((project) => [tool("@typescript/native/bin/tsc"), "-p", project]),
  },
  {
    name: "lint",
    what: "formatter and linter",
    programs: [[tool("@biomejs/biome/bin/biome"), "check", "--max-diagnostics=200"]],
  },
  {
    name: "arrows",
    what: "who may import whom",
    programs: [[tool("dependency-cruiser/bin/dependency-cruiser.mjs"), "--output-type", "err-long", ...packages]],
  },
  {
    name: "unused",
    what: "files, exports and dependencies that nothing uses",
    programs: [[tool("knip/bin/knip.js"), "--no-config-hints"]],
  },
  { name: "sizes", what: "lines per file and function", programs: [["scripts/sizes.ts"]] },
  { name: "texts", what: "no hosts, no paths of one machine", programs: [["scripts/texts.ts"]] },
];

const chosen = process.argv.slice(2);
const unknown = chosen.find((word) => !steps.some(({ name }) => name === word));
if (unknown !== undefined) {
  console.error(`There is no step "${unknown}"; there are ${steps.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}

const results = steps.filter(({ name }) => chosen.length === 0 || chosen.includes(name)).map(runStep);
console.log("");
for (const { name, passed, seconds } of results)
  console.log(`${passed ? "ok    " : "FAILED"} ${name.padEnd(8)} ${seconds.toFixed(1)} s`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;

function runStep({ name, what, programs }: Step): { readonly name: string; readonly passed: boolean; readonly seconds: number } {
  console.log(`\n── ${name}: ${what} ${"─".repeat(Math.max(0, 73 - name.length - what.length))}`);
  const start = performance.now();
  const statuses = programs.map((program) => spawnSync(process.execPath, program, { cwd: root, stdio: "inherit" }).status);
  return { name, passed: statuses.every((status) => status === 0), seconds: (performance.now() - start) / 1000 };
}

function tool(path: string): string {
  return join("node_modules", path);
}
