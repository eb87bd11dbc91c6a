/**
 * The indexer in Node: decoders and runtime from the installed packages of models, weights from node-weights.ts. Without
 * weights, or where the recognition cannot start, photos are imported all the same, without faces, and `problem` says why.
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { assetPaths, type AssetName } from "@albumen/models/pipeline/assets.ts";
import { createIndexer, type Indexer, type IndexerParts } from "@albumen/models/pipeline/indexer.ts";
import { loadWeights, sha256, type WeightsOptions } from "./node-weights.ts";

/** An indexer, and why it finds no faces where it finds none. */
export interface NodeIndexer {
  readonly indexer: Indexer;
  readonly problem: string | null;
}

/** Opens the indexer. @throws Error where not even the decoders start: a broken installation. */
export async function openIndexer(options: WeightsOptions): Promise<NodeIndexer> {
  const [jpegDecoder, jpegEncoder, pngDecoder, webpDecoder, weights] = await Promise.all([
    readAsset("jpegDecoder"),
    readAsset("jpegEncoder"),
    readAsset("pngDecoder"),
    readAsset("webpDecoder"),
    loadWeights(options),
  ]);
  const bare: IndexerParts = { decoders: { jpegDecoder, jpegEncoder, pngDecoder, webpDecoder }, recognition: null, sha256 };
  if (!weights.ok) return { indexer: await openBare(bare), problem: weights.error };
  const recognition = { pack: weights.value, runtime: { binary: await readAsset("runtime") } };
  const full = await createIndexer({ ...bare, recognition });
  return full.ok ? { indexer: full.value, problem: null } : { indexer: await openBare(bare), problem: full.error.reason };
}

async function openBare(parts: IndexerParts): Promise<Indexer> {
  const created = await createIndexer(parts);
  if (!created.ok) throw new Error(created.error.reason);
  return created.value;
}

/** A binary of the pipeline, as the package `models` sees it. */
async function readAsset(name: AssetName): Promise<Uint8Array> {
  const models = createRequire(new URL("../../models/package.json", import.meta.url));
  return new Uint8Array(await readFile(models.resolve(assetPaths[name])));
}
