/** For measurements and tests in Node: the parts of an indexer from the installed packages and a folder of weights. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fullPack } from "../packs/manifest.ts";
import { loadPack, type LoadError, type Sha256 } from "../packs/load.ts";
import { assetPaths, type AssetName } from "../pipeline/assets.ts";
import type { DecoderFiles } from "../decoders/decoders.ts";
import type { IndexerParts } from "../pipeline/indexer.ts";
import { ok, type Result } from "@albumen/core/primitives/result.ts";

/** SHA-256 by Node. */
export const sha256: Sha256 = async (bytes) => new Uint8Array(createHash("sha256").update(bytes).digest());

/** The bytes of an installed binary. */
export async function readAsset(name: AssetName): Promise<Uint8Array> {
  return new Uint8Array(await readFile(fileURLToPath(import.meta.resolve(assetPaths[name]))));
}

/** The decoders' binaries. */
export async function readDecoderFiles(): Promise<DecoderFiles> {
  const [jpegDecoder, jpegEncoder, pngDecoder, webpDecoder] = await Promise.all([
    readAsset("jpegDecoder"),
    readAsset("jpegEncoder"),
    readAsset("pngDecoder"),
    readAsset("webpDecoder"),
  ]);
  return { jpegDecoder, jpegEncoder, pngDecoder, webpDecoder };
}

/** The parts of an indexer with the weights in `folder`, or without weights where it is null. */
export async function readParts(folder: string | null): Promise<Result<IndexerParts, LoadError>> {
  const decoders = await readDecoderFiles();
  if (folder === null) return ok({ decoders, recognition: null, sha256 });
  const read = async (name: string): Promise<Uint8Array | null> => readFile(join(folder, name)).catch(() => null);
  const pack = await loadPack(fullPack, { read }, sha256);
  if (!pack.ok) return pack;
  return ok({ decoders, recognition: { pack: pack.value, runtime: { binary: await readAsset("runtime") } }, sha256 });
}
