import { describe, expect, test } from "vitest";
import type { Engine } from "@albumen/client/engine/api.ts";
import { createMemoryStore } from "@albumen/client/storage/memory/memory.ts";
import type { PhotoId } from "@albumen/core/ids/ids.ts";
import { parseRecord } from "@albumen/core/wire/record.ts";
import { copyStore, createWorld, foundLibrary, joinDevice, madeUpPhoto, reopen, unwrap, type World } from "./bench-world.ts";

const photos = [madeUpPhoto(1, 1, 2), madeUpPhoto(2, 1), madeUpPhoto(3, 2)];

async function syncAll(...engines: readonly Engine[]): Promise<void> {
  for (const engine of [...engines, ...engines, ...engines]) unwrap(await engine.sync());
}

const caption = (engine: Engine, text: string, at = 0): ReturnType<Engine["edit"]> =>
  engine.edit({ kind: "caption", photo: engine.state.view.photos[at]?.id as PhotoId, text });
const captions = ({ state }: Engine): (string | null)[] => state.view.photos.map((photo) => photo.caption);
const kinds = ({ state }: Engine): string[] => state.evidence.map(({ kind }) => kind);

/** Every (device, sequence) that was written once with one hash, and those with more. */
function forkedPlaces(world: World): string[] {
  const hashesAt = new Map<string, Set<string>>();
  for (const bytes of world.brought()) {
    const { header, signature } = unwrap(parseRecord(bytes));
    const place = `${header.device} ${header.sequence}`;
    hashesAt.set(place, (hashesAt.get(place) ?? new Set()).add(signature.join()));
  }
  return [...hashesAt].filter(([, hashes]) => hashes.size > 1).map(([place]) => place);
}

async function pair(
  seed: number,
): Promise<{ world: World; laptop: Engine; phone: Engine; store: ReturnType<typeof createMemoryStore> }> {
  const world = createWorld(seed);
  const store = createMemoryStore();
  const laptop = await foundLibrary(world, "Laptop");
  unwrap(await laptop.importFiles(photos));
  const phone = await joinDevice(world, laptop, "Phone", store);
  await syncAll(laptop, phone);
  return { world, laptop, phone, store };
}

describe("a relay that lies is named, stops nothing, and is healed", () => {
  test("rollback: what it forgot is brought again, and the state says what happened, also after a restart", async () => {
    const { world, laptop, phone, store } = await pair(201);
    const before = world.brought().length;
    unwrap(await caption(laptop, "one"));
    unwrap(await caption(laptop, "two", 1));
    await syncAll(laptop, phone);
    await world.lie((_, place) => place < before);
    await syncAll(phone);
    expect(kinds(phone)).toEqual(["rollback"]);
    expect(phone.state.evidence[0]?.text).toContain("set back to an older state, or it lies");
    const tablet = await joinDevice(world, phone, "Tablet");
    await syncAll(tablet, phone);
    expect(captions(tablet)).toEqual(captions(laptop));
    expect(tablet.state.view.digest.digest).toBe(phone.state.view.digest.digest);
    expect(kinds(await reopen(world, store))).toEqual(["rollback"]);
  });

  test("a relay restored to before an add is healed by the added device itself", async () => {
    const { world, laptop, phone } = await pair(202);
    const addedAt = world
      .brought()
      .findIndex((bytes) => unwrap(parseRecord(bytes)).publicPart !== null && bytes !== world.brought()[0]);
    expect(addedAt).toBeGreaterThan(0);
    await world.lie((_, place) => place < addedAt);
    unwrap(await caption(phone, "mine"));
    await syncAll(phone, laptop);
    expect(captions(laptop)).toContain("mine");
    expect(phone.state.sync.problem).toBeNull();
  });

  test("another store under the same address", async () => {
    const { world, laptop, phone } = await pair(203);
    world.loseRelay();
    await syncAll(laptop, phone);
    expect(kinds(laptop)).toEqual(["other-log"]);
    expect(phone.state.view.digest.records).toBe(laptop.state.view.digest.records);
  });

  test("withholding: a record that the others have seen is missed by name, and is no longer once it comes", async () => {
    const { world, laptop, phone } = await pair(204);
    const tablet = await joinDevice(world, laptop, "Tablet");
    await syncAll(laptop, phone, tablet);
    unwrap(await caption(phone, "hidden"));
    await syncAll(phone, laptop);
    unwrap(await caption(laptop, "answer", 1));
    await syncAll(laptop);
    const last = phone.state.view.history.find(({ text }) => text.includes("hidden"))?.record;
    const honest = await world.withhold(({ hash }) => hash === last);
    const watch = await joinDevice(world, tablet, "Watch");
    expect(captions(watch)).toContain("answer");
    expect(captions(watch)).not.toContain("hidden");
    expect(kinds(watch)).toContain("missing");
    expect(watch.state.evidence.find(({ kind }) => kind === "missing")?.text).toMatch(
      /Phone that Laptop had seen did not arrive here/,
    );
    unwrap(await caption(watch, "goes on", 2));
    await syncAll(watch);
    honest();
    await syncAll(watch, phone, laptop, tablet);
    expect(kinds(watch)).not.toContain("missing");
    expect(captions(watch)).toEqual(captions(phone));
    expect(watch.state.view.digest.digest).toBe(phone.state.view.digest.digest);
  });

  test("a relay that says it has more and shows nothing is said to do so", async () => {
    const { world, laptop, phone } = await pair(205);
    unwrap(await caption(laptop, "later"));
    await syncAll(laptop);
    const stalled = world.stall();
    unwrap(await phone.sync());
    expect(phone.state.sync.problem).toContain("more records and shows none of them");
    stalled();
    await syncAll(phone);
    expect(captions(phone)).toContain("later");
    expect(phone.state.sync.problem).toBeNull();
  });
});

describe("copies of a device", () => {
  test("a cloned profile that writes goes on under a new key; nothing that either of them wrote is lost", async () => {
    const { world, laptop, phone, store } = await pair(211);
    const clone = await reopen(world, await copyStore(store));
    unwrap(await caption(phone, "by the original"));
    unwrap(await caption(clone, "by the clone", 1));
    unwrap(await caption(clone, "by the clone too", 2));
    const device = phone.state.device;
    await syncAll(phone);
    await syncAll(clone, phone, laptop, clone);
    expect(clone.state.device).not.toBe(device);
    expect(phone.state.device).toBe(device);
    expect(kinds(clone)).toEqual(["fork", "copy"]);
    for (const engine of [phone, clone, laptop]) {
      expect(captions(engine).sort()).toEqual(["by the clone", "by the clone too", "by the original"]);
      expect(kinds(engine)).toContain("fork");
    }
    const forked = forkedPlaces(world);
    for (const [engine, text] of [
      [phone, "a"],
      [clone, "b"],
      [phone, "c"],
      [clone, "d"],
    ] as const) {
      unwrap(await caption(engine, text));
      await syncAll(engine);
    }
    await syncAll(phone, clone, laptop);
    expect(forkedPlaces(world)).toEqual(forked);
    expect(new Set([phone, clone, laptop].map(({ state }) => state.view.digest.digest)).size).toBe(1);
  });

  test("a restored backup goes on under a new key, with its unsent edits", async () => {
    const { world, laptop, phone, store } = await pair(212);
    const backup = await copyStore(store);
    unwrap(await caption(phone, "after the backup"));
    await syncAll(phone, laptop);
    const device = phone.state.device;
    await phone.close();
    const restoredStore = backup;
    const restored = await reopen(world, restoredStore);
    unwrap(await caption(restored, "on the restored one", 1));
    await syncAll(restored, laptop, restored);
    expect(restored.state.device).not.toBe(device);
    expect(captions(restored).sort()).toEqual(captions(laptop).sort());
    expect(captions(laptop)).toEqual(expect.arrayContaining(["after the backup", "on the restored one"]));
    const again = await reopen(world, restoredStore);
    expect(again.state.device).toBe(restored.state.device);
    expect(again.state.view.digest.digest).toBe(laptop.state.view.digest.digest);
    expect(again.state.devices.filter(({ name }) => name === "Phone")).toHaveLength(2);
  });

  test("a restored backup that wrote nothing is noticed as well, before it writes at a used place", async () => {
    const { world, laptop, phone, store } = await pair(213);
    const backup = await copyStore(store);
    unwrap(await caption(phone, "after the backup"));
    await syncAll(phone, laptop);
    const restored = await reopen(world, backup);
    await syncAll(restored);
    expect(kinds(restored)).toEqual(["copy"]);
    unwrap(await caption(restored, "new", 1));
    await syncAll(restored, laptop);
    expect(forkedPlaces(world)).toEqual([]);
    expect(captions(laptop)).toContain("new");
  });
});
