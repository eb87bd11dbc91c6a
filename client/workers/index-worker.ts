/**
 * The index worker: decoders and models, away from the page. It starts with the binaries of the build and the weights that the
 * page's own origin offers under /models/; without weights it decodes and makes thumbnails all the same.
 */
import { fullPack } from "@albumen/models/packs/manifest.ts";
import { loadPack, type LoadedPack, type LoadError, type Sha256 } from "@albumen/models/packs/load.ts";
import type { AssetName } from "@albumen/models/pipeline/assets.ts";
import { createIndexer, type Indexer, type IndexerParts } from "@albumen/models/pipeline/indexer.ts";
import type { Result } from "@albumen/core/primitives/result.ts";
import type { IndexWorkerReply, IndexWorkerRequest, Readiness } from "./index-messages.ts";
import { forgetWeights, readWeights } from "./weights-cache.ts";

let indexer: Indexer | null = null;

const sha256: Sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>));

self.addEventListener("message", ({ data }: MessageEvent<IndexWorkerRequest>) => {
  answer(data).then(reply, (cause: unknown) => reply({ kind: "failed", reason: String(cause) }));
});

async function answer(request: IndexWorkerRequest): Promise<IndexWorkerReply> {
  if (request.kind === "open") return { kind: "opened", opened: await open(request.assets) };
  if (indexer === null) throw new Error("the indexer was asked before it was opened");
  return { kind: "indexed", result: await indexer.index(request.file) };
}

async function open(assets: Readonly<Record<AssetName, string>>): Promise<Readiness> {
  const [jpegDecoder, jpegEncoder, pngDecoder, webpDecoder, pack] = await Promise.all([
    fetchBytes(assets.jpegDecoder),
    fetchBytes(assets.jpegEncoder),
    fetchBytes(assets.pngDecoder),
    fetchBytes(assets.webpDecoder),
    loadWeights(),
  ]);
  const bare: IndexerParts = { decoders: { jpegDecoder, jpegEncoder, pngDecoder, webpDecoder }, recognition: null, sha256 };
  const problem = pack.ok ? await openFull(bare, pack.value, assets.runtime) : describe(pack.error);
  if (problem !== null) indexer = orThrow(await createIndexer(bare));
  return { pack: indexer?.pack ?? null, problem };
}

function describe(error: LoadError): string {
  return error.kind === "model-missing" ? "face recognition is not installed here" : error.reason;
}

/** The verified pack; what was kept damaged is asked of the origin once more. */
async function loadWeights(): ReturnType<typeof loadPack> {
  const kept = await loadPack(fullPack, { read: readWeights }, sha256);
  if (kept.ok || kept.error.kind !== "damaged-model") return kept;
  await forgetWeights();
  return loadPack(fullPack, { read: readWeights }, sha256);
}

/** Opens with recognition; why not, where that fails. */
async function openFull(bare: IndexerParts, pack: LoadedPack, runtime: string): Promise<string | null> {
  const created = await createIndexer({ ...bare, recognition: { pack, runtime: { binary: await fetchBytes(runtime) } } });
  if (!created.ok) return created.error.reason;
  indexer = created.value;
  return null;
}

async function fetchBytes(address: string): Promise<Uint8Array> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`a part of the app is missing at its origin: ${address}`);
  return new Uint8Array(await response.arrayBuffer());
}

function orThrow<T>(result: Result<T, { readonly reason: string }>): T {
  if (!result.ok) throw new Error(result.error.reason);
  return result.value;
}

function reply(message: IndexWorkerReply): void {
  const thumbnail = message.kind === "indexed" && message.result.ok ? [message.result.value.thumbnail.buffer] : [];
  self.postMessage(message, { transfer: thumbnail });
}
