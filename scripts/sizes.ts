/**
 * Sizes of files and functions against the limits of the house style: half of the files have at most 90 lines and nine in ten at
 * most 250; nine in ten functions have at most 30 lines, signature included. That no function has more than 60 is Biome's
 * noExcessiveLinesPerFunction. More than three exports in a file are worth a look, not an error. Tests are not measured.
 * Functions are those with a block: an arrow that returns one expression would only flatter the percentile.
 */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync, Visitor } from "oxc-parser";

const root = join(import.meta.dirname, "..");
const packages = ["core", "models", "relay", "client", "property-tests", "scripts"];
const limits = { median: 90, p90: 250, functionP90: 30, exports: 3 };

interface FileSize {
  readonly path: string;
  readonly lines: number;
  readonly functions: readonly number[];
  readonly exports: number;
}

const files = packages.flatMap(measurePackage);
if (process.argv.includes("--json")) console.log(JSON.stringify(files, null, 2));
else console.table(Object.fromEntries([...packages, "all"].map((name) => [name, row(files.filter(isIn(name)))])));
warnOfExports();
process.exitCode = report() ? 0 : 1;

function measurePackage(name: string): FileSize[] {
  const exclude = ["**/node_modules", "**/dist", "**/*.test.ts", "**/*.test.tsx", "**/*.d.ts", "**/*.d.mts"];
  return globSync(`${name}/**/*.{ts,tsx,mjs}`, { cwd: root, exclude }).map(measureFile);
}

function measureFile(path: string): FileSize {
  const text = readFileSync(join(root, path), "utf8");
  const { program, module } = parseSync(path, text);
  const functions: number[] = [];
  const measure = (node: { start: number; end: number; body: { type: string } | null }): void => {
    if (node.body?.type === "BlockStatement") functions.push(countLines(text.slice(node.start, node.end)));
  };
  new Visitor({ FunctionDeclaration: measure, FunctionExpression: measure, ArrowFunctionExpression: measure }).visit(program);
  const exported = module.staticExports.reduce((sum, { entries }) => sum + entries.length, 0);
  return { path, lines: countLines(text.trimEnd()), functions, exports: exported };
}

function row(sizes: readonly FileSize[]): Record<string, number> {
  const lines = sizes.map((file) => file.lines);
  const functions = sizes.flatMap((file) => file.functions);
  return {
    files: lines.length,
    lines: lines.reduce((sum, count) => sum + count, 0),
    median: quantile(lines, 0.5),
    p90: quantile(lines, 0.9),
    longest: Math.max(0, ...lines),
    functions: functions.length,
    "function p90": quantile(functions, 0.9),
    "longest function": Math.max(0, ...functions),
  };
}

function report(): boolean {
  const all = row(files);
  const broken = [
    check("median of lines per file", all["median"], limits.median),
    check("90th percentile of lines per file", all["p90"], limits.p90),
    check("90th percentile of lines per function", all["function p90"], limits.functionP90),
  ].filter((sentence) => sentence !== null);
  for (const sentence of broken) console.error(sentence);
  return broken.length === 0;
}

function check(what: string, value: number | undefined, limit: number): string | null {
  return value !== undefined && value > limit ? `The ${what} is ${value}, over the limit of ${limit}.` : null;
}

function warnOfExports(): void {
  const wide = files.filter((file) => file.exports > limits.exports).sort((a, b) => b.exports - a.exports);
  if (wide.length === 0) return;
  const first = wide.slice(0, 5).map((file) => `${file.path} (${file.exports})`);
  console.log(`Worth a look: ${wide.length} files export more than ${limits.exports} things, most of all ${first.join(", ")}.`);
}

function isIn(name: string): (file: FileSize) => boolean {
  return (file) => name === "all" || file.path.startsWith(`${name}/`);
}

function countLines(text: string): number {
  return text.split("\n").length;
}

/** The value at `part` of the sorted list, 0 for an empty one. */
function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
