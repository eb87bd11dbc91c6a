/** Files that are no photos, or no longer: each is listed with its reason and the import goes on. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openIndexer } from "@albumen/client/compose/node-indexer.ts";
import { createPng } from "./made-photos.ts";
import { createDevice, type Device, withoutModels } from "./processes.ts";

interface Report {
  readonly imported: number;
  readonly duplicates: number;
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

vi.setConfig({ testTimeout: 300_000 });

let folder = "";
let device: Device;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "albumen-bad-"));
  mkdirSync(join(folder, "photos"));
  device = createDevice(join(folder, "home"), withoutModels);
  await device.run("init", "--relay", "http://127.0.0.1:9");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, bytes: Uint8Array | string) => writeFileSync(join(folder, "photos", name), bytes);
const importAll = () => device.run<Report>("import", join(folder, "photos"));

/** The thumbnail of a made picture: a JPEG. */
async function createJpeg(): Promise<Uint8Array> {
  const { indexer } = await openIndexer({
    folder: null,
    cache: join(folder, "cache"),
    download: false,
    agreeing: "",
    fetch,
    report: () => {},
  });
  const indexed = await indexer.index(createPng(64, 64, 5));
  if (!indexed.ok) throw new Error(indexed.error.reason);
  return indexed.value.thumbnail;
}

test("each bad file is named with its reason, the good ones are imported, the double one is counted once", async () => {
  const jpeg = await createJpeg();
  put("a-good.png", createPng(40, 30, 1));
  put("b-empty.jpg", "");
  put("c-text.jpg", "This is a letter, and no photo at all. ".repeat(20));
  put("d-truncated.jpg", jpeg.subarray(0, Math.floor(jpeg.length / 2)));
  put("e-huge.png", createPng(10_000, 10_000, 1));
  put("f-double.png", readFileSync(join(folder, "photos", "a-good.png")));
  put("g-good.jpg", jpeg);
  const report = await importAll();
  expect(report).toMatchObject({ imported: 2, duplicates: 1 });
  expect(Object.fromEntries(report.skipped.map(({ file, reason }) => [file, reason]))).toEqual({
    "b-empty.jpg": expect.stringMatching(/empty|0 bytes/),
    "c-text.jpg": expect.stringMatching(/not a photo|no photo|not a picture/i),
    "d-truncated.jpg": expect.stringMatching(/damaged|truncated|incomplete/),
    "e-huge.png": expect.stringMatching(/large|pixels/),
  });
  const again = await importAll();
  expect(again).toMatchObject({ imported: 0, duplicates: 3 });
});

test("Ctrl-C stops after the current photo, and what was imported stays", async () => {
  for (let at = 0; at < 400; at++) put(`p${at}.png`, createPng(96, 64, at));
  const importing = device.start("import", join(folder, "photos"));
  await importing.said(/ of 400/);
  importing.kill("SIGINT");
  const { code, stdout } = await importing.finished;
  expect(code).toBe(0);
  const { imported, stopped } = JSON.parse(stdout) as { imported: number; stopped: boolean };
  expect(stopped).toBe(true);
  expect(await device.run<readonly object[]>("photos")).toHaveLength(imported);
});

test("a command on a home that another process uses is refused in one clear sentence", async () => {
  const watching = device.start("sync", "--watch");
  await watching.document("phase");
  const { code, stderr } = await device.attempt("photos");
  watching.kill("SIGINT");
  await watching.finished;
  expect({ code, stderr }).toEqual({ code: 1, stderr: `albumen: another albumen process is using ${device.home}\n` });
});
