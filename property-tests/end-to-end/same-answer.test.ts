/**
 * Two devices and a relay as real processes: both import the same photos in another order, both say things offline, and after
 * sync both print one digest; a third device that only syncs prints it too.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { writePhotos } from "./made-photos.ts";
import { createDevice, type Device, type DigestDocument, pair, startRelayProcess, withoutModels } from "./processes.ts";

interface PersonDocument {
  readonly id: string;
  readonly kind: "person" | "cluster";
  readonly name: string | null;
  readonly faces: readonly string[];
}

vi.setConfig({ testTimeout: 300_000 });

let folder = "";
let relay: Awaited<ReturnType<typeof startRelayProcess>>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "albumen-e2e-"));
  relay = await startRelayProcess(join(folder, "relay"));
});
afterEach(async () => {
  await relay.stop();
  rmSync(folder, { recursive: true, force: true });
});

const digestOf = (device: Device) => device.run<DigestDocument>("digest");
const people = (device: Device) => device.run<readonly PersonDocument[]>("people");
const albumOf = (device: Device, name: string) => device.run<{ readonly photos: readonly object[] }>("album", "show", name);

/** What must agree between devices; `records` counts too once all have synced. */
async function expectSame(...devices: readonly Device[]): Promise<DigestDocument> {
  const [first, ...others] = await Promise.all(devices.map(digestOf));
  for (const other of others) expect(other).toEqual(first);
  if (first === undefined) throw new Error("no devices");
  expect(first.missing).toBe(0);
  return first;
}

/** Each once, and the first two again: what the last ones told must reach the first. */
async function syncAll(...devices: readonly Device[]): Promise<void> {
  for (const device of [...devices, ...devices]) await device.run("sync");
}

/** A new device in the place of `lost`, whose home is gone. */
async function rejoin(member: Device, lost: Device): Promise<void> {
  rmSync(lost.home, { recursive: true });
  await pair(member, lost, "again");
  await syncAll(lost, member);
}

describe("photos without faces, made here", () => {
  test("two devices that imported and edited apart print one digest, and so does one that only syncs", async () => {
    const a = createDevice(join(folder, "a"), withoutModels);
    const b = createDevice(join(folder, "b"), withoutModels);
    writePhotos(join(folder, "photos"), 12);
    const photo = (number: string) => join(folder, "photos", `picture-${number}.png`);
    await a.run("init", "--relay", relay.url, "--name", "A");
    expect(await a.run("import", join(folder, "photos"))).toMatchObject({ imported: 12, duplicates: 0, skipped: [], faces: 0 });
    await pair(a, b, "B");
    const reversed = Array.from({ length: 12 }, (_, at) => photo((12 - at).toString().padStart(3, "0")));
    expect(await b.run("import", ...reversed)).toMatchObject({ imported: 12 });

    await a.run("album", "create", "Fours", "--rule", 'text:"4" or text:"8"');
    await a.run("album", "pin", "Fours", "picture-001.png");
    await b.run("album", "create", "Ones", "--rule", 'text:"-01"');
    await b.run("album", "exclude", "Ones", "picture-011.png");
    await syncAll(a, b);
    await Promise.all([a.run("album", "rule", "Ones", 'text:"-00"'), b.run("album", "rule", "Ones", 'text:"-00" or text:"12"')]);
    await syncAll(a, b);

    const { photos, albums } = await expectSame(a, b);
    expect({ photos, albums }).toEqual({ photos: 12, albums: 2 });
    expect(await albumOf(a, "Fours")).toEqual(await albumOf(b, "Fours"));
    await rejoin(a, b);
    await expectSame(a, b);
  });

  test("what is undone on one device is undone on the other", async () => {
    const a = createDevice(join(folder, "a"), withoutModels);
    const b = createDevice(join(folder, "b"), withoutModels);
    writePhotos(join(folder, "photos"), 3);
    await a.run("init", "--relay", relay.url);
    await a.run("import", join(folder, "photos"));
    await a.run("album", "create", "All", "--rule", 'type:"png"');
    await pair(a, b, "B");
    await b.run("sync");
    const { event } = await b.run<{ event: string }>("album", "exclude", "All", "picture-002.png");
    await syncAll(b, a);
    expect((await albumOf(a, "All")).photos).toHaveLength(2);
    await a.run("undo", event);
    await syncAll(a, b);
    expect((await albumOf(b, "All")).photos).toHaveLength(3);
    await expectSame(a, b);
  });
});

describe("photos with faces", () => {
  const { ALBUMEN_TEST_DATA: data, ALBUMEN_MODEL_DIR: models } = process.env;

  test("two devices name, merge and deny people offline and print one digest, and so does one that only syncs", async ({
    skip,
  }) => {
    if (data === undefined || models === undefined) return skip("ALBUMEN_TEST_DATA and ALBUMEN_MODEL_DIR name no folders");
    const [scenes, examples] = [join(data, "photos/dlib-scenes"), join(data, "photos/face_recognition")];
    const a = createDevice(join(folder, "a"));
    const b = createDevice(join(folder, "b"));
    await a.run("init", "--relay", relay.url, "--name", "A");
    const report = await a.run<{ imported: number; faces: number; seconds: number }>("import", scenes, examples);
    expect(report.faces).toBeGreaterThan(50);
    await pair(a, b, "B");
    await b.run("import", examples, scenes);
    expect((await digestOf(b)).digest).toBe((await digestOf(a)).digest);

    const groups = (await people(a)).filter(({ kind }) => kind === "cluster");
    const [one, two, three] = groups;
    await a.run("name", one?.id ?? "", "Anna");
    await a.run("name", two?.id ?? "", "Ben");
    await a.run("album", "create", "Anna alone", "--rule", 'person:"Anna" and not person:"Ben"');
    await b.run("name", one?.id ?? "", "Anne");
    await b.run("name", three?.id ?? "", "Carl");
    await b.run("deny", one?.faces[0] ?? "", "Anne");
    await b.run("album", "create", "Carl", "--rule", 'person:"Carl"');
    await syncAll(a, b);
    await expectSame(a, b);

    await a.run("merge", "Anna", "Anne");
    await a.run("merge", "Anna", "Ben");
    await b.run("assign", two?.faces[0] ?? "", "Carl");
    await syncAll(a, b);
    const { people: named } = await expectSame(a, b);
    expect(named).toBeGreaterThanOrEqual(2);
    expect(await albumOf(a, "Carl")).toEqual(await albumOf(b, "Carl"));

    await rejoin(a, b);
    await expectSame(a, b);
    expect(await people(b)).toEqual(await people(a));
  });
});
