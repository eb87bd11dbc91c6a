/** What a label costs on the wire: a record of one event alone, and one of a hundred faces at once. */
import { expect, test } from "vitest";
import { bytesToId, type PackId } from "@albumen/core/ids/ids.ts";
import { ok } from "@albumen/core/primitives/result.ts";
import type { IndexedFace } from "@albumen/core/index/index-record.ts";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { initializeDocuments } from "@albumen/core/documents/automerge.ts";
import type { Store } from "@albumen/core/ports/store.ts";
import type { Engine } from "@albumen/client/engine/api.ts";
import { createLibrary, type EngineParts } from "@albumen/client/engine/open.ts";
import { createMemoryStore } from "@albumen/client/storage/memory/memory.ts";
import type { Indexer } from "@albumen/models/pipeline/indexer.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";

const pack = bytesToId("PackId", new Uint8Array(16).fill(9)) as PackId;

/** `count` faces side by side, all of one look. */
function facesInARow(count: number): IndexedFace[] {
  const vector = new Int8Array(128).fill(11);
  const box = (at: number) => ({ x: at * 600, y: 1000, w: 500, h: 500 });
  return Array.from({ length: count }, (_, at) => {
    return { box: box(at), landmarks: new Array<number>(10).fill(500), score: 60_000, quality: 60_000, vector };
  });
}

/** An indexer that sees `count` faces on every file. */
function createFaceIndexer(count: number): Indexer {
  const index = { pack, width: 1000, height: 800, type: "image/jpeg", taken: null, place: null, camera: null };
  return {
    pack,
    index: async () => ok({ index: { ...index, faces: facesInARow(count) }, thumbnail: new Uint8Array(100) }),
    close: async () => {},
  };
}

async function createEngineWithFaces(count: number): Promise<{ readonly engine: Engine; readonly store: Store }> {
  await initializeDocuments(
    new Uint8Array(readFileSync(createRequire(import.meta.url).resolve("@automerge/automerge/automerge.wasm"))),
  );
  const store = createMemoryStore();
  const unreachable = () => Promise.reject(new Error("no network here"));
  const parts: EngineParts = {
    store,
    random: seededRandom(1),
    clock: () => 1_700_000_000_000,
    // Every face apart from all others, so that the test decides what is said of which.
    clusterer: ({ faces }) => faces.map(({ id }) => [id]),
    indexer: async () => ({ indexer: createFaceIndexer(count), problem: null }),
    transport: {
      connect: () => ({}) as ReturnType<EngineParts["transport"]["connect"]>,
      findLibraries: unreachable,
      mailbox: unreachable as never,
    },
  };
  const created = await createLibrary(parts, { relay: "http://127.0.0.1:9", name: "test" });
  if (!created.ok) throw new Error(created.error.reason);
  const read = async () => new Uint8Array(100).fill(3);
  await created.value.engine.importFiles([{ name: "a.jpg", path: null, read }]);
  return { engine: created.value.engine, store };
}

/** Bytes of the record that the edit makes. */
async function sizeOf(store: Store, edit: () => ReturnType<Engine["edit"]>): Promise<number> {
  const before = new Set(await store.keys("records"));
  const edited = await edit();
  if (!edited.ok) throw new Error(edited.error.reason);
  const added = (await store.entries("records")).filter(([key]) => !before.has(key));
  expect(added).toHaveLength(1);
  return added[0]?.[1].length ?? Number.POSITIVE_INFINITY;
}

test("one lone label takes at most 512 bytes", async () => {
  const { engine, store } = await createEngineWithFaces(2);
  const [first, second] = engine.state.view.photos[0]?.faces ?? [];
  if (first === undefined || second === undefined) throw new Error("no faces");
  const person = engine.newPersonId();
  // Two facts at once: whose face it is, and what the new person is called.
  expect(
    await sizeOf(store, () => engine.edit({ kind: "assignNew", faces: [first.id], person, name: "Anna" })),
  ).toBeLessThanOrEqual(512);
  expect(await sizeOf(store, () => engine.edit({ kind: "assign", faces: [second.id], person }))).toBeLessThanOrEqual(512);
  expect(await sizeOf(store, () => engine.edit({ kind: "deny", face: second.id, person }))).toBeLessThanOrEqual(512);
  expect(await sizeOf(store, () => engine.edit({ kind: "name", person, name: "Anna Maria" }))).toBeLessThanOrEqual(512);
});

test("a hundred faces named at once take at most 80 bytes each", async () => {
  const { engine, store } = await createEngineWithFaces(100);
  const faces = engine.state.view.photos[0]?.faces.map(({ id }) => id) ?? [];
  expect(faces).toHaveLength(100);
  const size = await sizeOf(store, () => engine.edit({ kind: "assignNew", faces, person: engine.newPersonId(), name: "Anna" }));
  expect(size / 100).toBeLessThanOrEqual(80);
});
