/** The live socket: first against its port, with a clock that is moved by hand, then over real sockets. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LibraryId } from "@albumen/core/ids/ids.ts";
import { type Page, parsePage } from "@albumen/core/wire/page.ts";
import type { LiveFrame } from "@albumen/core/wire/relay-api.ts";
import { type RunningRelay, startRelay } from "@albumen/relay/serve.ts";
import { createWriter, foundLibrary, writeAdd, writeContent, writeRemove } from "../arbitraries/records.ts";
import { createRelayClient, refusalOf, type RelayClient } from "./relay-client.ts";
import { createRelayWorld } from "./relay-world.ts";

/** Lets everything run that is not waiting for the clock. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

async function createWorld(limits = {}) {
  const world = createRelayWorld(limits);
  const founded = foundLibrary(1);
  await world.append(founded.library, [founded.create]);
  const token = await world.token(founded.library, founded.founder);
  const open = async (after = 0, credit = 1_000_000, as = token) => {
    const socket = await world.connect(founded.library);
    socket.reader.receive(JSON.stringify({ type: "open", token: as, after, credit }));
    await settle();
    return socket;
  };
  return { world, ...founded, token, open };
}

describe("a live reader", () => {
  test("gets what the log holds and then each record as it comes", async () => {
    const { world, library, founder, token, create, open } = await createWorld();
    const socket = await open();
    expect(socket.texts).toEqual([{ type: "opened", last: 1 }]);
    const record = writeContent(founder, library);
    await world.append(library, [record], token);
    await settle();
    expect(socket.pages.flatMap(({ records }) => records)).toEqual([create, record]);
    expect(socket.pages.at(-1)?.cursor).toEqual((await world.page(library, 0, token)).cursor);
  });

  test("begins after the place it names", async () => {
    const { world, library, founder, token, open } = await createWorld();
    const socket = await open(1);
    const record = writeContent(founder, library);
    await world.append(library, [record], token);
    await settle();
    expect(socket.pages.flatMap(({ records }) => records)).toEqual([record]);
  });

  test("hears nothing of other libraries", async () => {
    const { world, open } = await createWorld();
    const socket = await open(1);
    const other = foundLibrary(2);
    await world.append(other.library, [other.create]);
    await settle();
    expect(socket.pages).toEqual([]);
  });

  test("gets no byte of pages beyond its credit, and goes on when there is more", async () => {
    const { world, library, founder, token, open } = await createWorld();
    const record = writeContent(founder, library, 1000);
    const frame = 64 + 4 + record.length;
    const socket = await open(1, frame - 1);
    await world.append(library, [record], token);
    await settle();
    expect(socket.pages).toEqual([]);
    socket.reader.receive(JSON.stringify({ type: "credit", bytes: 1 }));
    await settle();
    expect(socket.pages.map(({ records }) => records)).toEqual([[record]]);
    await world.append(library, [writeContent(founder, library)], token);
    await settle();
    expect(socket.pages.length).toBe(1);
  });

  test("that is slow holds one page in memory, however much credit it gives and however much there is", async () => {
    const { world, library, founder, token, open } = await createWorld();
    const socket = await open(1, Number.MAX_SAFE_INTEGER);
    const letGo = socket.hold();
    for (let i = 0; i < 8; i++) await world.append(library, [writeContent(founder, library, 900_000)], token);
    socket.reader.receive(JSON.stringify({ type: "credit", bytes: Number.MAX_SAFE_INTEGER }));
    await settle();
    expect(socket.pages.length).toBe(1);
    letGo();
    await settle();
    expect(socket.pages.flatMap(({ records }) => records).length).toBe(8);
  });

  test("has at most 16 MiB of credit at once", async () => {
    const { world, library, founder, token, open } = await createWorld({ liveCreditBytes: 2_000_000 });
    const socket = await open(1, Number.MAX_SAFE_INTEGER);
    for (let i = 0; i < 4; i++) await world.append(library, [writeContent(founder, library, 900_000)], token);
    await settle();
    expect(socket.pages.flatMap(({ records }) => records).length).toBe(2);
  });

  test("is sent away after 10 s without open", async () => {
    const { world, library } = await createWorld();
    const socket = await world.connect(library);
    world.clock.advance(9999);
    expect(socket.closed()).toBeNull();
    world.clock.advance(1);
    expect([socket.closed(), socket.texts]).toEqual([1008, [{ type: "closed", reason: 'no "open" came within 10 s' }]]);
  });

  test("that answers pings stays, one that does not is ended after two", async () => {
    const { world, open } = await createWorld();
    const [lively, silent] = [await open(), await open()];
    for (let i = 0; i < 5; i++) {
      world.clock.advance(30_000);
      lively.reader.alive();
    }
    expect([lively.closed(), lively.pings()]).toEqual([null, 5]);
    expect([silent.closed(), silent.pings()]).toEqual(["terminated", 2]);
  });

  test.each([
    ["no JSON", "hello"],
    ["an unknown type", '{"type":"shout"}'],
    ["credit before open", '{"type":"credit","bytes":1}'],
    ["a negative place", '{"type":"open","token":"x","after":-1,"credit":1}'],
    ["no credit", '{"type":"open","token":"x","after":0}'],
    ["a wrong token", '{"type":"open","token":"x","after":0,"credit":1}'],
  ])("that begins with %s is refused", async (_name, text) => {
    const { world, library } = await createWorld();
    const socket = await world.connect(library);
    socket.reader.receive(text);
    await settle();
    expect([socket.closed(), socket.texts.map(({ type }) => type), socket.pages]).toEqual([1008, ["closed"], []]);
  });

  test("may give more credit before it was told that it is open", async () => {
    const { world, library, create, token } = await createWorld();
    const socket = await world.connect(library);
    socket.reader.receive(JSON.stringify({ type: "open", token, after: 0, credit: 0 }));
    socket.reader.receive(JSON.stringify({ type: "credit", bytes: 1_000_000 }));
    await settle();
    expect(socket.pages.flatMap(({ records }) => records)).toEqual([create]);
    expect(socket.texts.map(({ type }) => type)).toEqual(["opened"]);
  });

  test("opens once", async () => {
    const { open, token } = await createWorld();
    const socket = await open();
    socket.reader.receive(JSON.stringify({ type: "open", token, after: 0, credit: 1 }));
    expect(socket.closed()).toBe(1008);
  });

  test("learns of its removal and is then sent away; a removed key that comes back reads to the end", async () => {
    const { world, library, founder, token, open } = await createWorld();
    const lost = createWriter(21);
    await world.append(library, [writeAdd(founder, library, lost)], token);
    const lostToken = await world.token(library, lost);
    const socket = await open(0, 1_000_000, lostToken);
    const remove = writeRemove(founder, library, lost, []);
    await world.append(library, [remove], token);
    await settle();
    expect(socket.pages.flatMap(({ records }) => records).at(-1)).toEqual(remove);
    expect([socket.closed(), socket.texts.at(-1)?.type]).toEqual([1008, "closed"]);
    const back = await open(0, 1_000_000, lostToken);
    expect([back.pages.flatMap(({ records }) => records).length, back.closed()]).toEqual([3, 1008]);
  });

  test("is one of at most so many, of all and of one address", async () => {
    for (const limits of [{ liveSockets: 1 }, { liveSocketsPerAddress: 1 }]) {
      const { open } = await createWorld(limits);
      const first = await open();
      expect((await open()).closed()).toBe(1013);
      first.reader.gone();
      expect((await open()).closed()).toBeNull();
    }
  });

  test("is told when the relay closes", async () => {
    const { world, open } = await createWorld();
    const socket = await open();
    world.relay.close();
    expect(socket.closed()).toBe(1001);
    expect((await open()).closed()).toBe(1013);
  });
});

describe("a request for the live socket", () => {
  test("that is no WebSocket is told so", async () => {
    const { world, library } = await createWorld();
    expect(await refusalOf(await world.send(`/v1/libraries/${library}/live`))).toEqual([426, "bad-request"]);
    const response = await world.send("/v1/libraries/short/live", { headers: { upgrade: "websocket" } });
    expect(await refusalOf(response)).toEqual([400, "bad-request"]);
  });
});

describe("over real sockets", () => {
  const folder = mkdtempSync(join(tmpdir(), "albumen-live-"));
  let relay: RunningRelay;
  let client: RelayClient;
  beforeAll(async () => {
    relay = await startRelay({ data: folder, port: 0 });
    client = createRelayClient((path, init) => fetch(`${relay.url}${path}`, init));
  });
  afterAll(async () => {
    await relay.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function connect(library: LibraryId) {
    const socket = new WebSocket(`${relay.url.replace("http", "ws")}/v1/libraries/${library}/live`);
    socket.binaryType = "arraybuffer";
    const [texts, pages]: [LiveFrame[], Page[]] = [[], []];
    const waiting: (() => void)[] = [];
    socket.addEventListener("message", ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data === "string") texts.push(JSON.parse(data) as LiveFrame);
      else {
        const page = parsePage(new Uint8Array(data));
        if (page.ok) pages.push(page.value);
      }
      for (const wake of waiting.splice(0)) wake();
    });
    const closed = new Promise<CloseEvent>((resolve) => socket.addEventListener("close", resolve));
    const opened = new Promise((resolve, reject) => {
      socket.addEventListener("open", resolve);
      socket.addEventListener("error", reject);
    });
    const until = async (isDone: () => boolean): Promise<void> => {
      while (!isDone()) await new Promise<void>((resolve) => waiting.push(resolve));
    };
    return { socket, texts, pages, closed, opened, until };
  }

  test("devices see each other's records, and a socket's end is graceful", async () => {
    const { library, founder, create } = foundLibrary(30);
    await client.append(library, [create]);
    const token = await client.token(library, founder);
    const sockets = [connect(library), connect(library), connect(library)];
    for (const { socket, opened } of sockets) {
      await opened;
      socket.send(JSON.stringify({ type: "open", token, after: 0, credit: 1_000_000 }));
    }
    const records = Array.from({ length: 50 }, () => writeContent(founder, library));
    for (const record of records) await client.append(library, [record], token);
    for (const { pages, until, socket, closed } of sockets) {
      await until(() => pages.flatMap((page) => page.records).length === 51);
      expect(pages.flatMap((page) => page.records)).toEqual([create, ...records]);
      socket.close();
      expect((await closed).wasClean).toBe(true);
    }
  });

  test("a wrong library, a binary frame and a frame of 5 KB end the socket", async () => {
    const { library } = foundLibrary(31);
    await expect(connect("nonsense" as LibraryId).opened).rejects.toBeDefined();
    const [binary, large] = [connect(library), connect(library)];
    await Promise.all([binary.opened, large.opened]);
    binary.socket.send(new Uint8Array(3));
    expect((await binary.closed).code).toBe(1008);
    large.socket.send(" ".repeat(5000));
    expect((await large.closed).code).toBe(1009);
  });

  test("who waits at a mailbox and goes away is forgotten", async () => {
    const other = await startRelay({ data: join(folder, "mail"), port: 0, limits: { mailboxWaiters: 1 } });
    const box = `${other.url}/v1/mailboxes/${"a".repeat(32)}`;
    const leaving = new AbortController();
    const gone = fetch(box, { signal: leaving.signal }).catch(() => "gone");
    /** 503 while the only place to wait is taken; null where one waited for 100 ms. */
    const probe = async (): Promise<number | null> =>
      (await fetch(box, { signal: AbortSignal.timeout(100) }).catch(() => null))?.status ?? null;
    while ((await probe()) !== 503) await settle();
    leaving.abort();
    expect(await gone).toBe("gone");
    while ((await probe()) !== null) await settle();
    await other.close();
  });

  test("closing the relay ends sockets, waits and the port, twice without harm", async () => {
    const other = await startRelay({ data: join(folder, "other"), port: 0 });
    const socket = new WebSocket(`${other.url.replace("http", "ws")}/v1/libraries/${"a".repeat(64)}/live`);
    await new Promise((resolve) => socket.addEventListener("open", resolve));
    const closed = new Promise<CloseEvent>((resolve) => socket.addEventListener("close", resolve));
    const waiting = fetch(`${other.url}/v1/mailboxes/${"a".repeat(32)}`);
    await settle();
    await Promise.all([other.close(), other.close()]);
    expect((await closed).code).toBe(1001);
    expect((await waiting).status).toBe(200);
    await expect(fetch(`${other.url}/v1`)).rejects.toBeDefined();
  });
});
