/** `kill -9` at any moment: afterwards the device opens, and everything that it had acknowledged is there. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { writePhotos } from "./made-photos.ts";
import { createDevice, type Device, type DigestDocument, pair, startRelayProcess, withoutModels } from "./processes.ts";

vi.setConfig({ testTimeout: 300_000 });

let folder = "";
let relay: Awaited<ReturnType<typeof startRelayProcess>>;
let device: Device;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "albumen-crash-"));
  relay = await startRelayProcess(join(folder, "relay"));
  device = newDevice("a");
  await device.run("init", "--relay", relay.url);
});
afterEach(async () => {
  await relay.stop();
  rmSync(folder, { recursive: true, force: true });
});

function newDevice(name: string): Device {
  return createDevice(join(folder, name), withoutModels);
}

const photosOf = (one: Device) => one.run<readonly { readonly file: string }[]>("photos");

test("during an import: what the progress counted is there, and importing again completes it, each photo once", async () => {
  writePhotos(join(folder, "photos"), 600);
  let before = 0;
  for (const milliseconds of [600, 900, 3300]) {
    const importing = device.start("import", join(folder, "photos"));
    await wait(milliseconds);
    importing.kill("SIGKILL");
    const { stderr } = await importing.finished;
    const counted = Number([...stderr.matchAll(/^(\d+) of /gm)].at(-1)?.[1] ?? 0);
    const { length } = await photosOf(device);
    expect(length).toBeGreaterThanOrEqual(Math.max(before, counted));
    before = length;
  }
  await device.run("import", join(folder, "photos"));
  const photos = await photosOf(device);
  expect(new Set(photos.map(({ file }) => file)).size).toBe(600);
  expect(photos).toHaveLength(600);
});

test("right after an edit was acknowledged: it is there", async () => {
  for (const name of ["One", "Two", "Three"]) {
    const creating = device.start("album", "create", name, "--rule", 'type:"png"');
    const { event } = await creating.document("event");
    creating.kill("SIGKILL");
    await creating.finished;
    const history = await device.run<readonly { readonly id: string }[]>("history");
    expect(history.map(({ id }) => id)).toContain(event);
  }
  expect((await device.run<readonly object[]>("albums")).length).toBe(3);
});

test("during sync: nothing is lost or doubled, and the next sync completes", async () => {
  const other = newDevice("b");
  writePhotos(join(folder, "photos"), 120);
  await pair(device, other, "B");
  await device.run("import", join(folder, "photos"));
  await device.run("album", "create", "All", "--rule", 'type:"png"');
  const before = await device.run<DigestDocument>("digest");
  for (const milliseconds of [250, 400, 550, 700]) {
    const syncing = device.start("sync");
    await wait(milliseconds);
    syncing.kill("SIGKILL");
    await syncing.finished;
    expect(await device.run<DigestDocument>("digest")).toEqual(before);
  }
  await device.run("sync");
  for (const milliseconds of [300, 450, 600]) {
    const syncing = other.start("sync");
    await wait(milliseconds);
    syncing.kill("SIGKILL");
    await syncing.finished;
    await other.run("status");
  }
  await other.run("sync");
  await device.run("sync");
  expect(await other.run<DigestDocument>("digest")).toEqual(await device.run<DigestDocument>("digest"));
});
