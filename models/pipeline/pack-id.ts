/**
 * Pack id = first 16 bytes of SHA-256 over the canonical CBOR of
 *
 *   { label: "albumen pack", version: pipeline version, weights: {detector, embedder: SHA-256},
 *     binaries: {name: SHA-256 of each WebAssembly binary on the path to the vector}, options: session options }
 *
 * The thumbnail's encoder is not on that path, but its bytes are stored as blobs by their hash, so it counts as well.
 */
import { bytesToId, type PackId } from "@albumen/core/ids/ids.ts";
import { encodeCbor, type CborValue } from "@albumen/core/primitives/cbor.ts";
import type { Sha256 } from "../packs/load.ts";
import { sessionOptions } from "../runtime/session.ts";
import { pipelineVersion } from "./version.ts";

/** Bytes by name. */
export type NamedBytes = Readonly<Record<string, Uint8Array>>;

/** The id of the pack with these weights and binaries. */
export async function packId(weights: NamedBytes, binaries: NamedBytes, sha256: Sha256): Promise<PackId> {
  const description = encodeCbor({
    label: "albumen pack",
    version: pipelineVersion,
    weights: await hashAll(weights, sha256),
    binaries: await hashAll(binaries, sha256),
    options: sessionOptions,
  });
  const id = bytesToId("PackId", (await sha256(description)).slice(0, 16));
  if (id === null) throw new Error("SHA-256 gave fewer than 16 bytes");
  return id;
}

async function hashAll(parts: NamedBytes, sha256: Sha256): Promise<{ readonly [name: string]: CborValue }> {
  const hashes: Record<string, CborValue> = {};
  for (const name of Object.keys(parts).sort()) hashes[name] = await sha256(parts[name] ?? new Uint8Array(0));
  return hashes;
}
