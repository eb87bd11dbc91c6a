/** The relay on disk: restarts, kills, schema versions, and everything that can be wrong with a folder or a port. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, test } from "vitest";
import { blobName, recordHash, runningHash } from "@albumen/core/crypto/verify.ts";
import type { LibraryId } from "@albumen/core/ids/ids.ts";
import { equalBytes } from "@albumen/core/primitives/bytes.ts";
import { logSchemaVersion, openLogDatabase } from "@albumen/relay/log-store/sqlite-schema.ts";
import { RelayStartError, startRelay } from "@albumen/relay/serve.ts";
import { createWriter, foundLibrary, writeAdd, writeContent, writeRotate, writeUnsignedAdd } from "../arbitraries/records.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";
import { bearer, createRelayClient, type RelayClient } from "./relay-client.ts";
import { openSqliteLog } from "./relay-log-adapters.ts";

const folders: string[] = [];

function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "albumen-disk-"));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function clientOf(url: string): RelayClient {
  return createRelayClient((path, init) => fetch(`${url}${path}`, init));
}

/** The relay as a process of its own, once it listens. */
async function spawnRelay(folder: string): Promise<{ readonly process: ChildProcess; readonly client: RelayClient }> {
  const main = new URL("../../relay/main.ts", import.meta.url).pathname;
  const process = spawn("node", [main, "--data", folder, "--port", "0"], { stdio: ["ignore", "ignore", "pipe"] });
  for await (const chunk of process.stderr ?? []) {
    const [url] = /http:\S+/.exec(String(chunk)) ?? [];
    if (url !== undefined) return { process, client: clientOf(url) };
  }
  throw new Error("the relay did not start");
}

async function readLog(client: RelayClient, library: LibraryId, token: string): Promise<Uint8Array[]> {
  const records: Uint8Array[] = [];
  let running = new Uint8Array(32);
  for (;;) {
    const page = await client.page(library, records.length, token);
    for (const record of page.records) running = runningHash(running, recordHash(record)) as Uint8Array<ArrayBuffer>;
    expect(page.cursor.running).toEqual(running);
    records.push(...page.records);
    if (records.length >= page.last) return records;
  }
}

describe("a relay on disk", () => {
  test("keeps everything through a restart: store, log, blobs, and nobody else may look", async () => {
    const data = join(createFolder(), "new", "data");
    const { library, founder, create } = foundLibrary(40);
    const records = [create, ...Array.from({ length: 20 }, () => writeContent(founder, library))];
    const blob = new Uint8Array(100_000).fill(5);
    const first = await startRelay({ data, port: 0, origin: "https://relay.test" });
    let client = clientOf(first.url);
    await client.append(library, [create]);
    const token = await client.token(library, founder);
    await client.append(library, records, token);
    const path = `/v1/libraries/${library}/blobs/${blobName(blob)}`;
    expect((await client.send(path, { method: "PUT", headers: bearer(token), body: blob })).status).toBe(200);
    const before = await client.page(library, 0, token);
    await first.close();
    expect(statSync(data).mode & 0o777).toBe(0o700);

    const second = await startRelay({ data, port: 0, origin: "https://relay.test" });
    client = clientOf(second.url);
    const renewed = await client.token(library, founder);
    expect(await client.page(library, 0, renewed)).toEqual(before);
    const read = await client.send(path, { headers: bearer(renewed) });
    expect(equalBytes(new Uint8Array(await read.arrayBuffer()), blob)).toBe(true);
    const outcomes = await client.append(library, records, renewed);
    expect(outcomes.every(({ outcome }, at) => outcome === "duplicate" && outcomes[at]?.sequence === at + 1)).toBe(true);
    await second.close();
  });

  test("holds every acknowledged record after kill -9 in the middle of appends, and its running hashes fit", async () => {
    const folder = createFolder();
    const { library, founder, create } = foundLibrary(41);
    const acknowledged = new Map<number, Uint8Array>();
    for (const pause of [40, 90, 150]) {
      const { process, client } = await spawnRelay(folder);
      const gone = new Promise((resolve) => process.once("exit", resolve));
      for (const [at, { sequence }] of (await client.append(library, [create])).entries())
        if (at === 0) acknowledged.set(sequence ?? 0, create);
      const token = await client.token(library, founder);
      setTimeout(() => process.kill("SIGKILL"), pause);
      const upload = async (): Promise<void> => {
        for (;;) {
          const records = Array.from({ length: 5 }, () => writeContent(founder, library, 200));
          const outcomes = await client.append(library, records, token);
          for (const [at, { sequence }] of outcomes.entries()) acknowledged.set(sequence ?? 0, records[at] ?? create);
        }
      };
      await Promise.allSettled([upload(), upload(), upload()]);
      await gone;
    }
    const { process, client } = await spawnRelay(folder);
    const log = await readLog(client, library, await client.token(library, founder));
    process.kill("SIGTERM");
    expect(acknowledged.size).toBeGreaterThan(10);
    for (const [sequence, record] of acknowledged) expect(equalBytes(log[sequence - 1] ?? new Uint8Array(0), record)).toBe(true);
    await new Promise((resolve) => process.once("exit", resolve));
    const store = openSqliteLog(folder);
    expect(store.id.length).toBe(16);
    await store.close();
    const db = new DatabaseSync(join(folder, "log.sqlite"));
    expect(db.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
    db.close();
  });

  test("is used by one relay at a time", async () => {
    const data = createFolder();
    const relay = await startRelay({ data, port: 0 });
    await expect(startRelay({ data, port: 0 })).rejects.toThrow(`another relay is running on ${data}`);
    await relay.close();
    await (await startRelay({ data, port: 0 })).close();
  });

  test("names a taken port in one line, and lets go of the folder", async () => {
    const [data, other] = [createFolder(), createFolder()];
    const relay = await startRelay({ data, port: 0 });
    const failed = startRelay({ data: other, port: relay.port });
    await expect(failed).rejects.toThrow(`the relay cannot listen on 127.0.0.1:${relay.port}: the port is taken`);
    await expect(failed).rejects.toBeInstanceOf(RelayStartError);
    await relay.close();
    await (await startRelay({ data: other, port: 0 })).close();
  });

  test.each([
    ["a file", (folder: string) => writeFileSync(join(folder, "data"), ""), /cannot be used: (EEXIST|ENOTDIR)/],
    [
      "a folder whose log is a folder",
      (folder: string) => mkdirSync(join(folder, "data", "log.sqlite"), { recursive: true }),
      /cannot be/,
    ],
    [
      "a folder whose log is something else",
      (folder: string) => {
        mkdirSync(join(folder, "data"));
        writeFileSync(join(folder, "data", "log.sqlite"), "this is no database at all, not even a little".repeat(20));
      },
      /holds no relay log/,
    ],
  ])("says in one line that it cannot use %s", async (_name, prepare, message) => {
    const folder = createFolder();
    prepare(folder);
    const failure = await startRelay({ data: join(folder, "data"), port: 0 }).catch((cause: unknown) => cause);
    expect(failure).toBeInstanceOf(RelayStartError);
    expect(String(failure)).toMatch(message);
    expect(String(failure)).not.toContain("\n");
  });

  test("brings a log of version 1 up to date: keys are found as if they had come today", async () => {
    const folder = createFolder();
    const [one, two] = [foundLibrary(43), foundLibrary(44)];
    const [tablet, stranger] = [createWriter(430), createWriter(431)];
    const relay = await startRelay({ data: folder, port: 0 });
    const client = clientOf(relay.url);
    await client.append(two.library, [two.create]);
    await client.append(one.library, [one.create, writeAdd(one.founder, one.library, tablet)]);
    await client.append(two.library, [writeAdd(two.founder, two.library, tablet)]);
    const unsigned = writeUnsignedAdd(one.founder, one.library, stranger);
    await client.append(one.library, [unsigned], await client.token(one.library, one.founder));
    const chain = Array.from({ length: 6 }, (_, at) => (at === 3 ? writeRotate : writeContent)(one.founder, one.library));
    const token = await client.token(one.library, one.founder);
    for (const record of chain.toReversed()) await client.append(one.library, [record], token);
    const found = await Promise.all([one.words, two.founder, tablet].map(client.find));
    await relay.close();
    const looked = async (): Promise<unknown> => {
      const store = openSqliteLog(folder);
      const answers = [await store.usage(one.library), await store.membershipBefore(one.library, chain.map(recordHash), 100)];
      await store.close();
      return answers;
    };
    const before = await looked();
    const db = new DatabaseSync(join(folder, "log.sqlite"));
    db.exec(`
      DROP TABLE admitted; ALTER TABLE record DROP COLUMN jump; ALTER TABLE library DROP COLUMN membership_bytes;
      PRAGMA user_version = 1`);
    db.close();
    expect(await looked()).toEqual(before);

    const again = await startRelay({ data: folder, port: 0 });
    const renewed = clientOf(again.url);
    expect(await Promise.all([one.words, two.founder, tablet].map(renewed.find))).toEqual(found);
    expect(found.map((list) => list.map(({ library }) => library))).toEqual([
      [one.library],
      [two.library],
      [one.library, two.library],
    ]);
    expect(await renewed.find(stranger)).toEqual([]);
    await again.close();
    const store = openSqliteLog(folder);
    expect(await store.librariesOf(stranger.keys.device, 10)).toEqual({ ok: true, value: [] });
    await store.close();
  });

  test("refuses a log of a newer version by name and leaves it alone", () => {
    const folder = createFolder();
    const first = openLogDatabase(folder, seededRandom(1));
    if (!first.ok) throw new Error(first.error.reason);
    first.value.db.exec(`PRAGMA user_version = ${logSchemaVersion + 1}`);
    first.value.close();
    const second = openLogDatabase(folder, seededRandom(2));
    expect(!second.ok && [second.error.kind, second.error.reason]).toEqual([
      "newer-schema",
      `${folder} was written by a newer relay (log schema ${logSchemaVersion + 1}; this one knows ${logSchemaVersion})`,
    ]);
  });

  test("answers 503 and loses nothing where the disk is full", async () => {
    const folder = createFolder();
    const { library, founder, create } = foundLibrary(42);
    const relay = await startRelay({ data: folder, port: 0 });
    const client = clientOf(relay.url);
    await client.append(library, [create]);
    await relay.close();
    const opened = openLogDatabase(folder, seededRandom(1));
    if (!opened.ok) throw new Error(opened.error.reason);
    const pages = Number(opened.value.db.prepare("PRAGMA page_count").get()?.["page_count"]);
    opened.value.db.exec(`PRAGMA max_page_count = ${pages + 2}`);
    const { createSqliteLogStore } = await import("@albumen/relay/log-store/sqlite.ts");
    const store = createSqliteLogStore(opened.value);
    const record = writeContent(founder, library, 100_000);
    const entry = {
      hash: recordHash(record),
      device: founder.keys.device,
      sequence: 2,
      previous: null,
      kind: "content",
      aside: false,
      admits: [],
    } as const;
    const appended = await store.append(library, [{ ...entry, bytes: record }]);
    expect(!appended.ok && appended.error.kind).toBe("log-store-unavailable");
    const page = await store.page(library, 0, { records: 10, bytes: 4_194_304 });
    expect(page.ok && [page.value.last, page.value.records]).toEqual([1, [create]]);
    await store.close();
  });
});

describe("the relay as a program", () => {
  test.each([
    [[], 2, "usage: node relay/main.ts"],
    [["--data", "x", "--port", "99999"], 2, "usage: node relay/main.ts"],
    [["--moon"], 2, "Unknown option"],
  ])("given %j ends with %d", async (options, code, message) => {
    const main = new URL("../../relay/main.ts", import.meta.url).pathname;
    const process = spawn("node", [main, ...options], { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    process.stderr?.on("data", (chunk) => {
      said += String(chunk);
    });
    expect(await new Promise((resolve) => process.once("close", resolve))).toBe(code);
    expect(said).toContain(message);
  });
});
