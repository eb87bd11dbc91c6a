/** A store with a log that real pens wrote, and what a device makes of it: with a snapshot, without, with one that lies. */
import type { MemberKeys } from "@albumen/core/crypto/keys.ts";
import type { LibraryId } from "@albumen/core/ids/ids.ts";
import type { Store } from "@albumen/core/ports/store.ts";
import type { Digest } from "@albumen/core/projection/view.ts";
import { projectLibrary } from "@albumen/core/projection/project.ts";
import { arrivalKey } from "@albumen/client/log/stored-records.ts";
import type { Ledger } from "@albumen/client/log/ledger.ts";
import { createMemoryStore } from "@albumen/client/storage/memory/memory.ts";
import { clusterFaces } from "@albumen/models/cluster/cluster.ts";
import { createLargeLibrary, type LargeLibrary } from "../arbitraries/large-library.ts";
import { writeManyFacts } from "../arbitraries/many-facts.ts";
import { createWrittenLog, type WrittenLog } from "../arbitraries/written-log.ts";

/** A library with its log. */
export interface RememberedWorld {
  readonly library: LargeLibrary;
  readonly log: WrittenLog;
  readonly id: LibraryId;
  /** The founder's. */
  readonly keys: MemberKeys;
}

/** Three devices that wrote `facts` facts about a small library. */
export function createRememberedWorld(seed: number, facts: number): RememberedWorld {
  const library = createLargeLibrary({ photos: 24, people: 6, albums: 2 }, seed);
  const log = createWrittenLog(seed, 3);
  writeManyFacts(log, library, facts);
  const [founder] = log.writers;
  if (founder === undefined) throw new Error("a log needs a founder");
  return { library, log, id: log.library, keys: founder.keys };
}

/** A store that holds `records`. */
export async function storeWith(records: readonly Uint8Array[]): Promise<Store> {
  const store = createMemoryStore();
  await addRecords(store, records, 0);
  return store;
}

/** Stores `records` as if they had arrived from the `first`-th on. */
export async function addRecords(store: Store, records: readonly Uint8Array[], first: number): Promise<void> {
  await store.write(records.map((value, at) => ({ table: "records", key: arrivalKey(first + at), value })));
}

/** What a device that holds `ledger` sees. */
export function digestOf(ledger: Ledger, { library }: RememberedWorld): Digest {
  return projectLibrary({
    records: ledger.verified(),
    isVoid: ledger.isVoid,
    seniority: (device) => ledger.membership()?.roster.memberOf(device)?.rank ?? Number.POSITIVE_INFINITY,
    indexRecords: library.indexRecords,
    cluster: clusterFaces,
    today: null,
  }).view.digest;
}

/** Never leaves any work. */
export const breathe = async (): Promise<boolean> => true;
