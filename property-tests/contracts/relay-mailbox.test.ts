/** Mailboxes: messages in order, waiting for news, and every limit. */
import { describe, expect, test } from "vitest";
import type { MailPage } from "@albumen/core/wire/relay-api.ts";
import { refusalOf } from "./relay-client.ts";
import { createRelayWorld } from "./relay-world.ts";

const box = "/v1/mailboxes/0123456789abcdef0123456789abcdef";

function createWorld(limits = {}) {
  const world = createRelayWorld(limits);
  const post = (body: BodyInit, path = box) => world.send(path, { method: "POST", body });
  const read = async (after?: number, init: RequestInit = {}, path = box): Promise<MailPage> =>
    (await (await world.send(after === undefined ? path : `${path}?after=${after}`, init)).json()) as MailPage;
  return { world, post, read };
}

/** Lets everything run that is not waiting for the clock. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

describe("a mailbox", () => {
  test("keeps messages in order and gives those after a number", async () => {
    const { post, read } = createWorld();
    expect(await (await post("a")).json()).toEqual({ number: 1 });
    expect(await (await post(new Uint8Array([255]))).json()).toEqual({ number: 2 });
    expect((await read()).messages).toEqual([
      { number: 1, body: "YQ" },
      { number: 2, body: "_w" },
    ]);
    expect((await read(1)).messages.map(({ number }) => number)).toEqual([2]);
  });

  test("wakes who waits as soon as there is news", async () => {
    const { post, read } = createWorld();
    await post("a");
    const waiting = [read(1), read(1)];
    await settle();
    await post("b");
    for (const page of await Promise.all(waiting)) expect(page.messages.map(({ number }) => number)).toEqual([2]);
  });

  test("lets nobody wait longer than 20 s, also where nothing was ever posted", async () => {
    const { world, read } = createWorld();
    let answered = false;
    const waiting = read(0).finally(() => {
      answered = true;
    });
    await settle();
    world.clock.advance(19_999);
    await settle();
    expect(answered).toBe(false);
    world.clock.advance(1);
    expect((await waiting).messages).toEqual([]);
  });

  test("forgets who went away", async () => {
    const { world, read } = createWorld({ mailboxWaiters: 1 });
    const leaving = new AbortController();
    void read(0, { signal: leaving.signal }).catch(() => undefined);
    await settle();
    expect(await refusalOf(await world.send(box))).toEqual([503, "unavailable"]);
    leaving.abort();
    await settle();
    const waiting = read(0);
    await settle();
    world.relay.close();
    expect((await waiting).messages).toEqual([]);
  });

  test("is gone ten minutes after its first message, with everything in it", async () => {
    const { world, post, read } = createWorld();
    await post("a");
    world.clock.advance(599_999);
    await post("b");
    expect((await read()).messages.length).toBe(2);
    world.clock.advance(1);
    const waiting = read();
    await settle();
    world.clock.advance(20_000);
    expect((await waiting).messages).toEqual([]);
    expect(await (await post("c")).json()).toEqual({ number: 1 });
  });

  test("takes 32 messages of 16 KiB each", async () => {
    const { post } = createWorld();
    for (let i = 0; i < 32; i++) expect((await post(new Uint8Array(16_384))).status).toBe(200);
    expect(await refusalOf(await post("x"))).toEqual([507, "quota-exceeded"]);
    expect(await refusalOf(await post(new Uint8Array(16_385)))).toEqual([413, "too-large"]);
  });

  test("is one of at most so many", async () => {
    const { world, post } = createWorld({ mailboxes: 2 });
    for (const letter of ["a", "b"]) await post("x", `/v1/mailboxes/${letter.repeat(32)}`);
    expect(await refusalOf(await post("x", `/v1/mailboxes/${"c".repeat(32)}`))).toEqual([503, "unavailable"]);
    expect((await post("y", `/v1/mailboxes/${"a".repeat(32)}`)).status).toBe(200);
    world.clock.advance(600_000);
    expect((await post("x", `/v1/mailboxes/${"c".repeat(32)}`)).status).toBe(200);
  });

  test("leaves room for others: all mail together is bounded, and counted off when it goes", async () => {
    const { world, post } = createWorld({ mailboxBytes: 100 });
    expect((await post(new Uint8Array(60))).status).toBe(200);
    const other = `/v1/mailboxes/${"c".repeat(32)}`;
    expect(await refusalOf(await post(new Uint8Array(41), other))).toEqual([503, "unavailable"]);
    expect((await post(new Uint8Array(40), other)).status).toBe(200);
    world.clock.advance(600_000);
    expect((await post(new Uint8Array(100), other)).status).toBe(200);
  });

  test.each([
    "/v1/mailboxes/short",
    `/v1/mailboxes/${"a".repeat(129)}`,
    "/v1/mailboxes/aaaaaaaaaaaaaaaaaaaaaaaaa%20",
    `${box}?after=x`,
  ])("is not at %s", async (path) => {
    expect(await refusalOf(await createWorld().world.send(path))).toEqual([400, "bad-request"]);
  });
});
