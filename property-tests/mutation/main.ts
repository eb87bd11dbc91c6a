/**
 * `npm run mutate [-- FOLDER …]`: changes the code of `core/{wire,crypto,membership}` in one place after the other and asks whether
 * a test notices. Prints, for each folder, the score and the mutants that nothing noticed; why those that remain are left is said in
 * `README.md`. Exit code 1 where a folder is under the least score, 2 for an unknown folder.
 */
import { join, relative } from "node:path";
import { Stryker } from "@stryker-mutator/core";
import { leastScore, mutatedFolders, mutatedFolderVariable, mutationOptions } from "./options.ts";

type MutantResult = Awaited<ReturnType<Stryker["runMutationTest"]>>[number];

process.chdir(join(import.meta.dirname, "../.."));
const words = process.argv.slice(2);
const unknown = words.find((word) => !mutatedFolders.includes(word));
if (unknown !== undefined) {
  console.error(`No mutants are made of "${unknown}"; they are of ${mutatedFolders.join(", ")}.`);
  process.exit(2);
}

let allPassed = true;
const summary: string[] = [];
for (const folder of words.length > 0 ? words : mutatedFolders) {
  process.env[mutatedFolderVariable] = folder;
  const results = await new Stryker(mutationOptions(folder)).runMutationTest();
  const noticed = results.filter(({ status }) => status === "Killed" || status === "Timeout").length;
  const missed = results.filter(({ status }) => status === "Survived" || status === "NoCoverage");
  const score = (100 * noticed) / (noticed + missed.length);
  console.log(`\ncore/${folder}: ${missed.length} mutants that nothing noticed`);
  for (const mutant of missed) console.log(`  ${describeMutant(mutant)}`);
  summary.push(`core/${folder}  ${score.toFixed(2)} %: ${noticed} of ${noticed + missed.length} mutants noticed`);
  allPassed &&= score >= leastScore;
}
console.log(`\n${summary.join("\n")}\nLeast score of a folder: ${leastScore} %`);
process.exitCode = allPassed ? 0 : 1;

/** "core/wire/page.ts:12:5 BooleanLiteral → false", on one line. */
function describeMutant({ fileName, location, mutatorName, replacement, status }: MutantResult): string {
  const { line, column } = location.start;
  const change = (replacement ?? "").replace(/\s+/g, " ").slice(0, 100);
  return `${relative(process.cwd(), fileName)}:${line}:${column} ${mutatorName} → ${change}${status === "NoCoverage" ? "  (no test runs it)" : ""}`;
}
