/**
 * At rest on a disk: a session with everything that people say leaves nothing of it in the files of HOME, while the store is
 * open and after it was closed, with a passphrase and without.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type OpenHome, openHome } from "@albumen/client/compose/node-home.ts";
import type { Engine, ImportFile } from "@albumen/client/engine/api.ts";
import { readIdentity } from "@albumen/client/log/identity.ts";
import { openSqliteStore } from "@albumen/client/storage/sqlite/sqlite.ts";
import { type Store, storeTables } from "@albumen/core/ports/store.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";
import { canariesIn, everythingIn } from "../canaries.ts";
import { createWorld, foundLibrary, joinDevice, madeUpPhoto, unwrap } from "./bench-world.ts";

const words = {
  "device name": "Dachbodenrechner",
  "other device's name": "Kellertelefon",
  "file name": "zwetschgenkuchen",
  "person's name": "Walburga",
  "other person's name": "Kunigunde",
  "album name": "Quittengelee",
  "rule text": "hollerbluete",
  caption: "Brennesselsuppe",
  relay: "relay.test",
};
const passphrase = "ein Loeffel Quittengelee";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "albumen-rest-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = async (chosen: string | null): Promise<OpenHome> =>
  unwrap(
    await openHome(join(folder, "home"), {
      create: true,
      random: seededRandom(11),
      ask: async (wrong) => (wrong === 0 ? passphrase : null),
      choose: async () => chosen,
    }),
  );

/** A day with the library: photos, people, albums, words, and another device. */
async function live(store: Store): Promise<Engine> {
  const world = createWorld(12);
  const engine = await foundLibrary(world, words["device name"], store);
  const file = (serial: number, ...people: number[]): ImportFile => {
    return { ...madeUpPhoto(serial, ...people), name: `${words["file name"]}-${serial}.jpg`, path: `/tmp/${words["file name"]}` };
  };
  unwrap(await engine.importFiles([file(1, 1, 2), file(2, 1), file(3, 2)]));
  const [first, second] = engine.state.view.clusters;
  const photo = engine.state.view.photos[0]!.id;
  const [anna, album] = [engine.newPersonId(), engine.newAlbumId()];
  unwrap(await engine.edit({ kind: "nameCluster", cluster: first!.id, person: anna, name: words["person's name"] }));
  const other = { person: engine.newPersonId(), name: words["other person's name"] };
  unwrap(await engine.edit({ kind: "nameCluster", cluster: second!.id, ...other }));
  unwrap(await engine.edit({ kind: "caption", photo, text: words.caption }));
  unwrap(await engine.edit({ kind: "correctPlace", photos: [photo], place: { latitude: 481_234_567, longitude: 162_345_678 } }));
  const rule = `text:"${words["rule text"]}" or person:"${words["person's name"]}"`;
  unwrap(await engine.edit({ kind: "createAlbum", album, name: words["album name"], rule }));
  unwrap(await engine.sync());
  await joinDevice(world, engine, words["other device's name"]);
  unwrap(await engine.sync());
  return engine;
}

/** Everything that must not stand on the disk: the words, the device's keys, and both ends of each value that the store holds. */
async function secretsOf(store: Store): Promise<Record<string, Uint8Array>> {
  const { signingSeed, sealingSeed } = (await readIdentity(store))!;
  const secrets = new Map<string, Uint8Array>(Object.entries({ signingSeed, sealingSeed }));
  for (const [name, text] of Object.entries(words)) secrets.set(name, Buffer.from(text));
  for (const table of storeTables) {
    for (const [key, value] of await store.entries(table)) {
      if (value.length < 16) continue;
      secrets.set(`beginning of ${table}/${key}`, value.subarray(0, 16));
      secrets.set(`end of ${table}/${key}`, value.subarray(-16));
    }
  }
  return Object.fromEntries(secrets);
}

for (const chosen of [null, passphrase]) {
  test(`nothing of it is readable ${chosen === null ? "without" : "under"} a passphrase`, async () => {
    const { store } = await open(chosen);
    const engine = await live(store);
    const secrets = await secretsOf(store);
    expect(Object.keys(secrets).length).toBeGreaterThan(30);
    const home = join(folder, "home");
    expect(canariesIn(everythingIn(home), secrets), "while it is open").toEqual([]);
    await engine.close();
    expect(canariesIn(everythingIn(home), secrets), "after it was closed").toEqual([]);
    // The store key is the first thing that this chance gives.
    const key = { key: seededRandom(11)(32) };
    expect(canariesIn(readFileSync(join(home, "albumen.db")), key)).toEqual([]);
    expect(canariesIn(everythingIn(home), key)).toEqual(chosen === null ? ["key"] : []);
    expect(canariesIn(everythingIn(home), { passphrase: Buffer.from(passphrase) })).toEqual([]);
  });
}

test("a canary that is planted is found, in whatever form", async () => {
  const { store } = await open(null);
  const home = join(folder, "home");
  const plant = (text: string | Buffer): readonly string[] => {
    writeFileSync(join(home, "planted"), text);
    return canariesIn(everythingIn(home), { caption: Buffer.from(words.caption) });
  };
  expect(plant("nothing")).toEqual([]);
  for (const encoding of ["utf8", "hex", "base64", "base64url"] as const) {
    for (const before of ["", "x", "xy"]) {
      expect(plant(Buffer.from(`${before}${words.caption}, warm`).toString(encoding)), `${before} ${encoding}`).toEqual([
        "caption",
      ]);
    }
  }
  expect(plant(Buffer.from(words.caption, "utf16le"))).toEqual(["caption"]);
  expect(plant(Buffer.from(words.caption, "utf16le").swap16())).toEqual(["caption"]);
  rmSync(join(home, "planted"));
  await store.close();
  // The scan sees what SQLite writes: a value that went around the seal is found.
  const bare = unwrap(openSqliteStore(join(home, "albumen.db")));
  unwrap(await bare.write([{ table: "meta", key: "a", value: Buffer.from(words.caption) }]));
  expect(canariesIn(everythingIn(home), { caption: Buffer.from(words.caption) })).toEqual(["caption"]);
  await bare.close();
});
