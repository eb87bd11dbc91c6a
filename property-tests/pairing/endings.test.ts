/**
 * How pairings end where people and relays do what they should not: each case with both ends of it, in words, and with what is
 * in the stores afterwards. Real logs, the real relay, virtual time.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { PairingDialogue } from "@albumen/client/log/api.ts";
import { inviteDevice } from "@albumen/client/log/invite.ts";
import { joinByCode } from "@albumen/client/log/join.ts";
import { foundLog, joinLog } from "@albumen/client/log/open.ts";
import { linkToRelay } from "@albumen/client/log/relay-link.ts";
import type { Mailbox } from "@albumen/client/log/relay-port.ts";
import { createTransport } from "@albumen/client/transport/transport.ts";
import { createMemoryStore } from "@albumen/client/storage/memory/memory.ts";
import { pairingCodeToText, pairingMailbox, parsePairingCode } from "@albumen/core/membership/pairing-code.ts";
import { openPairingMessage } from "@albumen/core/membership/pairing-message.ts";
import { storeTables, type Store } from "@albumen/core/ports/store.ts";
import { ok, type Result } from "@albumen/core/primitives/result.ts";
import { createWorld, relayAddress, unwrap, type World } from "../engine/bench-world.ts";
import { passSecond, passTime, stopTime } from "./virtual-time.ts";

beforeEach(stopTime);
afterEach(() => void vi.useRealTimers());

/** What a relay does with the mailbox; a test, which knows the code, can tell it which step a message is. */
type Change = (mailbox: Mailbox, stepOf: (message: Uint8Array) => string | undefined) => Mailbox;

/** A library with one device, and everything to pair with it. `change` is what the relay does with the mailbox. */
async function createMember(seed: number, change: Change = (mailbox) => mailbox) {
  const world: World = createWorld(seed);
  let secret = new Uint8Array(16);
  const stepOf = (message: Uint8Array): string | undefined => openPairingMessage(secret, message)?.step;
  const parts = (store: Store) => {
    const honest = world.parts(store);
    const mailbox = (relay: string, name: string): Mailbox => change(honest.transport.mailbox(relay, name), stepOf);
    return { ...honest, transport: { ...honest.transport, mailbox } };
  };
  const [store, joinerStore] = [createMemoryStore(), createMemoryStore()];
  const { log } = unwrap(await foundLog(parts(store), { relay: relayAddress, name: "Laptop" }));
  const { sync } = linkToRelay(log);
  unwrap(await sync());
  const before = await contents(store);
  /** Invites, and resolves as soon as there is a code. */
  const invite = async (dialogue: PairingDialogue) => {
    const codes: string[] = [];
    const invited = inviteDevice(log, { ...dialogue, code: (code) => void codes.push(code) }, sync);
    while (codes.length === 0) await passSecond();
    const [code = ""] = codes;
    secret = new Uint8Array(parsePairingCode(code)?.secret ?? secret);
    return { invited, code };
  };
  const join = (code: string, dialogue: PairingDialogue, to = joinerStore) => joinLog(parts(to), code, "Phone", dialogue);
  const unchanged = async (): Promise<void> => {
    expect(await contents(store)).toEqual(before);
    expect(await contents(joinerStore)).toEqual([]);
    expect(log.state().devices.map(({ name }) => name)).toEqual(["Recovery words", "Laptop"]);
  };
  return { world, log, parts, invite, join, unchanged };
}

/** Everything in a store. */
async function contents(store: Store): Promise<readonly unknown[]> {
  const tables = await Promise.all(storeTables.map(async (table) => [table, await store.entries(table)] as const));
  return tables.flatMap(([table, entries]) => entries.map(([key, value]) => [table, key, [...value]]));
}

const yes: PairingDialogue = { confirm: async () => true };
const no: PairingDialogue = { confirm: async () => false };
/** Somebody who never answers. */
const away: PairingDialogue = { confirm: () => new Promise(() => undefined) };

function reasonOf(result: Result<unknown, { readonly reason: string }>): string {
  return result.ok ? "it went well" : result.error.reason;
}

const differing = /did not show the same|do not show the same/;
const advice = /typing error in the code.*used before.*somebody between the two devices.*Nothing was shared.*new code/;

describe("people", () => {
  test.each([
    ["the member's", no, away],
    ["the joiner's", away, no],
  ])("%s person says that the screens differ: both sides end at once, the other without an answer", async (_, here, there) => {
    const { invite, join, unchanged } = await createMember(1);
    const { invited, code } = await invite(here);
    const joined = join(code, there);
    expect(await passTime(invited, joined)).toBeLessThan(5000);
    for (const result of [await invited, await joined]) {
      expect(reasonOf(result)).toMatch(differing);
      expect(reasonOf(result)).toMatch(advice);
    }
    await unchanged();
  });

  test("a question that became pointless is withdrawn", async () => {
    const { invite, join } = await createMember(2);
    let withdrawn = false;
    const asked: PairingDialogue = {
      confirm: (_string, _other, over) =>
        new Promise((resolve) =>
          over.addEventListener("abort", () => {
            withdrawn = true;
            resolve(true);
          }),
        ),
    };
    const { invited, code } = await invite(asked);
    await passTime(invited, join(code, no));
    expect(withdrawn).toBe(true);
  });

  test("the member closes its code: the joiner hears it at once, also one that comes later", async () => {
    const { invite, join, unchanged } = await createMember(3);
    const closing = new AbortController();
    const { invited, code } = await invite({ ...away, signal: closing.signal });
    closing.abort();
    const joined = join(code, yes);
    expect(await passTime(invited, joined)).toBeLessThan(5000);
    expect(reasonOf(await invited)).toMatch(/broken off here/);
    expect(reasonOf(await joined)).toMatch(/code was closed.*Nothing was shared.*new code/);
    await unchanged();
  });

  test("nobody answers for ten minutes: both end then", async () => {
    const { invite, join, unchanged } = await createMember(4);
    const { invited, code } = await invite(away);
    const joined = join(code, away);
    const milliseconds = await passTime(invited, joined);
    expect(milliseconds).toBeGreaterThan(590_000);
    expect(milliseconds).toBeLessThan(620_000);
    for (const result of [await invited, await joined]) expect(reasonOf(result)).toMatch(/ten minutes.*Nothing was shared/);
    await unchanged();
  });

  test("an old code: nobody is there, and after a minute it says so", async () => {
    const { join, world, unchanged } = await createMember(5);
    const joined = join(pairingCodeToText({ secret: world.random(16), relay: relayAddress }), yes);
    const milliseconds = await passTime(joined);
    expect(milliseconds).toBeLessThan(70_000);
    expect(reasonOf(await joined)).toMatch(/no device answers.*older than ten minutes.*closed.*mistyped.*Nothing was shared/);
    await unchanged();
  });

  test("the same code again after it was used: named at once, and the first device stays a member", async () => {
    const { invite, join, log } = await createMember(6);
    const { invited, code } = await invite(yes);
    const first = join(code, yes);
    await passTime(invited, first);
    expect((await first).ok).toBe(true);
    const second = join(code, yes, createMemoryStore());
    expect(await passTime(second)).toBeLessThan(5000);
    expect(reasonOf(await second)).toMatch(/used it before.*Nothing was shared.*new code/);
    expect(log.state().devices).toHaveLength(3);
  });

  test("two devices with one code at once: none of them is admitted", async () => {
    const { invite, join, unchanged } = await createMember(7);
    const { invited, code } = await invite(away);
    const first = join(code, away);
    for (let second = 0; second < 3; second++) await passSecond();
    const second = join(code, yes, createMemoryStore());
    expect(await passTime(invited, first, second)).toBeLessThan(10_000);
    for (const result of [await invited, await first, await second])
      expect(reasonOf(result)).toMatch(/second device|used on two devices/);
    await unchanged();
  });

  test("what is no code, and a name that would rewrite a screen, are refused before anything is sent", async () => {
    const { parts, world } = await createMember(8);
    const code = pairingCodeToText({ secret: world.random(16), relay: relayAddress });
    for (const [text, name] of [
      ["hello", "Phone"],
      [code, "\u001b[2J"],
      [code, "x".repeat(101)],
    ] as const) {
      const joined = await joinByCode(parts(createMemoryStore()), text, name, yes);
      expect(joined).toMatchObject({ ok: false, error: { kind: "wrong-code" } });
    }
  });
});

describe("a relay that fails", () => {
  test("out of reach from the start: the joiner hears it without waiting", async () => {
    const { world, join, unchanged } = await createMember(9);
    world.offline = true;
    const joined = join(pairingCodeToText({ secret: world.random(16), relay: relayAddress }), yes);
    expect(await passTime(joined)).toBeLessThan(5000);
    expect(reasonOf(await joined)).toMatch(/cannot be reached.*Nothing was shared/);
    await unchanged();
  });

  test("out of reach for half a minute in the middle: the pairing goes on", async () => {
    const { world, invite, join, log } = await createMember(10);
    const slow: PairingDialogue = { confirm: () => new Promise((resolve) => setTimeout(() => resolve(true), 20_000)) };
    const { invited, code } = await invite(slow);
    const joined = join(code, slow);
    for (let second = 0; second < 5; second++) await passSecond();
    world.offline = true;
    for (let second = 0; second < 12; second++) await passSecond();
    world.offline = false;
    await passTime(invited, joined);
    expect([(await invited).ok, (await joined).ok]).toEqual([true, true]);
    expect(log.state().devices).toHaveLength(3);
  });

  test("out of reach for good in the middle: both end with a sentence", async () => {
    const { world, invite, join, log } = await createMember(11);
    const { invited, code } = await invite(away);
    const joined = join(code, away);
    for (let second = 0; second < 5; second++) await passSecond();
    world.offline = true;
    expect(await passTime(invited, joined)).toBeLessThan(120_000);
    for (const result of [await invited, await joined])
      expect(reasonOf(result)).toMatch(/cannot be reached.*Nothing was shared.*new code/);
    expect(log.state().devices).toHaveLength(2);
  });

  test("the last message is lost: the joiner finds in the log that it is a member", async () => {
    const { invite, join, log } = await createMember(12, withholding("done"));
    const { invited, code } = await invite(yes);
    const joined = join(code, yes);
    await passTime(invited, joined);
    expect([(await invited).ok, (await joined).ok]).toEqual([true, true]);
    expect(log.state().devices).toHaveLength(3);
  });

  test("the countersignature is lost: nobody is admitted, and the joiner is told to look", async () => {
    const { invite, join, unchanged } = await createMember(13, withholding("confirm"));
    const { invited, code } = await invite(yes);
    const joined = join(code, yes);
    await passTime(invited, joined);
    expect(reasonOf(await invited)).toMatch(/ten minutes.*Nothing was shared/);
    expect(reasonOf(await joined)).toMatch(/ten minutes|broke off/);
    await unchanged();
  });

  test("a mailbox that is full of garbage: both say so, and nobody waits", async () => {
    const { invite, join, unchanged, world } = await createMember(14);
    const { invited, code } = await invite(away);
    const secret = parsePairingCode(code)?.secret ?? new Uint8Array(0);
    const box = world.parts().transport.mailbox(relayAddress, pairingMailbox(secret));
    for (let i = 0; i < 32; i++) unwrap(await box.post(world.random(200), AbortSignal.timeout(1000)));
    const joined = join(code, yes);
    expect(await passTime(joined)).toBeLessThan(10_000);
    expect(reasonOf(await joined)).toMatch(/mailbox is full.*Nothing was shared.*new code/);
    await passTime(invited);
    expect(reasonOf(await invited)).toMatch(/ten minutes.*32 messages came that nobody with this code made.*Nothing was shared/);
    await unchanged();
  });
});

describe("a relay that answers strangely", () => {
  test("at once and with nothing: it is asked once a second, not all the time", async () => {
    let reads = 0;
    const empty: Change = ({ post }) => ({
      post,
      read: async () => {
        reads++;
        await new Promise((resolve) => setImmediate(resolve));
        return ok([]);
      },
    });
    const { join, world } = await createMember(15, empty);
    const joined = join(pairingCodeToText({ secret: world.random(16), relay: relayAddress }), yes);
    await passTime(joined);
    expect(reasonOf(await joined)).toMatch(/no device answers/);
    expect(reads).toBeGreaterThan(10);
    expect(reads).toBeLessThan(70);
  });

  test("with everything again and again: what has the number of an old message is none", async () => {
    const repeating: Change = ({ post, read }) => ({ post, read: (_after, signal) => read(0, signal) });
    const { invite, join } = await createMember(16, repeating);
    const slow: PairingDialogue = { confirm: () => new Promise((resolve) => setTimeout(() => resolve(true), 60_000)) };
    const { invited, code } = await invite(slow);
    const joined = join(code, slow);
    await passTime(invited, joined);
    expect([(await invited).ok, (await joined).ok]).toEqual([true, true]);
  });

  test("with more than any pairing holds, for ever: it is given up", async () => {
    let number = 0;
    const flooding: Change = ({ post }) => ({
      post,
      read: async () => {
        await new Promise((resolve) => setImmediate(resolve));
        return ok([{ number: ++number, body: new Uint8Array(80) }]);
      },
    });
    const { join, world, unchanged } = await createMember(17, flooding);
    const joined = join(pairingCodeToText({ secret: world.random(16), relay: relayAddress }), yes);
    expect(await passTime(joined)).toBeLessThan(60_000);
    expect(reasonOf(await joined)).toMatch(/full of messages that do not belong to it.*Nothing was shared.*new code/);
    await unchanged();
  });

  test("with what is no mailbox: it is named", async () => {
    const world = createWorld(18);
    for (const body of ["{}", '{"messages":7}', '{"messages":[null]}', '{"messages":[{"number":"1","body":"AA"}]}', "<html>"]) {
      const transport = createTransport(
        async (_url, init) => new Response(init.method === "POST" ? '{"number":1}' : body),
        () => {
          throw new Error("this world has no sockets");
        },
      );
      const code = pairingCodeToText({ secret: world.random(16), relay: relayAddress });
      const joined = joinByCode({ ...world.parts(), transport }, code, "Phone", yes);
      await passTime(joined);
      expect(reasonOf(await joined), body).toMatch(/not a mailbox|not JSON/);
    }
  });
});

describe("a flipped byte in any of the five messages", () => {
  test.each(["commit", "offer", "reveal", "confirm"] as const)(
    "%s: it is no message, both end with a sentence, and both stores are as before",
    async (step) => {
      for (const at of [0, 23, 24, 40, -17, -1]) {
        const { invite, join, unchanged } = await createMember(20, flipping(step, at));
        const { invited, code } = await invite(yes);
        const joined = join(code, yes);
        await passTime(invited, joined);
        for (const result of [await invited, await joined])
          expect(reasonOf(result), `${step} ${at}`).toMatch(/Nothing was shared|remove it/);
        await unchanged();
      }
    },
  );

  test("done: it is no message, and the joiner finds the truth in the log", async () => {
    const { invite, join } = await createMember(21, flipping("done", 30));
    const { invited, code } = await invite(yes);
    const joined = join(code, yes);
    await passTime(invited, joined);
    expect([(await invited).ok, (await joined).ok]).toEqual([true, true]);
  });
});

/** A relay that swallows messages of `step`. */
function withholding(step: string): Change {
  return ({ post, read }, stepOf) => ({
    read,
    post: async (message, signal) => (stepOf(message) === step ? ok(null) : post(message, signal)),
  });
}

/** A relay that flips a bit of each message of `step`, at byte `at`, from the end where that is negative. */
function flipping(step: string, at: number): Change {
  return ({ post, read }, stepOf) => ({
    read,
    post: (message, signal) => {
      if (stepOf(message) !== step) return post(message, signal);
      const flipped = message.slice();
      const place = at < 0 ? flipped.length + at : at;
      flipped[place] = (flipped[place] ?? 0) ^ 1;
      return post(flipped, signal);
    },
  });
}
