/**
 * The tests that judge mutants: those beside core's lower half, and the laws of records and keys. One project without names, for
 * Stryker sets its own file up in front of each. What most likely fails runs first, because the first failure ends a mutant.
 *
 * Stryker runs them in a copy of the repository whose `node_modules` is the original's, so that `@albumen/core` would lead out of
 * the copy to code without mutants: the aliases keep it inside.
 */
import { join } from "node:path";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { mutatedFolderVariable } from "./options.ts";

const root = join(import.meta.dirname, "../..");

/** Tests beside the mutants first, then those of other folders, then laws, which take longest. */
class LikeliestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number =>
      moduleId.includes(`/core/${process.env[mutatedFolderVariable] ?? ""}/`) ? 0 : moduleId.includes("/property-tests/") ? 2 : 1;
    return files.toSorted((a, b) => place(a) - place(b) || (a.moduleId < b.moduleId ? -1 : 1));
  }
}

const config: ViteUserConfig = defineConfig({
  root,
  resolve: { alias: [{ find: /^@albumen\/(core|client|models)\//, replacement: `${root}/$1/` }] },
  test: {
    include: ["core/{wire,roster,crypto,membership}/**/*.test.ts", "property-tests/{records,membership}/**/*.test.ts"],
    // Each of these takes longer than all others together, and the tests beside the sources look at the same in small.
    exclude: ["**/node_modules/**", "property-tests/records/{flips,nonces}.test.ts"],
    pool: "forks",
    testTimeout: 120_000,
    setupFiles: [join(import.meta.dirname, "setup.ts")],
    sequence: { sequencer: LikeliestFirst },
  },
});

export default config;
