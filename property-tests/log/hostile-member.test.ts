/**
 * A hostile member and the repositories of the others: it can neither wedge them, nor make two that hold the same records differ,
 * nor make what another device wrote vanish.
 */
import type { DocHandle, DocumentId } from "@automerge/automerge-repo/slim";
import { describe, expect, test } from "vitest";
import { removeDevices } from "@albumen/client/log/authority.ts";
import { heightOf } from "@albumen/client/log/height.ts";
import { Automerge } from "@albumen/core/documents/automerge.ts";
import { actorPrefix } from "@albumen/core/documents/author.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";
import { contentOf, createEditor, headsOf } from "../arbitraries/free-edits.ts";
import { lastOf, withChecksum } from "../documents/free/library.ts";
import { copyStore, createWorld, relayAddress, unwrap, type World } from "../engine/bench-world.ts";
import {
  foundDevice,
  freeIdOf,
  handleOf,
  headsOn,
  joinDevice,
  memoryStore,
  rebuiltFrom,
  recordsOf,
  restart,
  syncAll,
  type Device,
} from "./repo-world.ts";

interface Note {
  [key: string]: unknown;
  text: string;
}

type NoteDoc = Automerge.Doc<Note>;

interface Family {
  readonly world: World;
  readonly laptop: Device;
  readonly phone: Device;
  readonly mallory: Device;
  readonly note: DocHandle<Note>;
  readonly id: DocumentId;
}

/** Laptop, phone and Mallory, in the order of their rank, with one note. */
async function family(seed: number): Promise<Family> {
  const world = createWorld(seed);
  const laptop = await foundDevice(world.parts(memoryStore()), relayAddress);
  const phone = await joinDevice(world.parts(memoryStore()), laptop);
  const mallory = await joinDevice(world.parts(memoryStore()), laptop);
  const note = laptop.repo.create<Note>({ text: "hello world" });
  await syncAll(laptop, phone, mallory);
  return { world, laptop, phone, mallory, note, id: note.documentId };
}

/** Writes a record that brings `changes`, whatever they are. */
async function bring({ log }: Device, id: DocumentId, ...changes: readonly Uint8Array[]): Promise<void> {
  const height = heightOf(log.journal.ledger.verified()) + 1;
  const says = { kind: "document", document: freeIdOf(id), changes } as const;
  unwrap(await log.exclusive(() => log.writeEvents([{ what: "edit", height, says }])));
}

/** The records that `device` holds and `other` does not, given to `other` past the relay. */
async function hand(device: Device, other: Device): Promise<void> {
  const records = await recordsOf(device);
  unwrap(await other.log.exclusive(() => other.log.accept(records, [])));
}

/** `doc` continued under `actor`, and the change that does it. */
function continued(
  doc: NoteDoc,
  actor: string,
  edit: (note: Note) => void,
): { readonly doc: NoteDoc; readonly change: Uint8Array } {
  const next = Automerge.change(Automerge.clone(doc, { actor }), { time: 0 }, edit);
  return { doc: next, change: lastOf(next) };
}

const actorFor = ({ log }: Device, start: number): string => actorPrefix(log.keys.device) + start.toString(16).padStart(16, "0");

/** Both have the same document, which is the one that their records give in any order, and which loads again. */
async function expectAgreement(id: DocumentId, ...devices: readonly Device[]): Promise<void> {
  const { below } = createEditor(seededRandom(7));
  for (const device of devices) {
    const doc = handleOf<Note>(device, id).doc();
    expect(headsOn(device, id)).toEqual(headsOn(devices[0] as Device, id));
    expect(contentOf(doc)).toBe(contentOf(handleOf<Note>(devices[0] as Device, id).doc()));
    expect(contentOf(Automerge.load(Automerge.save(doc)))).toBe(contentOf(doc));
    const records = [...(await recordsOf(device))].sort(() => below(3) - 1);
    expect(headsOf(rebuiltFrom(records, 1 + below(4), device, id))).toEqual(headsOn(device, id));
  }
}

/** A change as `encodeChange` takes it. */
interface Written {
  startOp: number;
  seq: number;
  ops: Record<string, unknown>[];
}

function rewritten(change: Uint8Array, rewrite: (written: Written) => void): Uint8Array {
  const written = Automerge.decodeChange(change) as unknown as Written;
  rewrite(written);
  return Automerge.encodeChange(written as unknown as Parameters<typeof Automerge.encodeChange>[0]);
}

describe("changes that are made to break Automerge", () => {
  const put = (note: Note): void => {
    note["k"] = 1;
  };
  /** Changes by Mallory, by what is wrong with them. */
  const evils: Readonly<Record<string, (doc: NoteDoc, actor: string) => readonly Uint8Array[]>> = {
    "a million operations in 100 bytes": (doc, actor) => {
      const { change } = continued(doc, actor, put);
      // The action column, 42 02 … 7f 01 (one action, "set"): a run of a million instead.
      const hex = Buffer.from(change).toString("hex").replace("7f01", "c0843d01").replace("4202", "4204");
      const bomb = Uint8Array.from(Buffer.from(hex, "hex"));
      bomb[9] = (change[9] ?? 0) + 2;
      return [withChecksum(bomb)];
    },
    "operations numbered up to the end": (doc, actor) => [
      rewritten(continued(doc, actor, put).change, (written) => {
        written.startOp = 2 ** 31 - 2;
      }),
    ],
    "a seq that nobody can follow": (doc, actor) => [
      rewritten(continued(doc, actor, put).change, (written) => {
        written.seq = 9;
      }),
    ],
    "two changes with one number": (doc, actor) => [
      continued(doc, actor, put).change,
      continued(doc, actor, (note) => {
        note["k"] = 2;
      }).change,
    ],
    "an object that does not exist": (doc, actor) => [
      rewritten(continued(doc, actor, put).change, (written) => {
        Object.assign(written.ops[0] ?? {}, { obj: `99@${actor}` });
      }),
    ],
    "the end of a mark before its beginning": (doc, actor) => [
      rewritten(
        continued(doc, actor, (note) => Automerge.mark(note, ["text"], { start: 2, end: 5, expand: "none" }, "bold", true))
          .change,
        ({ ops: [begin, end] }) => {
          const elements = [begin?.["elemId"], end?.["elemId"]];
          Object.assign(begin ?? {}, { elemId: elements[1] });
          Object.assign(end ?? {}, { elemId: elements[0] });
        },
      ),
    ],
    "text after a letter that is yet to come": (doc, actor) => [
      rewritten(continued(doc, actor, (note) => Automerge.splice(note, ["text"], 0, 0, "x")).change, (written) => {
        Object.assign(written.ops[0] ?? {}, { elemId: `99@${actor}` });
      }),
    ],
    "a flipped bit": (doc, actor) => {
      const { change } = continued(doc, actor, put);
      change[change.length - 1] = (change[change.length - 1] ?? 0) ^ 1;
      return [change];
    },
    "a compressed chunk": (doc, actor) => {
      const { change } = continued(doc, actor, put);
      change[8] = 2;
      return [change];
    },
  };

  test.each(Object.entries(evils))("%s: the others go on, and agree", async (_, evil) => {
    const { laptop, phone, mallory, note, id } = await family(80);
    const theirs = handleOf<Note>(mallory, id).doc();
    await bring(mallory, id, ...evil(theirs, actorFor(mallory, 1)));
    await syncAll(mallory, laptop, phone);
    note.change((doc) => Automerge.splice(doc, ["text"], 0, 0, "laptop "));
    handleOf<Note>(phone, id).change((doc) => Automerge.splice(doc, ["text"], doc.text.length, 0, " phone"));
    await syncAll(laptop, phone);
    expect(note.doc().text).toBe("laptop hello world phone");
    await expectAgreement(id, laptop, phone);
    const again = await restart(phone);
    expect(handleOf<Note>(again, id).doc().text).toBe("laptop hello world phone");
    const { quarantine } = laptop.log.state();
    expect(laptop.attached.state().left.length + quarantine.length).toBeGreaterThan(0);
  });
});

test("what is written under another device's actor does not count, nor does it stand in that device's way", async () => {
  const { laptop, phone, mallory, note, id } = await family(81);
  const before = note.doc();
  const own = Automerge.getChangesMetaSince(before, [])[0]?.actor ?? "";
  const forged = continued(before, own, (doc) => {
    doc["forged"] = true;
  });
  await bring(mallory, id, forged.change);
  await syncAll(mallory, laptop, phone);
  note.change((doc) => Automerge.splice(doc, ["text"], 0, 0, "mine: "));
  await syncAll(laptop, phone);
  expect(note.doc()).toEqual({ text: "mine: hello world" });
  await expectAgreement(id, laptop, phone);
  expect(phone.attached.state().left).toMatchObject([{ device: mallory.log.keys.device }]);
});

describe("two changes under one number, each shown to another device", () => {
  /** Two Mallories with the same keys, each of which wrote another change under the same number; `one` has the greater hash. */
  async function forked(seed: number): Promise<Family & { readonly one: Device; readonly two: Device }> {
    const all = await family(seed);
    const { mallory, world, id } = all;
    const theirs = handleOf<Note>(mallory, id).doc();
    const changes = ["one", "two"].map(
      (text) =>
        continued(theirs, actorFor(mallory, 1), (doc) => {
          doc[text] = true;
        }).change,
    );
    changes.sort((a, b) => (Automerge.decodeChange(a).hash < Automerge.decodeChange(b).hash ? 1 : -1));
    const copies: Device[] = [];
    for (const change of changes) {
      const copy = await restart({ ...mallory, parts: world.parts(await copyStore(mallory.parts.store)) });
      await bring(copy, id, change);
      copies.push(copy);
    }
    return { ...all, one: copies[0] as Device, two: copies[1] as Device };
  }

  test("the work of whoever built on the first stays, and who had the second builds its document anew", async () => {
    const { laptop, phone, note, id, one, two } = await forked(82);
    await hand(one, phone);
    await hand(two, laptop);
    const before = note.doc();
    handleOf<Note>(phone, id).change((doc) => Automerge.splice(doc, ["text"], 0, 0, "work "));
    await syncAll(phone, laptop);
    expect(note.doc().text).toBe("hello world");
    await hand(one, laptop);
    await hand(two, phone);
    expect(note.doc().text).toBe("work hello world");
    expect(Object.keys(note.doc()).sort()).not.toEqual(Object.keys(before).sort());
    await expectAgreement(id, laptop, phone);
    for (const { attached } of [laptop, phone]) expect(attached.state().left).toHaveLength(1);
    note.change((doc) => Automerge.splice(doc, ["text"], 0, 0, "more "));
    await syncAll(laptop, phone);
    expect(handleOf<Note>(phone, id).doc().text).toBe("more work hello world");
    await expectAgreement(id, laptop, phone);
  });

  test("where both were built on, the senior's work stays, and the other's is named and kept in the log", async () => {
    const { laptop, phone, note, id, one, two } = await forked(83);
    await hand(one, phone);
    await hand(two, laptop);
    handleOf<Note>(phone, id).change((doc) => Automerge.splice(doc, ["text"], 0, 0, "junior "));
    note.change((doc) => Automerge.splice(doc, ["text"], 0, 0, "senior "));
    await syncAll(phone, laptop);
    await hand(one, laptop);
    await hand(two, phone);
    expect(handleOf<Note>(phone, id).doc().text).toBe("senior hello world");
    await expectAgreement(id, laptop, phone);
    expect(phone.attached.state().left.map(({ device }) => device)).toContain(phone.log.keys.device);
  });
});

test("a removed device's late changes go, also out of a document that had them, but for what a member built on", async () => {
  const { laptop, phone, mallory, note, id } = await family(84);
  const theirs = handleOf<Note>(mallory, id);
  theirs.change((doc) => Automerge.splice(doc, ["text"], 0, 0, "late "));
  unwrap(await mallory.attached.flush());
  await hand(mallory, phone);
  const onPhone = handleOf<Note>(phone, id);
  onPhone.change((doc) => Automerge.splice(doc, ["text"], doc.text.length, 0, " built on"));
  theirs.change((doc) => {
    doc["later"] = true;
  });
  unwrap(await mallory.attached.flush());
  await hand(mallory, phone);
  expect(onPhone.doc()).toEqual({ text: "late hello world built on", later: true });
  unwrap(await removeDevices(laptop.log, [mallory.log.keys.device], null));
  await syncAll(laptop, phone);
  await hand(mallory, laptop);
  await syncAll(phone, laptop);
  expect(note.doc()).toEqual({ text: "late hello world built on" });
  expect(onPhone.doc()).toEqual(note.doc());
  await expectAgreement(id, laptop, phone);
  for (const { attached } of [laptop, phone]) {
    expect(attached.state().kept).toMatchObject([{ reason: expect.stringContaining("a member has built on it") }]);
    expect(attached.state().left).toMatchObject([{ reason: expect.stringContaining("removed") }]);
  }
});

test("an edit that is not written yet is written before what it was built on is taken out, so that it stays", async () => {
  const { laptop, phone, mallory, note, id } = await family(86);
  handleOf<Note>(mallory, id).change((doc) => Automerge.splice(doc, ["text"], 0, 0, "late "));
  unwrap(await mallory.attached.flush());
  await hand(mallory, phone);
  unwrap(await removeDevices(laptop.log, [mallory.log.keys.device], null));
  await syncAll(laptop);
  const onPhone = handleOf<Note>(phone, id);
  onPhone.change((doc) => Automerge.splice(doc, ["text"], 5, 0, "but "));
  unwrap(await phone.link.sync());
  await syncAll(phone, laptop);
  await hand(mallory, laptop);
  expect(onPhone.doc().text).toBe("late but hello world");
  expect(note.doc()).toEqual(onPhone.doc());
  await expectAgreement(id, laptop, phone);
});

test("a device that was removed keeps its document as the library has it, and says why it writes no more", async () => {
  const { laptop, phone, mallory, id } = await family(85);
  unwrap(await removeDevices(laptop.log, [mallory.log.keys.device], null));
  await syncAll(laptop, phone);
  handleOf<Note>(mallory, id).change((doc) => Automerge.splice(doc, ["text"], 0, 0, "offline "));
  unwrap(await mallory.link.sync());
  const flushed = await mallory.attached.flush();
  expect(flushed).toMatchObject({ ok: false, error: { kind: "removed" } });
  expect(mallory.attached.state()).toMatchObject({ unwritten: 1, problem: expect.stringContaining("removed") });
  expect(handleOf<Note>(mallory, id).doc().text).toBe("offline hello world");
});
