/**
 * A relay, its disk, its log and a recording of every byte between it and the devices hold nothing of what the devices say:
 * no name of a person, album, device or file, no text of a rule, no hash of a photo.
 */
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { canariesIn, everythingIn } from "../canaries.ts";
import { writePhotos } from "./made-photos.ts";
import { createDevice, pair, startRelayProcess, withoutModels } from "./processes.ts";
import { type RecordingProxy, startRecordingProxy } from "./recording-proxy.ts";

vi.setConfig({ testTimeout: 300_000 });

let folder = "";
let proxy: RecordingProxy;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "albumen-blind-"));
  proxy = await startRecordingProxy();
});
afterEach(() => {
  proxy.close();
  rmSync(folder, { recursive: true, force: true });
});

async function expectBlind(
  secrets: Readonly<Record<string, Buffer>>,
  work: (relayUrl: string) => Promise<string>,
): Promise<void> {
  const data = join(folder, "relay");
  const relay = await startRelayProcess(data, proxy.url);
  proxy.leadTo(relay.url);
  const library = await work(proxy.url);
  const { stdout, stderr } = await relay.stop();
  const seen = { traffic: proxy.recorded(), disk: everythingIn(data), log: Buffer.from(stdout + stderr) };
  // The recording works: it holds what a relay may see.
  expect(seen.traffic.includes(`/v1/libraries/${library}/records`)).toBe(true);
  expect(seen.traffic.includes("/live")).toBe(true);
  expect(seen.disk.length).toBeGreaterThan(10_000);
  for (const [place, bytes] of Object.entries(seen)) expect(canariesIn(bytes, secrets), `in the relay's ${place}`).toEqual([]);
}

function hashesOf(files: readonly string[]): Record<string, Buffer> {
  return Object.fromEntries(files.map((file) => [`hash of ${file}`, createHash("sha256").update(readFileSync(file)).digest()]));
}

test("of albums, rules, devices and files made here", async () => {
  writePhotos(join(folder, "photos"), 5, "zwetschgenkuchen");
  const files = readdirSync(join(folder, "photos")).map((name) => join(folder, "photos", name));
  const secrets = {
    "file name": Buffer.from("zwetschgenkuchen"),
    "album name": Buffer.from("Quittengelee"),
    "rule text": Buffer.from("hollerbluete"),
    "device name": Buffer.from("Dachbodenrechner"),
    ...hashesOf(files),
  };
  await expectBlind(secrets, async (url) => {
    const a = createDevice(join(folder, "a"), withoutModels);
    const b = createDevice(join(folder, "b"), withoutModels);
    const { library } = await a.run<{ library: string }>("init", "--relay", url, "--name", "Dachbodenrechner");
    await a.run("import", join(folder, "photos"));
    await a.run("album", "create", "Quittengelee", "--rule", 'text:"hollerbluete"');
    await a.run("album", "pin", "Quittengelee", "zwetschgenkuchen-002.png");
    await a.run("sync");
    await pair(a, b, "Dachbodenrechner Zwei");
    const watching = b.start("sync", "--watch");
    await watching.document("lastComplete");
    await a.run("album", "exclude", "Quittengelee", "zwetschgenkuchen-003.png");
    await a.run("sync");
    await expect.poll(() => proxy.recorded().includes("/live"), { timeout: 10_000 }).toBe(true);
    watching.kill("SIGINT");
    await watching.finished;
    await b.run("sync");
    expect((await b.run<{ photos: object[] }>("album", "show", "Quittengelee")).photos).toHaveLength(1);
    return library;
  });
});

test("of people", async ({ skip }) => {
  const { ALBUMEN_TEST_DATA: data, ALBUMEN_MODEL_DIR: models } = process.env;
  if (data === undefined || models === undefined) return skip("ALBUMEN_TEST_DATA and ALBUMEN_MODEL_DIR name no folders");
  const files = ["obama.jpg", "obama2.jpg", "two_people.jpg"].map((name) => join(data, "photos/face_recognition/examples", name));
  const secrets = {
    "person's name": Buffer.from("Walburga"),
    "other name": Buffer.from("Kunigunde"),
    "album name": Buffer.from("Sommerfrische"),
    "file name": Buffer.from("two_people"),
    ...hashesOf(files),
  };
  await expectBlind(secrets, async (url) => {
    const a = createDevice(join(folder, "a"));
    const b = createDevice(join(folder, "b"));
    const { library } = await a.run<{ library: string }>("init", "--relay", url);
    await a.run("import", ...files);
    await a.run("name", "two_people.jpg#1", "Walburga");
    await a.run("name", "two_people.jpg#2", "Kunigunde");
    await a.run("album", "create", "Sommerfrische", "--rule", 'person:"Walburga" and not person:"Kunigunde"');
    await pair(a, b, "B");
    const watching = b.start("sync", "--watch");
    await expect.poll(() => proxy.recorded().includes("/live"), { timeout: 20_000 }).toBe(true);
    watching.kill("SIGINT");
    await watching.finished;
    await b.run("sync");
    expect((await b.run<{ name: string | null }[]>("people")).map(({ name }) => name)).toContain("Kunigunde");
    return library;
  });
});
