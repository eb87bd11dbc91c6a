/** What an attached repository can rely on: nothing lost, nothing doubled, whatever the application does with its repository. */
import {
  generateAutomergeUrl,
  parseAutomergeUrl,
  Repo,
  type DocumentId,
  type StorageAdapterInterface,
} from "@automerge/automerge-repo/slim";
import { describe, expect, test } from "vitest";
import { attachRepo } from "@albumen/client/log/attach-repo.ts";
import { joinLog } from "@albumen/client/log/open.ts";
import { Automerge } from "@albumen/core/documents/automerge.ts";
import { actorPrefix } from "@albumen/core/documents/author.ts";
import type { PhotoId } from "@albumen/core/ids/ids.ts";
import { copyStore, createWorld, foundLibrary, madeUpPhoto, relayAddress, unwrap } from "../engine/bench-world.ts";
import {
  attach,
  foundDevice,
  handleOf,
  headsOn,
  joinDevice,
  memoryStore,
  recordsOf,
  restart,
  syncAll,
  type Device,
} from "./repo-world.ts";

interface Note {
  text: string;
  tags?: string[];
  picture?: Uint8Array;
}

async function twoDevices(seed: number): Promise<{ readonly laptop: Device; readonly phone: Device }> {
  const world = createWorld(seed);
  const laptop = await foundDevice(world.parts(memoryStore()), relayAddress);
  return { laptop, phone: await joinDevice(world.parts(memoryStore()), laptop) };
}

const textOn = (device: Device, id: DocumentId): string => handleOf<Note>(device, id).doc().text;

describe("local changes", () => {
  test("are written in bursts: one record for many edits of many documents, 50 ms after the first", async () => {
    const world = createWorld(60);
    const { log, attached, parts } = await foundDevice(world.parts(memoryStore()), relayAddress);
    unwrap(await attached.close());
    const repo = new Repo();
    const timers: { readonly milliseconds: number; readonly run: () => void }[] = [];
    const timed = attachRepo(repo, log, (milliseconds, run) => {
      timers.push({ milliseconds, run });
      return () => undefined;
    });
    const notes = [1, 2, 3].map((at) => repo.create<Note>({ text: `note ${at}` }));
    for (const note of notes) note.change((doc) => Automerge.splice(doc, ["text"], 0, 0, "my "));
    expect(timed.state()).toMatchObject({ unwritten: 3 });
    expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([50]);
    expect(await parts.store.keys("records")).toHaveLength(1);
    timers[0]?.run();
    unwrap(await timed.flush());
    expect(await parts.store.keys("records")).toHaveLength(2);
    expect(timed.state()).toMatchObject({ unwritten: 0, problem: null });
    unwrap(await timed.close());
  });

  test("are in the log once `close` resolves, and all documents come back from it", async () => {
    const world = createWorld(61);
    const laptop = await foundDevice(world.parts(memoryStore()), relayAddress);
    const note = laptop.repo.create<Note>({ text: "one" });
    const empty = laptop.repo.create();
    note.change((doc) => Automerge.splice(doc, ["text"], 3, 0, " two"));
    const again = await restart(laptop);
    expect(textOn(again, note.documentId)).toBe("one two");
    expect(handleOf(again, empty.documentId).doc()).toEqual({});
    handleOf<Note>(again, note.documentId).change((doc) => Automerge.splice(doc, ["text"], 7, 0, " three"));
    expect(textOn(await restart(again), note.documentId)).toBe("one two three");
    // What is changed after `close` is not carried.
    note.change((doc) => Automerge.splice(doc, ["text"], 0, 0, "lost "));
    expect(laptop.repo.create().documentId in again.repo.handles).toBe(false);
  });

  test("are found also where the application makes them when it hears of another's", async () => {
    const { laptop, phone } = await twoDevices(71);
    const note = laptop.repo.create<Note>({ text: "one" });
    const count = laptop.repo.create<{ seen: number; [key: string]: unknown }>({ seen: 0 });
    await syncAll(laptop, phone);
    const theirs = handleOf<{ seen: number }>(phone, count.documentId);
    const copy = handleOf<Note>(phone, note.documentId);
    copy.on("change", ({ doc }) => {
      theirs.change((counted) => {
        counted.seen++;
      });
      if (doc.text.length < 9) copy.change((own) => Automerge.splice(own, ["text"], own.text.length, 0, "!"));
    });
    note.change((doc) => Automerge.splice(doc, ["text"], 3, 0, " two"));
    await syncAll(laptop, phone);
    await expect.poll(() => phone.attached.state().unwritten, { timeout: 5000 }).toBe(0);
    await syncAll(laptop, phone);
    expect(note.doc().text).toBe("one two!!");
    expect(count.doc().seen).toBe(3);
  });

  test("wait while the disk is full, and are not lost", async () => {
    const world = createWorld(62);
    let full = false;
    const store = memoryStore(() => (full ? { kind: "disk-full", reason: "the disk is full" } : null));
    const laptop = await foundDevice(world.parts(store), relayAddress);
    const note = laptop.repo.create<Note>({ text: "one" });
    unwrap(await laptop.attached.flush());
    full = true;
    note.change((doc) => Automerge.splice(doc, ["text"], 3, 0, " two"));
    expect(await laptop.attached.flush()).toMatchObject({ ok: false, error: { kind: "disk-full" } });
    expect(laptop.attached.state()).toMatchObject({ unwritten: 1, problem: "the disk is full" });
    full = false;
    unwrap(await laptop.attached.flush());
    expect(laptop.attached.state()).toMatchObject({ unwritten: 0, problem: null });
    expect(textOn(await restart(laptop), note.documentId)).toBe("one two");
  });

  test("are by an actor of the device from the first one on, another for each document and start", async () => {
    const { laptop } = await twoDevices(63);
    const notes = [laptop.repo.create<Note>({ text: "one" }), laptop.repo.create<Note>({ text: "two" })];
    const actors = notes.flatMap((note) => Automerge.getChangesMetaSince(note.doc(), []).map(({ actor }) => actor));
    expect(new Set(actors).size).toBe(2);
    for (const actor of actors) expect(actor.startsWith(actorPrefix(laptop.log.keys.device))).toBe(true);
  });

  test("that the log cannot carry are named, and the document stays as it is", async () => {
    const { laptop, phone } = await twoDevices(64);
    const note = laptop.repo.create<Note>({ text: "one" });
    unwrap(await laptop.attached.flush());
    note.change((doc) => {
      doc.picture = new Uint8Array(1 << 20);
    });
    await syncAll(laptop, phone);
    expect(laptop.attached.state().left).toMatchObject([
      { document: note.documentId, reason: expect.stringContaining("cannot be carried") },
    ]);
    expect(note.doc().picture).toHaveLength(1 << 20);
    note.change((doc) => Automerge.splice(doc, ["text"], 3, 0, " two"));
    await syncAll(laptop, phone);
    expect(laptop.attached.state().unwritten).toBe(0);
    expect(phone.attached.state().left).toEqual([]);
    expect(textOn(phone, note.documentId)).toBe("one");
  });
});

describe("documents that the repository has already", () => {
  test("come along: those made before, imported ones, clones, changes beside what is there", async () => {
    const world = createWorld(65);
    const first = await foundDevice(world.parts(memoryStore()), relayAddress);
    unwrap(await first.attached.close());
    const repo = new Repo();
    const before = repo.create<Note>({ text: "before" });
    before.change((doc) => Automerge.splice(doc, ["text"], 0, 0, "from "));
    const laptop: Device = { ...first, repo, attached: attachRepo(repo, first.log) };
    const phone = await joinDevice(world.parts(memoryStore()), laptop);
    const elsewhere = Automerge.from({ text: "elsewhere" });
    const imported = repo.import<Note>(Automerge.save(elsewhere));
    const placed = repo.import<Note>(Automerge.save(elsewhere), { docId: parseAutomergeUrl(generateAutomergeUrl()).documentId });
    await syncAll(laptop, phone);
    handleOf<Note>(phone, before.documentId).change((doc) => Automerge.splice(doc, ["text"], 11, 0, " now"));
    await syncAll(phone, laptop);
    const clone = repo.clone(before);
    clone.change((doc) => Automerge.splice(doc, ["text"], 0, 0, "clone "));
    const heads = before.heads();
    before.change((doc) => Automerge.splice(doc, ["text"], 0, 4, "FROM"));
    before.changeAt(heads, (doc) => Automerge.splice(doc, ["text"], 15, 0, "!"));
    before.change((doc) => Automerge.splice(doc, ["text"], 0, 0, "> "));
    await syncAll(laptop, phone);
    const texts = { before: "> FROM before now!", imported: "elsewhere", placed: "elsewhere", clone: "clone from before now" };
    for (const [name, handle] of Object.entries({ before, imported, placed, clone })) {
      expect(textOn(phone, handle.documentId)).toBe(texts[name as keyof typeof texts]);
      expect(headsOn(phone, handle.documentId)).toEqual(headsOn(laptop, handle.documentId));
    }
    expect(laptop.attached.state().left).toEqual([]);
    expect(phone.attached.state().left).toEqual([]);
  });

  test("changes of another device that come by another way first are left to that device, and what builds on them waits", async () => {
    const { laptop, phone } = await twoDevices(73);
    const note = laptop.repo.create<Note>({ text: "one" });
    await syncAll(laptop, phone);
    const theirs = handleOf<Note>(phone, note.documentId);
    theirs.change((doc) => Automerge.splice(doc, ["text"], 3, 0, " two"));
    // As a network of the repositories' own would bring it.
    note.update((doc) => Automerge.merge(doc, Automerge.clone(theirs.doc())));
    note.change((doc) => Automerge.splice(doc, ["text"], 7, 0, " three"));
    unwrap(await laptop.attached.flush());
    unwrap(await laptop.link.sync());
    const brought = laptop.log.journal.ledger.freeChanges();
    expect(brought.map(({ device }) => device)).toEqual(brought.map(() => laptop.log.keys.device));
    expect(brought).toHaveLength(2);
    expect(laptop.attached.state()).toMatchObject({ unwritten: 0, left: [{ reason: expect.stringContaining("builds on") }] });
    expect(note.doc().text).toBe("one two three");
    await syncAll(phone, laptop);
    for (const device of [laptop, phone]) {
      expect(textOn(device, note.documentId)).toBe("one two three");
      expect(device.attached.state().left).toEqual([]);
    }
  });

  test("one that cannot be changed holds up neither the log nor the others, and is named", async () => {
    const { laptop, phone } = await twoDevices(72);
    const [broken, whole] = [laptop.repo.create<Note>({ text: "broken" }), laptop.repo.create<Note>({ text: "whole" })];
    await syncAll(laptop, phone);
    Object.defineProperty(handleOf(phone, broken.documentId), "update", {
      value: () => {
        throw new Error("no memory left");
      },
    });
    for (const note of [broken, whole]) note.change((doc) => Automerge.splice(doc, ["text"], 0, 0, "the "));
    await syncAll(laptop, phone);
    expect(textOn(phone, whole.documentId)).toBe("the whole");
    expect(textOn(phone, broken.documentId)).toBe("broken");
    expect(phone.attached.state().left).toMatchObject([
      { document: broken.documentId, reason: expect.stringContaining("no memory") },
    ]);
    expect(textOn(await restart(phone), broken.documentId)).toBe("the broken");
  });

  test("one that was deleted stays away until the next start", async () => {
    const { laptop, phone } = await twoDevices(66);
    const note = laptop.repo.create<Note>({ text: "one" });
    await syncAll(laptop, phone);
    phone.repo.delete(note.documentId);
    note.change((doc) => Automerge.splice(doc, ["text"], 3, 0, " two"));
    await syncAll(laptop, phone);
    expect(phone.repo.handles[note.documentId]).toBeUndefined();
    expect(textOn(await restart(phone), note.documentId)).toBe("one two");
  });
});

describe("a repository with a storage of its own", () => {
  const wait = (milliseconds: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, milliseconds));

  test("doubles nothing: not on a restart, not where it knew the document before the log did", async () => {
    const world = createWorld(67);
    const storage = createStorage();
    const old = new Repo({ storage });
    const known = old.create<Note>({ text: "known before", tags: ["a"] });
    await old.flush();
    const laptop = await foundDevice(world.parts(memoryStore()), relayAddress, { storage });
    const phone = await joinDevice(world.parts(memoryStore()), laptop, { storage: createStorage() });
    const found = await laptop.repo.find<Note>(known.url);
    const made = laptop.repo.create<Note>({ text: "made", tags: ["b"] });
    found.change((doc) => doc.tags?.push("c"));
    await syncAll(laptop, phone);
    await wait(150);
    handleOf<Note>(phone, known.documentId).change((doc) => doc.tags?.push("d"));
    await syncAll(phone, laptop);
    const again = await restart(laptop, { storage });
    const opened = await again.repo.find<Note>(known.url);
    await wait(50);
    expect(opened.doc()).toEqual({ text: "known before", tags: ["a", "c", "d"] });
    expect((await again.repo.find<Note>(made.url)).doc()).toEqual({ text: "made", tags: ["b"] });
    expect(headsOn(again, known.documentId)).toEqual(headsOn(phone, known.documentId));
    unwrap(await again.attached.flush());
    const records = (await recordsOf(again)).length;
    const third = await restart(again, { storage });
    await wait(50);
    unwrap(await third.attached.flush());
    expect(await recordsOf(third)).toHaveLength(records);
    expect(textOn(third, made.documentId)).toBe("made");
  });

  test("what it saved and the log never got comes along at the next start", async () => {
    const world = createWorld(68);
    const storage = createStorage();
    const laptop = await foundDevice(world.parts(memoryStore()), relayAddress, { storage });
    const note = laptop.repo.create<Note>({ text: "one" });
    unwrap(await laptop.attached.flush());
    unwrap(await laptop.attached.close());
    // As where the program ends after the repository saved and before the log did.
    note.change((doc) => Automerge.splice(doc, ["text"], 3, 0, " two"));
    await laptop.repo.flush();
    const again = await restart(laptop, { storage });
    await wait(50);
    expect(textOn(again, note.documentId)).toBe("one two");
    unwrap(await again.attached.flush());
    expect(textOn(await restart(again), note.documentId)).toBe("one two");
  });
});

test("a photo library and a note in one log do not disturb each other", async () => {
  const world = createWorld(74);
  const laptop = await foundLibrary(world, "Laptop");
  unwrap(await laptop.importFiles([madeUpPhoto(1, 1), madeUpPhoto(2, 1)]));
  const confirm = async (): Promise<boolean> => true;
  const codes: ((code: string) => void)[] = [];
  const shown = new Promise<string>((resolve) => codes.push(resolve));
  const invited = laptop.invite({ confirm, code: (code) => codes[0]?.(code) });
  const parts = world.parts(memoryStore());
  const { log } = unwrap(await joinLog(parts, await shown, "Notebook", { confirm }));
  unwrap(await invited);
  const notebook = attach(parts, log);
  const { digest } = laptop.state.view;
  notebook.repo.create<Note>({ text: "not a photo" });
  await syncAll(notebook);
  unwrap(await laptop.sync());
  expect(laptop.state.view.digest.digest).toBe(digest.digest);
  expect(laptop.state.quarantine).toEqual([]);
  unwrap(await laptop.edit({ kind: "caption", photo: laptop.state.view.photos[0]?.id as PhotoId, text: "not a note" }));
  unwrap(await laptop.sync());
  await syncAll(notebook);
  expect(Object.keys(notebook.repo.handles)).toHaveLength(1);
  expect(notebook.attached.state()).toEqual({ unwritten: 0, problem: null, left: [], kept: [] });
});

test("a cloned profile goes on under new keys, and neither loses an edit, sent or unsent", async () => {
  const world = createWorld(69);
  const store = memoryStore();
  const laptop = await foundDevice(world.parts(store), relayAddress);
  const note = laptop.repo.create<Note>({ text: "one" });
  await syncAll(laptop);
  const clone = await restart({ ...laptop, parts: world.parts(await copyStore(store)) });
  const original = attach(laptop.parts, laptop.log);
  handleOf<Note>(original, note.documentId).change((doc) => Automerge.splice(doc, ["text"], 3, 0, " two"));
  await syncAll(original);
  const cloned = handleOf<Note>(clone, note.documentId);
  cloned.change((doc) => Automerge.splice(doc, ["text"], 0, 0, "zero "));
  unwrap(await clone.attached.flush());
  cloned.change((doc) => {
    doc.tags = ["unsent"];
  });
  unwrap(await clone.link.sync());
  expect(clone.log.keys.device).not.toBe(original.log.keys.device);
  await syncAll(clone, original);
  await syncAll(original, clone);
  for (const device of [original, clone]) {
    expect(handleOf<Note>(device, note.documentId).doc()).toEqual({ text: "zero one two", tags: ["unsent"] });
  }
  expect(headsOn(clone, note.documentId)).toEqual(headsOn(original, note.documentId));
});

/** A storage of a repository, in memory. */
function createStorage(): StorageAdapterInterface {
  const chunks = new Map<string, Uint8Array>();
  const under = (prefix: readonly string[]): readonly string[] =>
    [...chunks.keys()].filter((key) => prefix.every((part, at) => (JSON.parse(key) as readonly string[])[at] === part));
  return {
    load: async (key) => chunks.get(JSON.stringify(key)),
    save: async (key, data) => {
      chunks.set(JSON.stringify(key), data.slice());
    },
    remove: async (key) => {
      chunks.delete(JSON.stringify(key));
    },
    loadRange: async (prefix) => under(prefix).map((key) => ({ key: JSON.parse(key) as string[], data: chunks.get(key) })),
    removeRange: async (prefix) => {
      for (const key of under(prefix)) chunks.delete(key);
    },
  };
}
