/** Reading a pack's weights from wherever the host keeps them, and trusting none of it before its hash is right. */
import { bytesToHex } from "@albumen/core/primitives/bytes.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import type { PackManifest, WeightsRole } from "./manifest.ts";

/** A folder, a cache or a download, as the host composes them. */
export interface WeightsSource {
  /** The bytes of the file `name`, or null where the source has none. */
  read(name: string): Promise<Uint8Array | null>;
}

/** SHA-256 as the host computes it; 32 bytes. */
export type Sha256 = (bytes: Uint8Array) => Promise<Uint8Array>;

/** Verified weights. */
export interface LoadedPack {
  readonly manifest: PackManifest;
  readonly weights: Readonly<Record<WeightsRole, Uint8Array>>;
}

/** Why a pack is not loaded; `reason` is a sentence for people. */
export type LoadError =
  | {
      readonly kind: "damaged-model";
      readonly file: string;
      /** SHA-256 in hex, or a size such as "232589 bytes" where that differs already. */
      readonly expected: string;
      readonly found: string;
      readonly reason: string;
    }
  | { readonly kind: "model-missing"; readonly file: string; readonly reason: string };

/** The verified weights of `manifest` from `source`; the first missing or damaged file is named and nothing is loaded. */
export async function loadPack(
  manifest: PackManifest,
  source: WeightsSource,
  sha256: Sha256,
): Promise<Result<LoadedPack, LoadError>> {
  const weights: Partial<Record<WeightsRole, Uint8Array>> = {};
  for (const { role, file, bytes: size, sha256: expected } of manifest.weights) {
    const bytes = await source.read(file);
    if (bytes === null) return err({ kind: "model-missing", file, reason: `the model file ${file} is not installed` });
    if (bytes.length !== size) return damaged(file, `${size} bytes`, `${bytes.length} bytes`);
    const found = bytesToHex(await sha256(bytes));
    if (found !== expected) return damaged(file, expected, found);
    weights[role] = bytes;
  }
  const { detector, embedder } = weights;
  if (detector === undefined || embedder === undefined) throw new Error(`pack ${manifest.name} lacks a role`);
  return ok({ manifest, weights: { detector, embedder } });
}

function damaged(file: string, expected: string, found: string): Result<never, LoadError> {
  const reason = `the model file ${file} is damaged: expected ${expected}, found ${found}`;
  return err({ kind: "damaged-model", file, expected, found, reason });
}
