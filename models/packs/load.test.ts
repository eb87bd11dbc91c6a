import { describe, expect, test } from "vitest";
import { bytesToHex } from "@albumen/core/primitives/bytes.ts";
import { readParts, sha256 } from "../eval/parts.ts";
import { testFolders } from "../testing/folders.ts";
import { loadPack } from "./load.ts";
import { fullPack, type PackManifest } from "./manifest.ts";

const files = { detector: Uint8Array.of(1, 2, 3), embedder: Uint8Array.of(4, 5) };

async function manifest(): Promise<PackManifest> {
  const [detector, embedder] = fullPack.weights;
  return {
    name: "small",
    title: "Small",
    weights: [
      { ...detector, file: "detector", bytes: 3, sha256: bytesToHex(await sha256(files.detector)) },
      { ...embedder, file: "embedder", bytes: 2, sha256: bytesToHex(await sha256(files.embedder)) },
    ],
  };
}

const load = async (found: Readonly<Record<string, Uint8Array>>) =>
  loadPack(await manifest(), { read: async (name) => found[name] ?? null }, sha256);

describe("loadPack", () => {
  test("gives the weights where all are right", async () => {
    expect(await load(files)).toEqual({ ok: true, value: { manifest: await manifest(), weights: files } });
  });
  test("names the missing file", async () => {
    expect(await load({ detector: files.detector })).toEqual({
      ok: false,
      error: { kind: "model-missing", file: "embedder", reason: "the model file embedder is not installed" },
    });
  });
  test("names the file of the wrong size", async () => {
    expect(await load({ ...files, detector: Uint8Array.of(1) })).toEqual({
      ok: false,
      error: {
        kind: "damaged-model",
        file: "detector",
        expected: "3 bytes",
        found: "1 bytes",
        reason: "the model file detector is damaged: expected 3 bytes, found 1 bytes",
      },
    });
  });
  test("names the file with a flipped bit, what was expected and what was found", async () => {
    const refused = await load({ ...files, detector: Uint8Array.of(1, 2, 2) });
    const expected = bytesToHex(await sha256(files.detector));
    const found = bytesToHex(await sha256(Uint8Array.of(1, 2, 2)));
    expect(refused).toEqual({
      ok: false,
      error: {
        kind: "damaged-model",
        file: "detector",
        expected,
        found,
        reason: `the model file detector is damaged: expected ${expected}, found ${found}`,
      },
    });
  });
});

const { models } = testFolders(process.env);
test.skipIf(models === null)(
  "the full pack's manifest fits the weights in ALBUMEN_MODEL_DIR (left out where it is not set)",
  async () => {
    const parts = await readParts(models);
    expect(parts.ok ? parts.value.recognition?.pack.manifest : parts.error).toEqual(fullPack);
  },
);
