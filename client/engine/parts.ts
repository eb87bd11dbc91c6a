/** What a composition hands to the engine: every effect, every adapter. */
import type { Clusterer } from "@albumen/core/ports/clusterer.ts";
import type { Indexer } from "@albumen/models/pipeline/indexer.ts";
import type { LogParts } from "../log/parts.ts";

/** An indexer, and why it finds no faces where it does not. */
export interface OpenedIndexer {
  readonly indexer: Indexer;
  /** One sentence that says why faces are not looked for and what still works; null where they are. */
  readonly problem: string | null;
}

/** What a composition hands to the engine: every effect, every adapter. */
export interface EngineParts extends LogParts {
  readonly clusterer: Clusterer;
  /** Called when the first photo needs it; models load slowly. */
  readonly indexer: () => Promise<OpenedIndexer>;
  /** Reads an original again by the path that its import gave; null where it is gone. Absent in the browser. */
  readonly readOriginal?: (path: string) => Promise<Uint8Array | null>;
}
