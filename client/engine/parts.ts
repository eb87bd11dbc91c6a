/** What a composition hands to the engine: every effect, every adapter. */
import type { Clusterer } from "@albumen/core/ports/clusterer.ts";
import type { Random } from "@albumen/core/ports/random.ts";
import type { Store } from "@albumen/core/ports/store.ts";
import type { Indexer } from "@albumen/models/pipeline/indexer.ts";
import type { RelayTransport } from "./relay-port.ts";

/** An indexer, and why it finds no faces where it does not. */
export interface OpenedIndexer {
  readonly indexer: Indexer;
  /** One sentence that says why faces are not looked for and what still works; null where they are. */
  readonly problem: string | null;
}

/** What a composition hands to the engine: every effect, every adapter. */
export interface EngineParts {
  readonly store: Store;
  readonly random: Random;
  /** Milliseconds since 1970; for display and time-outs only. */
  readonly clock: () => number;
  readonly clusterer: Clusterer;
  /** Called when the first photo needs it; models load slowly. */
  readonly indexer: () => Promise<OpenedIndexer>;
  readonly transport: RelayTransport;
  /** Reads an original again by the path that its import gave; null where it is gone. Absent in the browser. */
  readonly readOriginal?: (path: string) => Promise<Uint8Array | null>;
}
