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
  /** Asks the browser not to throw the library away when space is short; it may still say no. */
  readonly keepStorage: () => void;
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
    keepStorage: () => void navigator.storage?.persist?.(),
    relay: window.location.origin,
    suggestedName: nameDevice(navigator.userAgent),
  };
}

async function openParts(): Promise<EngineParts> {
  const [key] = await Promise.all([openStoreKey("albumen-key", random), initializeDocuments(assetUrls.automerge)]);
  return {
    store: createSealedStore(createDexieStore("albumen"), key, random),
    random,
    clock: () => Date.now(),
    clusterer: clusterFaces,
    indexer: createIndexerHost(),
    transport: createTransport(fetch.bind(window), (url) => new WebSocket(url)),
  };
}

const random: Random = (length) => crypto.getRandomValues(new Uint8Array(length));
