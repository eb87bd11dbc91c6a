import { expect, test } from "vitest";
import { createMemoryStore } from "@albumen/client/storage/memory/memory.ts";
import { createWorld, foundLibrary, joinDevice, madeUpPhoto, reopen, unwrap } from "./bench-world.ts";

const photos = [madeUpPhoto(1, 1, 2), madeUpPhoto(2, 1), madeUpPhoto(3, 2, 3), madeUpPhoto(4, 1, 3), madeUpPhoto(5)];

test("a device that imported nothing sees what another imported, and the digests agree", async () => {
  const world = createWorld(1);
  const laptop = await foundLibrary(world, "Laptop");
  expect(unwrap(await laptop.importFiles([...photos, photos[0] as never]))).toMatchObject({
    imported: 5,
    duplicates: 1,
    faces: 7,
  });
  unwrap(await laptop.sync());
  const phone = await joinDevice(world, laptop, "Phone");
  unwrap(await phone.sync());
  expect(phone.state.view.digest).toEqual({ ...laptop.state.view.digest, missing: 0 });
  expect(phone.state.view.photos).toHaveLength(5);
  expect(phone.state.view.clusters.map((cluster) => cluster.faces.length)).toEqual([3, 2, 2]);
  for (const photo of phone.state.view.photos) expect(await phone.thumbnail(photo.id)).toEqual(await laptop.thumbnail(photo.id));
  expect(phone.state.devices.map((device) => [device.name, device.self])).toEqual([
    ["Recovery words", false],
    ["Laptop", false],
    ["Phone", true],
  ]);
});

test("two devices that import the same photos offline in other orders, and edit offline, agree after syncing", async () => {
  const world = createWorld(2);
  const laptop = await foundLibrary(world, "Laptop");
  const phone = await joinDevice(world, laptop, "Phone");
  world.offline = true;
  unwrap(await laptop.importFiles(photos));
  unwrap(await phone.importFiles([...photos].reverse()));
  const [first] = laptop.state.view.clusters;
  const [, second] = phone.state.view.clusters;
  if (first === undefined || second === undefined) throw new Error("there are no clusters");
  const [anna, ben] = [laptop.newPersonId(), phone.newPersonId()];
  unwrap(await laptop.edit({ kind: "nameCluster", cluster: first.id, person: anna, name: "Anna" }));
  unwrap(await phone.edit({ kind: "nameCluster", cluster: second.id, person: ben, name: "Ben" }));
  const album = laptop.newAlbumId();
  unwrap(await laptop.edit({ kind: "createAlbum", album, name: "Us", rule: 'person:"Anna"' }));
  expect((await laptop.sync()).ok).toBe(false);
  expect(laptop.state.sync).toMatchObject({ phase: "offline" });
  expect(laptop.state.sync.outbox).toBeGreaterThan(0);
  world.offline = false;
  for (const engine of [laptop, phone, laptop]) unwrap(await engine.sync());
  expect(phone.state.view.digest).toEqual(laptop.state.view.digest);
  expect(phone.state.view.people.map((person) => person.name)).toEqual(["Anna", "Ben"]);
  expect(phone.state.view.albums.map((view) => [view.name, view.photos.length])).toEqual([["Us", 3]]);
  expect(phone.explain(album, phone.state.view.albums[0]?.photos[0] as never)?.in).toBe(true);
});

test("an edit survives closing and opening, with its digest", async () => {
  const world = createWorld(3);
  const store = createMemoryStore();
  const laptop = await foundLibrary(world, "Laptop", store);
  unwrap(await laptop.importFiles(photos));
  const [cluster] = laptop.state.view.clusters;
  if (cluster === undefined) throw new Error("there are no clusters");
  unwrap(await laptop.edit({ kind: "nameCluster", cluster: cluster.id, person: laptop.newPersonId(), name: "Anna" }));
  const { digest } = laptop.state.view;
  const again = await reopen(world, store);
  expect(again.state.view.digest).toEqual(digest);
  unwrap(await again.edit({ kind: "undo", event: again.state.view.history.at(-1)?.id ?? "" }));
  expect(again.state.view.people).toEqual([]);
});

test("a relay that lost everything is filled again by the devices", async () => {
  const world = createWorld(4);
  const laptop = await foundLibrary(world, "Laptop");
  unwrap(await laptop.importFiles(photos));
  unwrap(await laptop.sync());
  world.loseRelay();
  unwrap(await laptop.sync());
  const phone = await joinDevice(world, laptop, "Phone");
  unwrap(await phone.sync());
  expect(phone.state.view.photos).toHaveLength(5);
  expect(phone.state.view.digest.records).toBe(laptop.state.view.digest.records);
});

test("a full disk refuses an edit before it is acknowledged, and leaves nothing half-written", async () => {
  const world = createWorld(5);
  let full = false;
  const store = createMemoryStore(() => (full ? { kind: "disk-full", reason: "the disk is full" } : null));
  const laptop = await foundLibrary(world, "Laptop", store);
  unwrap(await laptop.importFiles(photos));
  const [cluster] = laptop.state.view.clusters;
  if (cluster === undefined) throw new Error("there are no clusters");
  const edit = { kind: "nameCluster", cluster: cluster.id, person: laptop.newPersonId(), name: "Anna" } as const;
  const { digest } = laptop.state.view;
  full = true;
  expect(await laptop.edit(edit)).toMatchObject({ ok: false, error: { kind: "disk-full" } });
  expect(laptop.state.view.digest).toEqual(digest);
  full = false;
  unwrap(await laptop.edit({ kind: "favourite", photo: laptop.state.view.photos[0]?.id as never, favourite: true }));
  unwrap(await laptop.edit(edit));
  // The change that was lost with the full disk is nobody's dependency: the documents hold what was said after it.
  const held = Object.keys((await laptop.factDocuments()).open(0).doc());
  for (const fact of laptop.state.view.history.flatMap((entry) => entry.facts)) expect(held).toContain(fact);
  expect((await reopen(world, store)).state.view.digest).toEqual(laptop.state.view.digest);
});

test("a file that cannot be read is listed and the import goes on", async () => {
  const world = createWorld(6);
  const laptop = await foundLibrary(world, "Laptop");
  const gone = { name: "gone.jpg", path: null, read: () => Promise.reject(new Error("ENOENT")) };
  const text = { name: "text.jpg", path: null, read: async () => new Uint8Array([1, 2]) };
  const report = unwrap(await laptop.importFiles([gone, text, ...photos]));
  expect(report.imported).toBe(5);
  expect(report.skipped.map((skip) => skip.file)).toEqual(["gone.jpg", "text.jpg"]);
});

test("the facts are automerge-repo documents too: both devices' handles hold the same facts under the same id", async () => {
  const world = createWorld(7);
  const laptop = await foundLibrary(world, "Laptop");
  const phone = await joinDevice(world, laptop, "Phone");
  unwrap(await laptop.importFiles(photos));
  const clusters = laptop.state.view.clusters;
  for (const cluster of clusters) {
    unwrap(
      await laptop.edit({
        kind: "nameCluster",
        cluster: cluster.id,
        person: laptop.newPersonId(),
        name: `P${cluster.faces.length}`,
      }),
    );
  }
  for (const engine of [laptop, phone]) unwrap(await engine.sync());
  const [mine, theirs] = [await laptop.factDocuments(), await phone.factDocuments()];
  expect(mine.numbers()).toEqual([0]);
  const [here, there] = [mine.open(0), theirs.open(0)];
  expect(there.url).toBe(here.url);
  expect([...there.heads()].sort()).toEqual([...here.heads()].sort());
  const facts = Object.keys(here.doc()).filter((key) => /^[0-9a-f]{32}$/.test(key));
  expect(facts).toHaveLength(laptop.state.view.history.flatMap((entry) => entry.facts).length);
  unwrap(await laptop.edit({ kind: "favourite", photo: laptop.state.view.photos[0]?.id as never, favourite: true }));
  expect(Object.keys(mine.open(0).doc())).toHaveLength(facts.length + 2);
});
