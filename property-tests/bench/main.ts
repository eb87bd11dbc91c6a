/**
 * `npm run bench [-- NAME …] [--quick] [--json]`: runs the benchmarks of this folder, one after the other. A table for people,
 * or one JSON document. Exit code 1 where a limit was missed, 2 for an unknown name. `--quick` judges nothing.
 */
import { readdirSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import type { Bench, BenchRow } from "./bench.ts";

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".bench.ts"))
  .map((file) => file.slice(0, -".bench.ts".length))
  .sort();
const words = process.argv.slice(2);
const flags = words.filter((word) => word.startsWith("--"));
const chosen = words.filter((word) => !word.startsWith("--"));
refuseUnknown(chosen, names, "benchmark");
refuseUnknown(flags, ["--quick", "--json"], "option");

const quick = flags.includes("--quick");
const results: { readonly name: string; readonly what: string; readonly rows: readonly BenchRow[] }[] = [];
for (const name of chosen.length > 0 ? chosen : names) {
  const { bench } = (await import(join(import.meta.dirname, `${name}.bench.ts`))) as { readonly bench: Bench };
  if (!flags.includes("--json")) console.log(`\n${bench.name}: ${bench.what}`);
  const rows = await bench.run({ quick, now: () => performance.now() });
  if (!flags.includes("--json")) console.table(rows.map(readable));
  results.push({ name: bench.name, what: bench.what, rows });
}
const machine = `${cpus().length} cores, ${cpus()[0]?.model ?? "unknown"}, Node ${process.versions.node}`;
if (flags.includes("--json")) console.log(JSON.stringify({ quick, machine, results }, null, 2));
else console.log(`${machine}${quick ? "; quick run, limits not judged" : ""}`);
const missed = results.flatMap(({ rows }) => rows.filter(({ ok }) => ok === false));
process.exitCode = missed.length > 0 && !quick ? 1 : 0;

function readable({ metric, value, unit, peer, ratio, limit, ok }: BenchRow): Record<string, string | number> {
  const optional = (number: number | undefined): string | number => (number === undefined ? "" : Number(number.toPrecision(3)));
  const verdict = ok === undefined || quick ? "" : ok ? "yes" : "NO";
  return {
    metric,
    value: optional(value),
    unit,
    peer: optional(peer),
    ratio: optional(ratio),
    limit: limit ?? "",
    kept: verdict,
  };
}

function refuseUnknown(given: readonly string[], known: readonly string[], what: string): void {
  const unknown = given.find((word) => !known.includes(word));
  if (unknown === undefined) return;
  console.error(`There is no ${what} "${unknown}"; there are ${known.join(", ")}.`);
  process.exit(2);
}
