/**
 * How mutants of a folder of core are made and judged. One at a time, so that a run leaves the machine usable; results are kept in
 * `.cache`, so that the next run judges only what changed.
 */
import type { Stryker } from "@stryker-mutator/core";

/** The folders whose checks must each be missed by a test when they are taken away. */
export const mutatedFolders: readonly string[] = ["wire", "crypto", "membership"];

/** Variable of the environment that tells the tests which of them is being changed. */
export const mutatedFolderVariable = "ALBUMEN_MUTATED_FOLDER";

/** Percentage of mutants that tests must notice in each folder. */
export const leastScore = 90;

/** Stryker's options for `core/FOLDER`. */
export function mutationOptions(folder: string): ConstructorParameters<typeof Stryker>[0] {
  return {
    mutate: [`core/${folder}/**/*.ts`, `!core/${folder}/**/*.test.ts`],
    testRunner: "vitest",
    plugins: ["@stryker-mutator/vitest-runner"],
    vitest: { configFile: "property-tests/mutation/vitest.config.ts" },
    coverageAnalysis: "perTest",
    concurrency: 1,
    incremental: true,
    incrementalFile: `.cache/mutation/${folder}.json`,
    tempDirName: `.cache/mutation/copy-${folder}`,
    // What the laws of the lower half do not read need not be copied.
    ignorePatterns: ["/docs", "/relay", "/client/web", "/client/cli", "/test-output", "/.cache", "dist"],
    reporters: ["progress-append-only"],
    timeoutMS: 10_000,
    // The score is judged by main.ts, for each folder.
    thresholds: { high: 100, low: leastScore, break: null },
  };
}
