/**
 * The browser's composition: every effect and adapter that an engine in this tab gets. Nothing heavy is loaded before it is
 * needed: the decoders and models come with the first photo, in a worker.
 */
import { initializeDocuments } from "@albumen/core/documents/automerge.ts";
import type { Random } from "@albumen/core/ports/random.ts";
import { clusterFaces } from "@albumen/models/cluster/cluster.ts";
import type { EngineParts } from "../../engine/open.ts";
import { createDexieStore } from "../../storage/dexie/dexie.ts";
import { createSealedStore, type StoreKey } from "../../storage/sealed-store.ts";
import { createTransport } from "../../transport/transport.ts";
import { assetUrls } from "./assets.ts";
import { nameDevice } from "./device-name.ts";
import { createIndexerHost } from "./indexer-host.ts";
import { eraseDatabases } from "./erase.ts";
import { createTabLock, type TabLock } from "./tab-lock.ts";
import { createTabSignal, type TabSignal } from "./tab-signal.ts";
import { createVault, type Vault } from "./vault.ts";

/** What the app's beginning needs of a browser. */
export interface BrowserHost {
  /** Null where the store is locked and `passphrase` is null or wrong. */
  readonly parts: (passphrase: string | null) => Promise<EngineParts | null>;
  readonly claim: TabLock["claim"];
  readonly onYield: TabLock["onYield"];
  /** Asks the browser not to throw the library away when space is short; it may still say no. */
  readonly keepStorage: () => void;
  readonly vault: Vault;
  /** Tells the other tabs to lock, and hears it from them. */
  readonly lockSignal: TabSignal;
  /** Starts the page again: nothing that was in its memory stays. */
  readonly restart: () => void;
  /** Removes the library from this browser. Nobody may have it open. */
  readonly erase: () => Promise<void>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly relay: string;
  readonly suggestedName: string;
}

/** The host of this tab. Nothing is opened before `claim` succeeds and `parts` is called. */
export function createBrowserHost(): BrowserHost {
  const lock = createTabLock("albumen");
  const vault = createVault("albumen-key", random);
  return {
    vault,
    lockSignal: createTabSignal("albumen-locks"),
    restart: () => window.location.reload(),
    // The key goes last: as long as it is there, the page knows that something is left to erase.
    erase: () => eraseDatabases("albumen", "albumen-key"),
    clock,
    parts: async (passphrase) => {
      const documents = initializeDocuments(assetUrls.automerge);
      // They go on loading while somebody types; where that failed, it is tried again, and seen, after the right passphrase.
      documents.catch(() => undefined);
      const key = await vault.open(passphrase);
      if (key === null) return null;
      await documents;
      return createParts(key);
    },
    claim: lock.claim,
    onYield: lock.onYield,
    keepStorage: () => void navigator.storage?.persist?.(),
    relay: window.location.origin,
    suggestedName: nameDevice(navigator.userAgent),
  };
}

function createParts(key: StoreKey): EngineParts {
  return {
    store: createSealedStore(createDexieStore("albumen"), key, random),
    random,
    clock,
    clusterer: clusterFaces,
    indexer: createIndexerHost(),
    transport: createTransport(fetch.bind(window), (url) => new WebSocket(url)),
  };
}

const clock = (): number => Date.now();
const random: Random = (length) => crypto.getRandomValues(new Uint8Array(length));
