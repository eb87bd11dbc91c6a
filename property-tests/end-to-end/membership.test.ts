/**
 * Members come and go, as real processes over a real relay: a device is removed while it is offline and writing, its late edits
 * are void and can be adopted, and the words alone reach the same digest on an empty machine.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { writePhotos } from "./made-photos.ts";
import { createDevice, type Device, type DigestDocument, pair, startRelayProcess, withoutModels } from "./processes.ts";

interface DevicesDocument {
  readonly devices: readonly {
    readonly id: string;
    readonly name: string;
    readonly self: boolean;
    readonly words: boolean;
    readonly removed: boolean;
    readonly removedBy: string | null;
  }[];
  readonly evidence: readonly { readonly kind: string; readonly text: string }[];
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
const device = (name: string, input?: string): Device =>
  createDevice(join(folder, name), { ...withoutModels, ...(input === undefined ? {} : { input }) });
const albums = (one: Device) => one.run<readonly { readonly name: string }[]>("albums");

async function syncAll(...devices: readonly Device[]): Promise<void> {
  for (const one of [...devices, ...devices]) await one.run("sync");
}

test("three devices, one is removed while it is offline and writing; the words recover the library elsewhere", async () => {
  const [laptop, phone, tablet] = [device("laptop"), device("phone"), device("tablet")];
  const { words } = await laptop.run<{ readonly words: string }>("init", "--relay", relay.url, "--name", "Laptop");
  writePhotos(join(folder, "photos"), 3);
  await laptop.run("import", join(folder, "photos"));
  await pair(laptop, phone, "Phone");
  await pair(laptop, tablet, "Tablet");
  await syncAll(laptop, phone, tablet);

  // The tablet is offline and writes; the others go on without it.
  await tablet.run("album", "create", "Late", "--rule", 'text:"1"');
  expect(await laptop.run("remove", "Tablet")).toMatchObject({ synced: true });
  await laptop.run("album", "create", "Newer", "--rule", 'text:"2"');
  await syncAll(laptop, phone);
  expect(await digestOf(phone)).toEqual(await digestOf(laptop));

  // It hears of its removal, can open nothing newer, and writes no more.
  await tablet.run("sync");
  expect(await albums(tablet)).toEqual([]);
  expect(await tablet.run("aside")).toMatchObject([{ text: expect.stringContaining("Late") }]);
  const refused = await tablet.attempt("album", "create", "More", "--rule", 'text:"3"');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("was removed from the library")]);
  expect(await tablet.run("status")).toMatchObject({ removed: true });

  // Its late edit is void on both others, and waits to be adopted.
  await syncAll(laptop, phone);
  for (const one of [laptop, phone]) expect((await albums(one)).map(({ name }) => name)).toEqual(["Newer"]);
  expect(await digestOf(phone)).toEqual(await digestOf(laptop));
  const aside = await phone.run<readonly { readonly record: string; readonly device: string; readonly text: string }[]>("aside");
  expect(aside).toMatchObject([{ device: "Tablet", text: expect.stringContaining("Late") }]);
  await phone.run("adopt", aside[0]?.record.slice(0, 10) ?? "");
  await syncAll(phone, laptop);
  for (const one of [laptop, phone]) expect((await albums(one)).map(({ name }) => name).sort()).toEqual(["Late", "Newer"]);
  const { devices } = await phone.run<DevicesDocument>("devices");
  expect(devices.filter((one) => !one.words).map(({ name, self, removed }) => [name, self, removed])).toEqual([
    ["Laptop", false, false],
    ["Phone", true, false],
    ["Tablet", false, true],
  ]);

  // A more senior device goes only with the words.
  const senior = await phone.attempt("remove", "Laptop");
  expect([senior.code, senior.stderr]).toEqual([1, expect.stringContaining("only with the recovery words at hand")]);
  expect((await device("phone", "wrong words\n").attempt("remove", "Laptop", "--words")).code).toBe(2);

  // The words, on an empty machine, and the laptop is lost.
  const found = device("found", `${words}\n`);
  const recovered = await found.attempt("recover", "--relay", relay.url, "--name", "Found", "--remove", "Laptop", "--yes");
  expect([recovered.code, recovered.stderr]).toEqual([0, expect.stringContaining("These words open a library of")]);
  expect(recovered.stdout + recovered.stderr).not.toContain(words.split(" ").slice(0, 3).join(" "));
  await syncAll(found, phone);
  expect(await digestOf(found)).toEqual(await digestOf(phone));
  expect((await phone.run<DevicesDocument>("devices")).devices.find(({ name }) => name === "Laptop")?.removed).toBe(true);
});

test("wrong words, a wrong address, and no answer change nothing", async () => {
  const laptop = device("laptop");
  await laptop.run("init", "--relay", relay.url, "--name", "Laptop");
  await laptop.run("sync");
  const attempts: readonly (readonly [string, readonly string[], number, string])[] = [
    ["one two three\n", ["recover", "--relay", relay.url], 2, "are not recovery words"],
    [`${"abandon ".repeat(23)}art\n`, ["recover", "--relay", relay.url], 1, "holds no library of these words"],
    ["", ["recover", "--relay", "ftp://x"], 2, "is not an address"],
  ];
  for (const [input, words, code, said] of attempts) {
    const finished = await device("empty", input).attempt(...words);
    expect([finished.code, finished.stderr]).toEqual([code, expect.stringContaining(said)]);
  }
  expect((await device("empty").attempt("status")).code).toBe(1);
  expect((await laptop.attempt("remove", "Nobody")).code).toBe(2);
  expect((await laptop.attempt("adopt", "abcd1234")).code).toBe(2);
});
