/** Random edits on three devices with random syncs and restarts: all end with the same documents, which any order of records gives. */
import { expect, test } from "vitest";
import type { DocumentId } from "@automerge/automerge-repo/slim";
import { Automerge } from "@albumen/core/documents/automerge.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";
import { contentOf, createEditor, headsOf, type Sheet } from "../arbitraries/free-edits.ts";
import { createWorld, relayAddress, unwrap } from "../engine/bench-world.ts";
import {
  foundDevice,
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

test.each([1, 2, 3, 4])("three devices converge, and equal a rebuild from the shuffled records (seed %i)", async (seed) => {
  const world = createWorld(1000 + seed);
  const editor = createEditor(seededRandom(seed));
  const { below, pick } = editor;
  const laptop = await foundDevice(world.parts(memoryStore()), relayAddress);
  const phone = await joinDevice(world.parts(memoryStore()), laptop);
  const devices = [laptop, phone, await joinDevice(world.parts(memoryStore()), laptop)];
  const ids: DocumentId[] = [];
  const create = (device: Device): void => {
    const handle = device.repo.create<Sheet>({ text: "hello world", list: [1, "a"], map: { x: 1 }, n: new Automerge.Counter(0) });
    ids.push(handle.documentId);
  };
  create(laptop);
  await syncAll(...devices);
  for (let step = 0; step < 60; step++) {
    const at = below(3);
    const device = devices[at] as Device;
    const id = pick(ids);
    const choice = below(12);
    if (choice === 0 && ids.length < 4) create(device);
    else if (choice === 1) unwrap(await device.link.sync());
    else if (choice === 2) unwrap(await device.attached.flush());
    else if (choice === 3) devices[at] = await restart(device);
    else if (choice === 4) {
      await device.attached.flush();
      unwrap(await device.link.sync());
    } else if (device.repo.handles[id] !== undefined) handleOf<Sheet>(device, id).change(editor.edit);
  }
  await syncAll(...(devices as Device[]));
  await syncAll(...(devices as Device[]));
  const one = devices[0] as Device;
  for (const id of ids) {
    const [first, ...others] = devices.map((device) => handleOf<Sheet>(device, id).doc());
    for (const doc of others) expect(headsOf(doc)).toEqual(headsOf(first as Automerge.Doc<Sheet>));
    for (const doc of others) expect(contentOf(doc)).toEqual(contentOf(first as Automerge.Doc<Sheet>));
    const records = [...(await recordsOf(one))].sort(() => below(3) - 1);
    const rebuilt = rebuiltFrom<Sheet>(records, 1 + below(5), one, id);
    expect(headsOf(rebuilt)).toEqual(headsOn(one, id));
    expect(contentOf(rebuilt)).toEqual(contentOf(first as Automerge.Doc<Sheet>));
  }
  for (const { attached } of devices) expect(attached.state()).toEqual({ unwritten: 0, problem: null, left: [], kept: [] });
});
