/**
 * The browser's composition: every effect and adapter that an engine in this tab gets. Nothing heavy is loaded before it is
 * needed: the decoders and models come with the first photo, in a worker.
 */
import { initializeDocuments } from "@albumen/core/documents/automerge.ts";
import type { Random } from "@albumen/core/ports/random.ts";
import { clusterFaces } from "@albumen/models/cluster/cluster.ts";
import type { EngineParts } from "../../engine/open.ts";
import { createDexieStore } from "../../storage/dexie/dexie.ts";
import { createSealedStore } from "../../storage/sealed-store.ts";
import { createTransport } from "../../transport/transport.ts";
import { assetUrls } from "./assets.ts";
import { nameDevice } from "./device-name.ts";
import { createIndexerHost } from "./indexer-host.ts";
import { openStoreKey } from "./store-key.ts";
import { createTabLock, type TabLock } from "./tab-lock.ts";

/** What the app's beginning needs of a browser. */
export interface BrowserHost {
  readonly parts: () => Promise<EngineParts>;
  readonly claim: TabLock["claim"];
  readonly onYield: TabLock["onYield"];
  readonly relay: string;
  readonly suggestedName: string;
}

/** The host of this tab. Nothing is opened before `claim` succeeds and `parts` is called. */
export function createBrowserHost(): BrowserHost {
  const lock = createTabLock("albumen");
  return {
    parts: openParts,
    claim: lock.claim,
    onYield: lock.onYield,
    relay: window.location.origin,
    suggestedName: nameDevice(navigator.userAgent),
  };
}

async function openParts(): Promise<EngineParts> {
  const [key] = await Promise.all([openStoreKey("albumen-key", random), initializeDocuments(assetUrls.automerge)]);
  // A library that the browser may throw away under pressure is no library; the browser may still say no.
  void navigator.storage?.persist?.();
  const indexer = createIndexerHost();
  return {
    store: createSealedStore(createDexieStore("albumen"), key, random),
    random,
    clock: () => Date.now(),
    clusterer: clusterFaces,
    indexer: async () => {
      const opened = await indexer.open();
      return { indexer: opened, problem: opened.pack === null ? withoutModels : null };
    },
    transport: createTransport(fetch.bind(window), (url) => new WebSocket(url)),
  };
}

const withoutModels =
  "face recognition is not installed here: photos are added all the same, and faces can be drawn and named by hand";

const random: Random = (length) => crypto.getRandomValues(new Uint8Array(length));
