/** Two repositories share a to-do list, which knows nothing of photos, through the blind relay: offline and back. */
import { Repo, type DocHandle, type DocumentId } from "@automerge/automerge-repo/slim";
import { expect, test } from "vitest";
import { attachRepo, type AttachedRepo } from "@albumen/client/log/attach-repo.ts";
import type { EncryptedLog } from "@albumen/client/log/log.ts";
import { foundLog, joinLog, openLog } from "@albumen/client/log/open.ts";
import { linkToRelay, type RelayLink } from "@albumen/client/log/relay-link.ts";
import { createMemoryStore } from "@albumen/client/storage/memory/memory.ts";
import type { Store } from "@albumen/core/ports/store.ts";
import { Automerge } from "@albumen/core/documents/automerge.ts";
import { createWorld, relayAddress, unwrap, type World } from "../engine/bench-world.ts";

interface TodoList {
  readonly items: { text: string; done: boolean }[];
}

interface Device {
  readonly log: EncryptedLog;
  readonly link: RelayLink;
  readonly repo: Repo;
  readonly attached: AttachedRepo;
  readonly store: Store;
}

function attach(log: EncryptedLog, store: Store): Device {
  const repo = new Repo();
  return { log, store, repo, link: linkToRelay(log), attached: attachRepo(repo, log) };
}

async function found(world: World): Promise<Device> {
  const store = createMemoryStore();
  return attach(unwrap(await foundLog(world.parts(store), { relay: relayAddress, name: "Laptop" })).log, store);
}

async function join(world: World, member: Device): Promise<Device> {
  const confirm = async (): Promise<boolean> => true;
  const codes: ((code: string) => void)[] = [];
  const shown = new Promise<string>((resolve) => codes.push(resolve));
  const invited = member.link.invite({ confirm, code: (code) => codes[0]?.(code) });
  const store = createMemoryStore();
  const { log } = unwrap(await joinLog(world.parts(store), await shown, "Phone", { confirm }));
  unwrap(await invited);
  return attach(log, store);
}

async function syncAll(...devices: readonly Device[]): Promise<void> {
  for (const { attached } of devices) unwrap(await attached.flush());
  for (const { link } of [...devices, ...devices]) unwrap(await link.sync());
}

function listOf(device: Device, id: DocumentId): DocHandle<TodoList> {
  const handle = device.repo.handles[id];
  if (handle === undefined) throw new Error("the repository does not have the document");
  return handle as DocHandle<TodoList>;
}

test("two devices share a to-do list, offline and back", async () => {
  const world = createWorld(51);
  const laptop = await found(world);
  const phone = await join(world, laptop);
  const list = laptop.repo.create<TodoList>({ items: [{ text: "buy zitronenkuchen", done: false }] });
  await syncAll(laptop, phone);
  const theirs = listOf(phone, list.documentId);
  expect(theirs.doc()).toEqual(list.doc());

  world.offline = true;
  list.change((doc) => {
    Automerge.splice(doc, ["items", 0, "text"], 0, 3, "bake");
    doc.items.push({ text: "water the plants", done: false });
  });
  theirs.change((doc) => {
    Automerge.splice(doc, ["items", 0, "text"], "buy zitronenkuchen".length, 0, " for Anna");
    const [first] = doc.items;
    if (first !== undefined) first.done = true;
  });
  unwrap(await laptop.attached.flush());
  unwrap(await phone.attached.flush());
  expect((await laptop.link.sync()).ok).toBe(false);
  world.offline = false;
  await syncAll(laptop, phone);
  expect(list.doc().items.map(({ text, done }) => [text, done])).toEqual([
    ["bake zitronenkuchen for Anna", true],
    ["water the plants", false],
  ]);
  expect(theirs.heads()).toEqual(list.heads());
  for (const { attached } of [laptop, phone])
    expect(attached.state()).toEqual({ unwritten: 0, problem: null, left: [], kept: [] });

  const relayed = Buffer.concat(world.brought()).toString("latin1");
  for (const canary of ["zitronen", "plants", "Anna"]) expect(relayed).not.toContain(canary);
  for (const device of [laptop, phone]) unwrap(await device.attached.close());
  const again = await openLog(world.parts(phone.store));
  if (again === null) throw new Error("the store holds no log");
  const restarted = attach(again, phone.store);
  expect(listOf(restarted, list.documentId).heads()).toEqual(list.heads());
});
