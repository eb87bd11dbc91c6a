import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadWeights, type WeightsOptions } from "./node-weights.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "albumen-weights-"));
});
afterEach(() => rmSync(root, { recursive: true }));

/** What was asked for over the network. */
const asked: string[] = [];
const options = (more: Partial<WeightsOptions> = {}): WeightsOptions => ({
  folder: null,
  cache: join(root, "cache"),
  download: false,
  agreeing: "--download-models",
  fetch: async (address) => {
    asked.push(String(address));
    return new Response("these are not the weights");
  },
  report: () => {},
  ...more,
});
const reasonOf = async (chosen: WeightsOptions) => {
  asked.length = 0;
  const loaded = await loadWeights(chosen);
  return loaded.ok ? "loaded" : loaded.error;
};

test("without consent nothing is fetched, and the sentence says what would fetch it", async () => {
  expect(await reasonOf(options())).toMatch(/not installed; --download-models fetches them/);
  expect(asked).toEqual([]);
});

test("what was fetched and has another hash is refused by name and not kept", async () => {
  expect(await reasonOf(options({ download: true }))).toMatch(
    /^yunet_640\.onnx was fetched, but its SHA-256 is [0-9a-f]{64} instead of/,
  );
  expect(asked).toHaveLength(1);
  expect(() => readdirSync(join(root, "cache"))).toThrow(/ENOENT/);
});

test("a network that fails is a sentence", async () => {
  const fetch = () => Promise.reject(new TypeError("fetch failed"));
  expect(await reasonOf(options({ download: true, fetch }))).toBe("yunet_640.onnx cannot be fetched: TypeError: fetch failed");
});

test("a damaged file in the named folder is refused by name, not fetched again", async () => {
  for (const name of ["yunet_640.onnx", "mobilefacenet.onnx"]) writeFileSync(join(root, name), "damaged");
  expect(await reasonOf(options({ folder: root, download: true }))).toMatch(
    /^the model file yunet_640\.onnx is damaged: .* \(in .*\)$/,
  );
  expect(asked).toEqual([]);
});
