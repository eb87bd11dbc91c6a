import { describe, expect, test } from "vitest";
import type { Engine } from "@albumen/client/engine/api.ts";
import { createLibrary, recoverLibrary } from "@albumen/client/engine/open.ts";
import { openPhotoBlob } from "@albumen/client/engine/photo-blobs.ts";
import { readIdentity } from "@albumen/client/log/identity.ts";
import { openLog } from "@albumen/client/log/open.ts";
import { createMemoryStore } from "@albumen/client/storage/memory/memory.ts";
import type { DeviceId, PhotoId, RecordHash } from "@albumen/core/ids/ids.ts";
import { createWorld, foundLibrary, joinDevice, madeUpPhoto, reopen, unwrap, type World } from "./bench-world.ts";

const photos = [madeUpPhoto(1, 1, 2), madeUpPhoto(2, 1), madeUpPhoto(3, 2)];

async function syncAll(...engines: readonly Engine[]): Promise<void> {
  for (const engine of [...engines, ...engines]) unwrap(await engine.sync());
}

const caption = (engine: Engine, text: string, at = 0): ReturnType<Engine["edit"]> =>
  engine.edit({ kind: "caption", photo: engine.state.view.photos[at]?.id as PhotoId, text });
const captions = ({ state }: Engine): (string | null)[] => state.view.photos.map((photo) => photo.caption);
const digest = ({ state }: Engine): string => state.view.digest.digest;

/** Founder's laptop, phone and tablet, all with the same photos. */
async function threeDevices(seed: number): Promise<{ world: World; laptop: Engine; phone: Engine; tablet: Engine }> {
  const world = createWorld(seed);
  const laptop = await foundLibrary(world, "Laptop");
  unwrap(await laptop.importFiles(photos));
  const phone = await joinDevice(world, laptop, "Phone");
  const tablet = await joinDevice(world, laptop, "Tablet");
  await syncAll(laptop, phone, tablet);
  return { world, laptop, phone, tablet };
}

describe("a device is removed while it is offline and writing", () => {
  test("the others agree, it can open nothing newer, its late edits are void, and any member can adopt them", async () => {
    const { laptop, phone, tablet } = await threeDevices(101);
    unwrap(await caption(tablet, "before"));
    await syncAll(tablet, laptop, phone);
    unwrap(await caption(tablet, "late", 1));
    unwrap(await laptop.removeDevices([tablet.state.device], null));
    unwrap(await caption(laptop, "newer", 2));
    await syncAll(laptop, phone);
    expect(digest(phone)).toBe(digest(laptop));
    expect(captions(phone)).toContain("before");
    unwrap(await tablet.sync());
    expect(captions(tablet)).not.toContain("newer");
    expect(tablet.state.devices.find(({ self }) => self)).toMatchObject({ removed: true, removedBy: laptop.state.device });
    const refused = await caption(tablet, "more");
    expect(refused).toMatchObject({ ok: false, error: { kind: "removed" } });
    expect(await tablet.importFiles([madeUpPhoto(9)])).toMatchObject({ ok: false, error: { kind: "removed" } });
    await syncAll(laptop, phone);
    for (const engine of [laptop, phone]) {
      expect(captions(engine)).not.toContain("late");
      expect(engine.state.aside).toEqual([{ device: tablet.state.device, records: [expect.any(String)] }]);
      const late = engine.state.view.history.find(({ record }) => record === engine.state.aside[0]?.records[0]);
      expect(late?.apart).toContain("Set aside");
    }
    const [aside] = laptop.state.aside;
    unwrap(await phone.adopt(aside?.records[0] as RecordHash));
    await syncAll(phone, laptop);
    for (const engine of [laptop, phone]) {
      expect(captions(engine)).toContain("late");
      expect(engine.state.aside).toEqual([]);
      expect(engine.state.devices.find(({ id }) => id === tablet.state.device)?.removed).toBe(true);
    }
    expect(digest(phone)).toBe(digest(laptop));
    expect(await laptop.adopt(aside?.records[0] as RecordHash)).toMatchObject({ ok: false, error: { kind: "nothing-to-do" } });
  });

  test("photos that are added after a removal are sealed with a key that the removed device does not have", async () => {
    const world = createWorld(102);
    const laptop = await foundLibrary(world, "Laptop");
    unwrap(await laptop.importFiles([photos[0] as never]));
    const store = createMemoryStore();
    const phone = await joinDevice(world, laptop, "Phone", store);
    const tablet = await joinDevice(world, laptop, "Tablet");
    await syncAll(laptop, phone);
    unwrap(await laptop.removeDevices([phone.state.device], null));
    unwrap(await laptop.importFiles([photos[1] as never]));
    await syncAll(laptop, tablet);
    const [older, newer] = ["made-up-1.jpg", "made-up-2.jpg"].map((file) =>
      laptop.state.view.photos.find((one) => one.file === file),
    );
    expect(older?.blobs.map(({ epoch }) => epoch)).toEqual([null, null]);
    expect(newer?.blobs.every(({ epoch }) => epoch !== null)).toBe(true);
    expect(await tablet.thumbnail(newer?.id as PhotoId)).toEqual(await laptop.thumbnail(newer?.id as PhotoId));
    // The removed device still has the library's secret and every key that it ever had; even with the blobs in hand they stay shut.
    const removed = await openLog(world.parts(store));
    const { secret, keys } = removed?.membership() ?? { secret: null, keys: new Map() };
    if (removed === null || secret === null) throw new Error("the removed device never had the secret");
    for (const blob of newer?.blobs ?? []) {
      const ciphertext = await world.blob(laptop.state.library, blob.name);
      expect(ciphertext.length).toBeGreaterThan(0);
      expect(openPhotoBlob({ secret, keys }, newer?.id as PhotoId, blob, ciphertext)).toBeNull();
      expect(openPhotoBlob({ secret, keys }, newer?.id as PhotoId, { ...blob, epoch: null }, ciphertext)).toBeNull();
    }
  });

  test("when it happened is sealed to those who stay; a removed device says when it heard of it, also after a restart", async () => {
    const world = createWorld(105);
    const laptop = await foundLibrary(world, "Laptop");
    const store = createMemoryStore();
    const phone = await joinDevice(world, laptop, "Phone", store);
    await syncAll(laptop, phone);
    const removedAt = ({ state }: Engine): number | null | undefined => {
      return state.devices.find(({ name }) => name === "Phone")?.removedAt;
    };
    unwrap(await laptop.removeDevices([phone.state.device], null));
    expect(removedAt(phone)).toBeNull();
    await syncAll(laptop, phone);
    const heard = removedAt(phone);
    expect(heard).toBeGreaterThan(removedAt(laptop) as number);
    await syncAll(laptop, phone);
    expect(removedAt(phone)).toBe(heard);
    expect(removedAt(await reopen(world, store))).toBe(heard);
  });

  test("a senior goes only with the words; the words remove a stolen founder, and its retaliation is void", async () => {
    const world = createWorld(103);
    const founded = await foundWithWords(world);
    const { laptop, words } = founded;
    const phone = await joinDevice(world, laptop, "Phone");
    await syncAll(laptop, phone);
    expect(phone.state.devices.map(({ name, removal }) => [name, removal])).toEqual([
      ["Recovery words", "with-words"],
      ["Laptop", "with-words"],
      ["Phone", "here"],
    ]);
    expect(await phone.removeDevices([laptop.state.device], null)).toMatchObject({ error: { kind: "needs-words" } });
    expect(await phone.removeDevices([laptop.state.device], `${words} more`)).toMatchObject({ error: { kind: "wrong-words" } });
    expect(await phone.removeDevices(["ab".repeat(32) as DeviceId], null)).toMatchObject({ error: { kind: "unknown-device" } });
    expect(await phone.removeDevices([], null)).toMatchObject({ error: { kind: "nothing-to-do" } });
    unwrap(await phone.removeDevices([laptop.state.device], words));
    // Without having heard of it, the thief removes the phone and admits another key.
    unwrap(await laptop.removeDevices([phone.state.device], null));
    await syncAll(phone);
    unwrap(await laptop.sync());
    await syncAll(phone);
    expect(phone.state.devices.map(({ name, removed }) => [name, removed])).toEqual([
      ["Recovery words", false],
      ["Laptop", true],
      ["Phone", false],
    ]);
    expect(laptop.state.devices.find(({ self }) => self)?.removed).toBe(true);
    unwrap(await phone.importFiles(photos));
    unwrap(await phone.sync());
    expect(await phone.removeDevices([laptop.state.device], words)).toMatchObject({ error: { kind: "nothing-to-do" } });
  });

  test("a device may leave: it removes itself, and the others go on under a new key", async () => {
    const { laptop, phone, tablet } = await threeDevices(104);
    unwrap(await tablet.removeDevices([tablet.state.device], null));
    await syncAll(tablet, laptop, phone);
    unwrap(await caption(laptop, "after"));
    await syncAll(laptop, phone, tablet);
    expect(captions(phone)).toContain("after");
    expect(captions(tablet)).not.toContain("after");
    expect(laptop.state.devices.find(({ id }) => id === tablet.state.device)?.removedBy).toBe(tablet.state.device);
    expect(digest(phone)).toBe(digest(laptop));
  });
});

describe("recovery words", () => {
  test("the words alone reach the same digest on an empty machine, and remove the devices that are lost", async () => {
    const world = createWorld(111);
    const { laptop, words } = await foundWithWords(world);
    unwrap(await laptop.importFiles(photos));
    unwrap(await caption(laptop, "kept"));
    const phone = await joinDevice(world, laptop, "Phone");
    await syncAll(laptop, phone);
    const shown: unknown[] = [];
    const store = createMemoryStore();
    const from = { words: ` ${words.toUpperCase()} `, relay: "http://relay.test/", name: "New laptop" };
    const recovered = unwrap(
      await recoverLibrary(world.parts(store), from, {
        review: async (found) => {
          shown.push(...found);
          expect(await readIdentity(store)).toBeNull();
          return { library: laptop.state.library, remove: [laptop.state.device] };
        },
      }),
    );
    expect(shown).toMatchObject([
      { library: laptop.state.library, missing: 0, devices: [{ words: true }, { name: "Laptop" }, { name: "Phone" }] },
    ]);
    await syncAll(recovered, phone);
    expect(captions(recovered)).toContain("kept");
    expect(digest(recovered)).toBe(digest(phone));
    expect(phone.state.devices.map(({ name, removed }) => [name, removed])).toEqual([
      ["Recovery words", false],
      ["Laptop", true],
      ["Phone", false],
      ["New laptop", false],
    ]);
    const again = await reopen(world, store);
    expect(digest(again)).toBe(digest(phone));
  });

  test("wrong words, a relay that knows nothing, and a person who leaves it change nothing", async () => {
    const world = createWorld(112);
    const { laptop, words } = await foundWithWords(world);
    unwrap(await laptop.sync());
    const store = createMemoryStore();
    const recover = (text: string, review = async () => null): ReturnType<typeof recoverLibrary> =>
      recoverLibrary(world.parts(store), { words: text, relay: "http://relay.test", name: "X" }, { review });
    expect(await recover("one two three")).toMatchObject({ error: { kind: "wrong-code" } });
    const other = (await foundWithWords(createWorld(113))).words;
    expect(await recover(other)).toMatchObject({ error: { kind: "refused" } });
    expect(await recover(words)).toMatchObject({ error: { kind: "aborted" } });
    world.offline = true;
    expect(await recover(words)).toMatchObject({ error: { kind: "unreachable" } });
    for (const table of ["meta", "records", "outbox"] as const) expect(await store.keys(table)).toEqual([]);
  });

  test("words are replaced by the words: the old ones open no library any more, the new ones do", async () => {
    const world = createWorld(114);
    const { laptop, words } = await foundWithWords(world);
    const phone = await joinDevice(world, laptop, "Phone");
    expect(await phone.newWords("abandon ".repeat(24))).toMatchObject({ error: { kind: "wrong-words" } });
    const replaced = unwrap(await phone.newWords(words)).words;
    await syncAll(phone, laptop);
    expect(
      laptop.state.devices
        .filter((device) => device.words)
        .map(({ removed }) => removed)
        .sort(),
    ).toEqual([false, true]);
    const review = async () => ({ library: laptop.state.library, remove: [] });
    const recover = (text: string): ReturnType<typeof recoverLibrary> =>
      recoverLibrary(world.parts(), { words: text, relay: "http://relay.test", name: "New" }, { review });
    const old = await recover(words);
    expect(old.ok ? "" : old.error.reason).toContain("replaced by newer ones");
    const recovered = unwrap(await recover(replaced));
    await syncAll(recovered, laptop);
    expect(digest(recovered)).toBe(digest(laptop));
    expect(await laptop.newWords(words)).toMatchObject({ error: { kind: "wrong-words" } });
  });

  test("a member adds words of its own beside the old ones; both recover", async () => {
    const world = createWorld(115);
    const { laptop, words } = await foundWithWords(world);
    const phone = await joinDevice(world, laptop, "Phone");
    const own = unwrap(await phone.newWords(null)).words;
    await syncAll(phone, laptop);
    const review = async () => ({ library: laptop.state.library, remove: [] });
    for (const text of [words, own]) {
      const recovered = unwrap(
        await recoverLibrary(world.parts(), { words: text, relay: "http://relay.test", name: "R" }, { review }),
      );
      await syncAll(recovered, laptop);
      expect(digest(recovered)).toBe(digest(laptop));
    }
  });
});

async function foundWithWords(world: World): Promise<{ laptop: Engine; words: string }> {
  const { engine, words } = unwrap(await createLibrary(world.parts(), { relay: "http://relay.test", name: "Laptop" }));
  return { laptop: engine, words };
}
