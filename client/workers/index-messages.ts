/** What page and index worker say to each other: one question at a time, one answer each. */
import type { PackId } from "@albumen/core/ids/ids.ts";
import type { Result } from "@albumen/core/primitives/result.ts";
import type { AssetName } from "@albumen/models/pipeline/assets.ts";
import type { ImportError, IndexedFile } from "@albumen/models/pipeline/indexer.ts";

/** A question of the page. */
export type IndexWorkerRequest =
  | { readonly kind: "open"; readonly assets: Readonly<Record<AssetName, string>> }
  | { readonly kind: "index"; readonly file: Uint8Array };

/** What the worker can do. */
export interface Readiness {
  readonly pack: PackId | null;
  /** Why no faces are found, in a few words; null where they are. */
  readonly problem: string | null;
}

/** An answer of the worker. */
export type IndexWorkerReply =
  | { readonly kind: "opened"; readonly opened: Readiness }
  | { readonly kind: "indexed"; readonly result: Result<IndexedFile, ImportError> }
  | { readonly kind: "failed"; readonly reason: string };
