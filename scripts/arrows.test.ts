/** Every rule of .dependency-cruiser.mjs fires on the import it forbids, and on no import that it allows. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import config from "../.dependency-cruiser.mjs";

/** rule: the file that breaks it and what the file imports, a path from the root of the project or the name of a library. */
const forbidden: Readonly<Record<string, readonly [file: string, imported: string]>> = {
  "core-primitives-sees-what-is-before-it": ["core/primitives/a.ts", "core/ids/x.ts"],
  "core-ids-sees-what-is-before-it": ["core/ids/a.ts", "core/index/x.ts"],
  "core-index-sees-what-is-before-it": ["core/index/a.ts", "core/wire/x.ts"],
  "core-wire-sees-what-is-before-it": ["core/wire/a.ts", "core/roster/x.ts"],
  "core-roster-sees-what-is-before-it": ["core/roster/a.ts", "core/crypto/x.ts"],
  "core-crypto-sees-what-is-before-it": ["core/crypto/a.ts", "core/membership/x.ts"],
  "core-membership-sees-what-is-before-it": ["core/membership/a.ts", "core/facts/x.ts"],
  "core-facts-sees-what-is-before-it": ["core/facts/a.ts", "core/documents/x.ts"],
  "core-documents-sees-what-is-before-it": ["core/documents/a.ts", "core/replay/x.ts"],
  "core-snapshot-sees-what-is-before-it": ["core/snapshot/a.ts", "core/replay/x.ts"],
  "core-replay-sees-what-is-before-it": ["core/replay/a.ts", "core/people/x.ts"],
  "core-people-sees-what-is-before-it": ["core/people/a.ts", "core/albums/x.ts"],
  "core-albums-sees-what-is-before-it": ["core/albums/a.ts", "core/projection/x.ts"],
  "core-projection-sees-what-is-before-it": ["core/projection/a.ts", "core/sync/x.ts"],
  "core-sync-sees-wire": ["core/sync/a.ts", "core/facts/x.ts"],
  "core-ports-hold-interfaces": ["core/ports/a.ts", "core/crypto/x.ts"],
  "core-lowest-ports-see-ids": ["core/ports/random.ts", "core/wire/x.ts"],
  "core-sees-ports-as-types": ["core/facts/h.ts", "core/ports/x.ts"],
  "core-ports-import-types-only": ["core/ports/b.ts", "core/facts/x.ts"],
  "core-sees-core": ["core/people/b.ts", "models/cluster/x.ts"],
  "core-has-no-builtins": ["core/people/c.ts", "node:fs"],
  "core-libraries": ["core/people/d.ts", "rxjs"],
  "models-see-primitives-ids-index": ["models/cluster/a.ts", "core/facts/x.ts"],
  "relay-is-blind": ["relay/routes/a.ts", "core/crypto/x.ts"],
  "client-never-sees-relay": ["client/transport/a.ts", "relay/x.ts"],
  "log-knows-no-photos": ["client/log/a.ts", "core/facts/x.ts"],
  "log-never-sees-the-engine": ["client/log/b.ts", "client/engine/x.ts"],
  "engine-never-sees-adapters": ["client/engine/a.ts", "client/storage/dexie/x.ts"],
  "adapters-never-see-screens": ["client/storage/memory/a.ts", "client/web/x.ts"],
  "screens-see-the-engine": ["client/web/a.ts", "client/storage/dexie/x.ts"],
  "screens-see-no-core-but-names": ["client/cli/a.ts", "core/crypto/x.ts"],
  "only-mains-compose": ["client/cli/b.ts", "client/compose/x.ts"],
  "web-and-cli-are-apart": ["client/web/b.ts", "client/cli/x.ts"],
  "cli-and-web-are-apart": ["client/cli/c.ts", "client/web/x.ts"],
  "sqlite-has-one-importer": ["relay/routes/b.ts", "node:sqlite"],
  "libsodium-has-one-importer": ["client/engine/b.ts", "libsodium-wrappers-sumo"],
  "bip39-has-one-importer": ["client/engine/c.ts", "@scure/bip39"],
  "fflate-has-one-importer": ["core/facts/c.ts", "fflate"],
  "automerge-has-one-importer": ["core/facts/d.ts", "@automerge/automerge"],
  "automerge-repo-has-one-importer": ["client/workers/a.ts", "@automerge/automerge-repo"],
  "onnxruntime-has-one-importer": ["models/pipeline/a.ts", "onnxruntime-web"],
  "jsquash-has-one-importer": ["models/pipeline/b.ts", "@jsquash/jpeg"],
  "dexie-has-one-importer": ["client/engine/d.ts", "dexie"],
  "hono-server-has-one-importer": ["relay/routes/c.ts", "@hono/node-server"],
  "hono-has-one-importer": ["client/transport/b.ts", "hono"],
  "ws-has-one-importer": ["client/transport/c.ts", "ws"],
  "rxjs-has-one-importer": ["client/storage/memory/b.ts", "rxjs"],
  "qr-has-one-importer": ["client/engine/f.ts", "qr"],
  "react-has-one-importer": ["client/engine/e.ts", "react"],
  "nothing-imports-property-tests": ["core/facts/e.test.ts", "property-tests/x.ts"],
  "the-independent-decoder-stands-alone": ["property-tests/vectors/independent/a.ts", "core/primitives/x.ts"],
  "the-independent-decoder-has-its-own-libraries": ["property-tests/vectors/independent/b.ts", "cborg"],
  "no-circular-imports": ["core/facts/circle.ts", "core/facts/other-half.ts"],
  "imports-resolve": ["core/facts/f.ts", "core/facts/absent.ts"],
  "dependencies-are-declared": ["core/facts/g.ts", "undeclared"],
};

/** Imports that no rule may forbid. */
const allowed: readonly (readonly [file: string, imported: string])[] = [
  ["core/albums/ok.ts", "core/primitives/x.ts"],
  ["core/documents/ok.ts", "@automerge/automerge"],
  ["core/facts/compares-anything.test.ts", "core/projection/x.ts"],
  ["core/ports/ok.ts", "core/ids/x.ts"],
  ["models/cluster/ok.ts", "core/index/x.ts"],
  ["models/cluster/also-ok.ts", "core/ports/clusterer.ts"],
  ["relay/routes/ok.ts", "core/crypto/verify.ts"],
  ["relay/log-store/ok.ts", "node:sqlite"],
  ["client/web/main.tsx", "client/compose/x.ts"],
  ["client/cli/ok.ts", "client/engine/x.ts"],
  ["client/engine/ok.ts", "rxjs"],
  ["client/engine/also-ok.ts", "client/log/x.ts"],
  ["client/log/ok.ts", "core/facts/fact-id.ts"],
  ["client/log/also-ok.ts", "@automerge/automerge-repo"],
];

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
}

const root = mkdtempSync(join(tmpdir(), "albumen-arrows-"));
let violations: readonly Violation[] = [];

beforeAll(() => {
  const libraries = [...Object.values(forbidden), ...allowed]
    .map(([, imported]) => imported)
    .filter((imported) => isLibrary(imported) && !imported.startsWith("node:"));
  const declared = libraries.filter((name) => name !== "undeclared").map((name) => [name, "*"]);
  write("package.json", JSON.stringify({ name: "fixture", type: "module", dependencies: Object.fromEntries(declared) }));
  for (const name of libraries) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: "index.js" }));
    write(`node_modules/${name}/index.js`, "");
  }
  for (const [file, imported] of [...Object.values(forbidden), ...allowed]) {
    if (!isLibrary(imported) && !imported.includes("absent")) write(imported, "export const x = 1;\n");
    write(file, `import { x } from "${isLibrary(imported) ? imported : upTo(file, imported)}";\nexport const y = x;\n`);
  }
  write("core/facts/other-half.ts", 'import type { y } from "./circle.ts";\nexport const x: typeof y = 1;\n');
  violations = cruise();
});

afterAll(() => rmSync(root, { recursive: true }));

describe("each rule fires", () => {
  it("no rule without an example", () => {
    expect(config.forbidden.map(({ name }) => name).sort()).toEqual(Object.keys(forbidden).sort());
  });

  it.each(Object.entries(forbidden))("%s", (name, [file]) => {
    expect(violations.filter((violation) => violation.from === file).map((violation) => violation.rule.name)).toContain(name);
  });

  it("a type-only import counts", () => {
    write("core/ids/types.ts", 'import type { x } from "../facts/x.ts";\nexport type Y = typeof x;\n');
    expect(cruise().map(({ from }) => from)).toContain("core/ids/types.ts");
  });
});

describe("no rule forbids", () => {
  it.each(allowed)("%s importing %s", (file) => {
    expect(violations.filter((violation) => violation.from === file)).toEqual([]);
  });
});

it("each rule is an error and says why in a sentence", () => {
  const wordless = config.forbidden.filter(({ comment, severity }) => severity !== "error" || !/^.{20,}\.$/.test(comment));
  expect(wordless).toEqual([]);
});

function isLibrary(imported: string): boolean {
  return !imported.endsWith(".ts");
}

function upTo(file: string, imported: string): string {
  return "../".repeat(file.split("/").length - 1) + imported;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function cruise(): readonly Violation[] {
  const project = join(import.meta.dirname, "..");
  const folders = ["core", "models", "relay", "client", "property-tests"];
  const output = execFileSync(
    process.execPath,
    [
      join(project, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs"),
      ...["--config", join(project, ".dependency-cruiser.mjs"), "--output-type", "json", ...folders],
    ],
    { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 },
  );
  return (JSON.parse(output) as { summary: { violations: readonly Violation[] } }).summary.violations;
}
