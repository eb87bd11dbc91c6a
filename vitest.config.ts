/**
 * Four projects, run one after the other by `npm test`: `unit` beside the sources, `property` (seeded laws and the simulated
 * world), `contract` (one suite per port over every adapter) and `browser` (the built app in Chromium).
 */
import { defineConfig, type ViteUserConfig } from "vitest/config";

const never = ["**/node_modules/**", "**/dist/**"];

const config: ViteUserConfig = defineConfig({
  test: {
    pool: "forks",
    // Two cores are what the budgets are measured on; more workers would only take memory from each other.
    maxWorkers: 2,
    // node:sqlite prints that it is experimental in every worker.
    execArgv: ["--disable-warning=ExperimentalWarning"],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{core,models,relay,client,scripts}/**/*.test.{ts,tsx}"],
          exclude: never,
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "property",
          include: ["property-tests/**/*.test.ts"],
          exclude: [...never, "property-tests/contracts/**", "property-tests/browser/**"],
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "contract",
          include: ["property-tests/contracts/**/*.test.ts"],
          exclude: never,
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["property-tests/browser/**/*.test.ts"],
          exclude: never,
          // One Chromium at a time: two would share the cores and time out in each other's way.
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});

export default config;
