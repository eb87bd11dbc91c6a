/**
 * Where a pack's weights come from in Node: the folder that ALBUMEN_MODEL_DIR names, then the cache folder (node-cache.ts),
 * then, only where a person agreed to it, the address that the manifest names. Nothing counts before its size and SHA-256 are those of the manifest; a damaged file is refused by name.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { err, type Result } from "@albumen/core/primitives/result.ts";
import { loadPack, type LoadedPack, type Sha256 } from "@albumen/models/packs/load.ts";
import { fullPack, type WeightsFile } from "@albumen/models/packs/manifest.ts";
import { cacheFolder } from "./node-cache.ts";

/** Where to look, and whether fetching is allowed. */
export interface WeightsOptions {
  /** The folder a person named; null where none did. */
  readonly folder: string | null;
  readonly cache: string;
  /** Whether a person agreed to fetch what is missing from upstream. */
  readonly download: boolean;
  /** What a person would type to agree. */
  readonly agreeing: string;
  readonly fetch: typeof fetch;
  /** Takes one line about what is being fetched. */
  readonly report: (line: string) => void;
}

/** SHA-256 by Node. */
export const sha256: Sha256 = async (bytes) => new Uint8Array(createHash("sha256").update(bytes).digest());

/** What the environment says; `consent` is a person's own, by an option of a command. */
export function readWeightsOptions(
  consent: boolean,
  report: (line: string) => void,
  agreeing = "--download-models",
): WeightsOptions {
  const { ALBUMEN_MODEL_DIR: folder, ALBUMEN_DOWNLOAD_MODELS: download } = process.env;
  return {
    folder: folder === undefined || folder === "" ? null : folder,
    cache: cacheFolder("models"),
    download: consent || download === "1",
    agreeing,
    fetch,
    report,
  };
}

/** The folder that has every file of the pack, unchecked; null where none has. */
export function findWeightsFolder({ folder, cache }: WeightsOptions): string | null {
  const holdsAll = (place: string | null): boolean =>
    place !== null && fullPack.weights.every(({ file }) => existsSync(join(place, file)));
  if (holdsAll(folder)) return folder;
  return holdsAll(cache) ? cache : null;
}

/** The verified pack, fetched where that is allowed; else one sentence that says what is missing and what would help. */
export async function loadWeights(options: WeightsOptions): Promise<Result<LoadedPack, string>> {
  const failure = findWeightsFolder(options) === null && options.download ? await downloadAll(options) : null;
  if (failure !== null) return err(failure);
  const folder = findWeightsFolder(options);
  if (folder === null) return err(`the models are not installed; ${options.agreeing} fetches them (4.2 MB)`);
  const read = async (name: string): Promise<Uint8Array | null> => readFile(join(folder, name)).catch(() => null);
  const pack = await loadPack(fullPack, { read }, sha256);
  return pack.ok ? pack : err(`${pack.error.reason} (in ${folder})`);
}

async function downloadAll({ cache, fetch, report }: WeightsOptions): Promise<string | null> {
  for (const weights of fullPack.weights) {
    if (existsSync(join(cache, weights.file))) continue;
    report(`fetching ${weights.file} (${(weights.bytes / 1e6).toFixed(1)} MB) from ${new URL(weights.address).host}`);
    const failure = await downloadOne(weights, cache, fetch).catch(
      (cause: unknown) => `${weights.file} cannot be fetched: ${String(cause)}`,
    );
    if (failure !== null) return failure;
  }
  return null;
}

/** Stores the file only where it is exactly the one that the manifest names. */
async function downloadOne(weights: WeightsFile, cache: string, fetch: WeightsOptions["fetch"]): Promise<string | null> {
  const response = await fetch(weights.address);
  if (!response.ok) return `${weights.file} cannot be fetched: ${response.status} ${response.statusText}`;
  const bytes = new Uint8Array(await response.arrayBuffer());
  const found = Buffer.from(await sha256(bytes)).toString("hex");
  if (found !== weights.sha256)
    return `${weights.file} was fetched, but its SHA-256 is ${found} instead of ${weights.sha256}: refused`;
  await mkdir(cache, { recursive: true });
  const draft = join(cache, `${weights.file}.${process.pid}.new`);
  await writeFile(draft, bytes);
  await rename(draft, join(cache, weights.file));
  return null;
}
