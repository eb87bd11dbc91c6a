/** The programs in the README run as they stand, but for the address of the relay, and print what they say that they print. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { startRelay } from "../../relay/serve.ts";

const root = join(import.meta.dirname, "../..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const programs = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, program]) => program ?? "");

test("there is a program in the README", () => {
  expect(programs).toHaveLength(1);
});

test.each(programs.map((program, at) => [at + 1, program] as const))("program %i of the README", async (at, program) => {
  const data = mkdtempSync(join(tmpdir(), "albumen-readme-"));
  const relay = await startRelay({ data, port: 0 });
  // Beside the sources, so that it finds the packages that they find.
  const folder = join(root, "test-output");
  const file = join(folder, `readme-${at}.ts`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, program.replace("http://127.0.0.1:8787", relay.url));
    const { stdout } = await promisify(execFile)(process.execPath, ["--disable-warning=ExperimentalWarning", file]);
    const promised = [...program.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, line]) => line);
    expect(promised.length).toBeGreaterThan(0);
    expect(stdout.trim().split("\n")).toEqual(promised);
  } finally {
    rmSync(file, { force: true });
    await relay.close();
    rmSync(data, { recursive: true });
  }
});
