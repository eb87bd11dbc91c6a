/**
 * A small world in one process: the real relay app, real engines over stores in memory, seeded randomness, and an indexer that
 * reads faces from made-up files, because what a model sees is not what these tests are about.
 */
import "../arbitraries/automerge.ts";
import type { Random } from "@albumen/core/ports/random.ts";
import { type Store, storeTables } from "@albumen/core/ports/store.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import type { BlobName, LibraryId, PackId } from "@albumen/core/ids/ids.ts";
import type { Engine, ImportFile } from "@albumen/client/engine/api.ts";
import { createLibrary, joinLibrary, openEngine, type EngineParts } from "@albumen/client/engine/open.ts";
import { createMemoryStore } from "@albumen/client/storage/memory/memory.ts";
import { createTransport } from "@albumen/client/transport/transport.ts";
import type { Fetch } from "@albumen/client/transport/http.ts";
import { clusterFaces } from "@albumen/models/cluster/cluster.ts";
import type { Indexer } from "@albumen/models/pipeline/indexer.ts";
import { createRelayApp } from "../../relay/app.ts";
import type { BlobStore } from "../../relay/blob-store/blob-store.ts";
import { createMemoryBlobStore } from "../../relay/blob-store/memory.ts";
import type { Clock } from "../../relay/effects.ts";
import type { LogEntry, LogStore } from "../../relay/log-store/log-store.ts";
import { createMemoryLogStore } from "../../relay/log-store/memory.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";

/** Address of the relay in this world; nothing is sent over a network. */
export const relayAddress = "http://relay.test";

interface Brought {
  readonly library: LibraryId;
  readonly entry: LogEntry;
}

const pack = "ab".repeat(16) as PackId;

/** A relay and the way to it. */
export interface World {
  readonly random: Random;
  /** Answers like the network does; throws while `offline` is set. */
  readonly fetch: Fetch;
  offline: boolean;
  /** Replaces the relay by an empty one, as after the loss of its disk. */
  readonly loseRelay: () => void;
  /**
   * The relay lies from now on: it shows a log, under the same store id and consistent in itself, that holds only those records
   * which `shows` lets pass. Blobs stay. Returns how it becomes honest again: with the log that it had before.
   */
  readonly lie: (shows: (record: LogEntry, place: number) => boolean) => Promise<() => void>;
  /** The relay takes every record from now on and shows those that `hides` names to nobody; returns how it stops that. */
  readonly withhold: (hides: (record: LogEntry) => boolean) => Promise<() => void>;
  /** The relay shows no records from now on, and says that its log goes on; returns how it stops that. */
  readonly stall: () => () => void;
  /** Tells `see` of every request that reaches the relay: method, address, bytes sent and answered. Returns how it stops. */
  readonly watch: (see: (method: string, url: string, sent: number, answered: number) => void) => () => void;
  /** Every record that any relay of this world was brought, in order. */
  readonly brought: () => readonly Uint8Array[];
  /** The bytes of a blob at the relay; none where it does not hold it. */
  readonly blob: (library: LibraryId, name: BlobName) => Promise<Uint8Array>;
  readonly parts: (store?: Store) => EngineParts;
}

/** A world whose chance comes from `seed`. */
export function createWorld(seed: number): World {
  const random = seededRandom(seed);
  const blobs = createMemoryBlobStore();
  let store = createMemoryLogStore(random(16));
  const brought: Brought[] = [];
  const watchers = new Set<Parameters<World["watch"]>[0]>();
  const serve = (): ReturnType<typeof createRelay> => createRelay(random, traced(store, brought), blobs);
  let relay = serve();
  const world: World = {
    random,
    offline: false,
    fetch: async (url, init) => {
      if (world.offline) throw new TypeError("the network is down");
      const reply = await relay(url, init);
      const sent = await new Response(init.body ?? null).arrayBuffer();
      const answered = await reply.clone().arrayBuffer();
      for (const see of watchers) see(init.method ?? "GET", url, sent.byteLength, answered.byteLength);
      return reply;
    },
    watch: (see) => {
      watchers.add(see);
      return () => void watchers.delete(see);
    },
    loseRelay: () => {
      store = createMemoryLogStore(random(16));
      relay = createRelay(random, traced(store, brought), createMemoryBlobStore());
    },
    blob: async (library, name) => {
      const read = await blobs.read(library, name, 0, Number.MAX_SAFE_INTEGER);
      return new Uint8Array(await new Response(read.ok ? read.value : null).arrayBuffer());
    },
    withhold: async (hides) => {
      const honest = store;
      const shown = createMemoryLogStore(honest.id);
      for (const { library, entry } of brought) if (!hides(entry)) await shown.append(library, [entry]);
      const append: LogStore["append"] = async (library, entries) => {
        await honest.append(library, entries);
        const taken = await shown.append(
          library,
          entries.filter((entry) => !hides(entry)),
        );
        if (!taken.ok) return taken;
        const outcomes = taken.value.values();
        return ok(entries.map((entry) => (hides(entry) ? { outcome: "stored", place: 1 } : (outcomes.next().value as never))));
      };
      relay = createRelay(random, { ...shown, append }, blobs);
      return () => {
        // A new app: the old one has not heard of the members who came meanwhile.
        relay = serve();
      };
    },
    stall: () => {
      const going = relay;
      const page = store.page;
      relay = createRelay(
        random,
        { ...store, page: (library, after) => page(library, after, { records: 0, bytes: 1 << 20 }) },
        blobs,
      );
      return () => {
        relay = going;
      };
    },
    brought: () => brought.map(({ entry }) => entry.bytes),
    lie: async (shows) => {
      const [honest, honestRelay] = [store, relay];
      store = createMemoryLogStore(honest.id);
      for (const [place, { library, entry }] of brought.entries()) if (shows(entry, place)) await store.append(library, [entry]);
      relay = serve();
      return () => {
        store = honest;
        relay = honestRelay;
      };
    },
    parts: (store = createMemoryStore()) => ({
      store,
      random,
      clock: Date.now,
      clusterer: clusterFaces,
      indexer: async () => ({ indexer: madeUpIndexer, problem: null }),
      transport: createTransport(world.fetch, () => {
        throw new Error("this world has no sockets");
      }),
    }),
  };
  return world;
}

/** A new library with its first engine. */
export async function foundLibrary(world: World, name: string, store?: Store): Promise<Engine> {
  return unwrap(await createLibrary(world.parts(store), { relay: relayAddress, name })).engine;
}

/** A second engine, paired with `member`. */
export async function joinDevice(world: World, member: Engine, name: string, store?: Store): Promise<Engine> {
  const confirm = async (): Promise<boolean> => true;
  const codes: ((code: string) => void)[] = [];
  const shown = new Promise<string>((resolve) => codes.push(resolve));
  const invited = member.invite({ confirm, code: (code) => codes[0]?.(code) });
  const joined = unwrap(await joinLibrary(world.parts(store), await shown, name, { confirm }));
  const { string } = unwrap(await invited);
  if (joined.string !== string) throw new Error("the two screens show different strings");
  return joined.engine;
}

/** The engine of a store that was used before. */
export async function reopen(world: World, store: Store): Promise<Engine> {
  const engine = await openEngine(world.parts(store));
  if (engine === null) throw new Error("the store holds no library");
  return engine;
}

/** A made-up photo with one face for each of `people` (0 … 63); `serial` makes it another file. */
export function madeUpPhoto(serial: number, ...people: readonly number[]): ImportFile {
  const bytes = Uint8Array.from([0xfa, serial >> 8, serial & 255, ...people]);
  return { name: `made-up-${serial}.jpg`, path: null, read: async () => bytes };
}

/** The value of a success. @throws Error with the reason of a failure. */
export function unwrap<T, E extends { readonly reason: string }>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(result.error.reason);
  return result.value;
}

/** A store as it was when it was copied: a clone of the profile, or a backup. */
export async function copyStore(store: Store, fault?: Parameters<typeof createMemoryStore>[0]): Promise<Store> {
  const copy = createMemoryStore(fault);
  for (const table of storeTables) {
    const entries = await store.entries(table);
    await copy.write(entries.map(([key, value]) => ({ table, key, value })));
  }
  return copy;
}

/** `store`, which notes what it is brought. */
function traced(store: LogStore, brought: Brought[]): LogStore {
  return {
    ...store,
    append: (library, entries) => {
      brought.push(...entries.map((entry) => ({ library, entry: { ...entry, bytes: entry.bytes.slice() } })));
      return store.append(library, entries);
    },
  };
}

function createRelay(
  random: Random,
  logStore: LogStore,
  blobStore: BlobStore,
): (url: string, init: RequestInit) => Promise<Response> {
  const clock: Clock = {
    now: Date.now,
    after: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  };
  const { app } = createRelayApp({
    logStore,
    blobStore,
    clock,
    random,
    origin: relayAddress,
  });
  return async (url, init) => app.request(url, init);
}

/** Faces of one person point along one axis with a little of another, so that they cluster and nothing else does. */
const madeUpIndexer: Indexer = {
  pack,
  index: async (file) => {
    if (file[0] !== 0xfa) return err({ kind: "not-a-photo", reason: "not a photo: it is not a made-up file" });
    const faces = [...file.subarray(3)].map((person, at) => {
      const vector = new Int8Array(128);
      vector[person] = 120;
      vector[64 + (((file[2] ?? 0) + at) % 64)] = 40;
      const landmarks = Array.from({ length: 10 }, () => 1000);
      return { box: { x: 1000 + 5000 * at, y: 2000, w: 4000, h: 4000 }, landmarks, score: 60_000, quality: 50_000, vector };
    });
    const index = { pack, width: 800, height: 600, type: "image/jpeg", taken: null, place: null, camera: null, faces };
    return ok({ index, thumbnail: Uint8Array.from([...file, 1]) });
  },
  close: async () => {},
};
