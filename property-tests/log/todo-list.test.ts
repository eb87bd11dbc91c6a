/** Two repositories share a to-do list, which knows nothing of photos, through the blind relay: offline and back. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createTransport } from "@albumen/client/transport/transport.ts";
import { Automerge } from "@albumen/core/documents/automerge.ts";
import { utf8 } from "@albumen/core/primitives/bytes.ts";
import { startRelay } from "../../relay/serve.ts";
import { canariesIn, everythingIn } from "../canaries.ts";
import { createWorld, relayAddress, unwrap } from "../engine/bench-world.ts";
import { foundDevice, handleOf, headsOn, joinDevice, memoryStore, restart, syncAll, type Device } from "./repo-world.ts";

interface TodoList {
  wunschzettel: { text: string; done: boolean }[];
}

const secrets = { cake: utf8("zitronenkuchen"), plants: utf8("water the plants"), key: utf8("wunschzettel") };

/** Both edit the list at once; `offline` while they do. */
async function editAtOnce(laptop: Device, phone: Device, offline: (now: boolean) => void): Promise<void> {
  const list = laptop.repo.create<TodoList>({ wunschzettel: [{ text: "buy zitronenkuchen", done: false }] });
  await syncAll(laptop, phone);
  const theirs = handleOf<TodoList>(phone, list.documentId);
  expect(theirs.doc()).toEqual(list.doc());
  offline(true);
  list.change((doc) => {
    Automerge.splice(doc, ["wunschzettel", 0, "text"], 0, 3, "bake");
    doc.wunschzettel.push({ text: "water the plants", done: false });
  });
  theirs.change((doc) => Automerge.splice(doc, ["wunschzettel", 0, "text"], "buy zitronenkuchen".length, 0, " for Anna"));
  theirs.change((doc) => {
    const [first] = doc.wunschzettel;
    if (first !== undefined) first.done = true;
  });
  for (const { attached } of [laptop, phone]) unwrap(await attached.flush());
  if ((await laptop.link.sync()).ok) unwrap(await phone.link.sync());
  offline(false);
  await syncAll(laptop, phone);
  expect(list.doc().wunschzettel.map(({ text, done }) => [text, done])).toEqual([
    ["bake zitronenkuchen for Anna", true],
    ["water the plants", false],
  ]);
  expect(headsOn(phone, list.documentId)).toEqual(headsOn(laptop, list.documentId));
  for (const { attached } of [laptop, phone]) {
    expect(attached.state()).toEqual({ unwritten: 0, problem: null, left: [], kept: [] });
  }
  const restarted = await restart(phone);
  expect(headsOn(restarted, list.documentId)).toEqual(headsOn(laptop, list.documentId));
}

test("two devices share a to-do list, offline and back, and the relay sees none of it", async () => {
  const world = createWorld(51);
  const laptop = await foundDevice(world.parts(memoryStore()), relayAddress);
  const phone = await joinDevice(world.parts(memoryStore()), laptop);
  await editAtOnce(laptop, phone, (now) => {
    world.offline = now;
  });
  expect(canariesIn(Buffer.concat(world.brought()), secrets)).toEqual([]);
  // The canaries are where they may be: in the documents.
  expect(canariesIn(Buffer.from(Automerge.save(Object.values(laptop.repo.handles)[0]?.doc() as never)), secrets)).toContain(
    "key",
  );
});

test("the same over a real relay on this machine, of which nothing on disk says what is on the list", async () => {
  const data = mkdtempSync(join(tmpdir(), "albumen-relay-"));
  const relay = await startRelay({ data, port: 0 });
  const world = createWorld(52);
  const transport = createTransport(fetch, (url) => new WebSocket(url));
  const parts = (): ReturnType<typeof world.parts> => ({ ...world.parts(memoryStore()), transport });
  try {
    const laptop = await foundDevice(parts(), relay.url);
    const phone = await joinDevice(parts(), laptop);
    await editAtOnce(laptop, phone, () => undefined);
    expect(everythingIn(data).length).toBeGreaterThan(1000);
    expect(canariesIn(everythingIn(data), secrets)).toEqual([]);
  } finally {
    await relay.close();
    rmSync(data, { recursive: true });
  }
});

test("live devices see each other's edits without asking", async () => {
  const data = mkdtempSync(join(tmpdir(), "albumen-relay-"));
  const relay = await startRelay({ data, port: 0 });
  const world = createWorld(53);
  const transport = createTransport(fetch, (url) => new WebSocket(url));
  const parts = (): ReturnType<typeof world.parts> => ({ ...world.parts(memoryStore()), transport });
  const laptop = await foundDevice(parts(), relay.url);
  const phone = await joinDevice(parts(), laptop);
  try {
    laptop.link.startSync();
    phone.link.startSync();
    const list = laptop.repo.create<TodoList>({ wunschzettel: [] });
    await expect.poll(() => phone.repo.handles[list.documentId] !== undefined, { timeout: 10_000 }).toBe(true);
    handleOf<TodoList>(phone, list.documentId).change((doc) => doc.wunschzettel.push({ text: "ring the bell", done: false }));
    await expect.poll(() => list.doc().wunschzettel[0]?.text, { timeout: 10_000 }).toBe("ring the bell");
    list.change((doc) => Automerge.splice(doc, ["wunschzettel", 0, "text"], 5, 3, "every"));
    const theirs = (): string | undefined => handleOf<TodoList>(phone, list.documentId).doc().wunschzettel[0]?.text;
    await expect.poll(theirs, { timeout: 10_000 }).toBe("ring every bell");
  } finally {
    for (const device of [laptop, phone]) {
      unwrap(await device.attached.close());
      await device.link.close();
    }
    await relay.close();
    rmSync(data, { recursive: true });
  }
});
