/**
 * A small world in one process: the real relay app, real engines over stores in memory, seeded randomness, and an indexer that
 * reads faces from made-up files, because what a model sees is not what these tests are about.
 */
import "../arbitraries/automerge.ts";
import type { Random } from "@albumen/core/ports/random.ts";
import type { Store } from "@albumen/core/ports/store.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import type { PackId } from "@albumen/core/ids/ids.ts";
import type { Engine, ImportFile } from "@albumen/client/engine/api.ts";
import { createLibrary, joinLibrary, openEngine, type EngineParts } from "@albumen/client/engine/open.ts";
import { createMemoryStore } from "@albumen/client/storage/memory/memory.ts";
import { createTransport } from "@albumen/client/transport/transport.ts";
import type { Fetch } from "@albumen/client/transport/http.ts";
import { clusterFaces } from "@albumen/models/cluster/cluster.ts";
import type { Indexer } from "@albumen/models/pipeline/indexer.ts";
import { createRelayApp } from "../../relay/app.ts";
import { createMemoryBlobStore } from "../../relay/blob-store/memory.ts";
import type { Clock } from "../../relay/effects.ts";
import { createMemoryLogStore } from "../../relay/log-store/memory.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";

/** Address of the relay in this world; nothing is sent over a network. */
export const relayAddress = "http://relay.test";

const pack = "ab".repeat(16) as PackId;

/** A relay and the way to it. */
export interface World {
  readonly random: Random;
  /** Answers like the network does; throws while `offline` is set. */
  readonly fetch: Fetch;
  offline: boolean;
  /** Replaces the relay by an empty one, as after the loss of its disk. */
  readonly loseRelay: () => void;
  readonly parts: (store?: Store) => EngineParts;
}

/** A world whose chance comes from `seed`. */
export function createWorld(seed: number): World {
  const random = seededRandom(seed);
  let relay = createRelay(random);
  const world: World = {
    random,
    offline: false,
    fetch: async (url, init) => {
      if (world.offline) throw new TypeError("the network is down");
      return relay(url, init);
    },
    loseRelay: () => {
      relay = createRelay(random);
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

function createRelay(random: Random): (url: string, init: RequestInit) => Promise<Response> {
  const clock: Clock = {
    now: Date.now,
    after: (milliseconds, run) => {
      const timer = setTimeout(run, milliseconds);
      return () => clearTimeout(timer);
    },
  };
  const { app } = createRelayApp({
    logStore: createMemoryLogStore(random(16)),
    blobStore: createMemoryBlobStore(),
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
