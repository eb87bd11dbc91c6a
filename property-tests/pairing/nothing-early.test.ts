/**
 * No key leaves before both persons confirmed, whatever one of them did already, also with `--yes`: everything that both
 * devices sent until then, the mailbox opened with the code, is searched for the library's secret and the epochs' keys.
 */
import { describe, expect, test } from "vitest";
import { createConfirm } from "@albumen/client/cli/pairing.ts";
import { createTerminal } from "@albumen/client/cli/terminal.ts";
import type { PairingDialogue } from "@albumen/client/log/api.ts";
import { inviteDevice } from "@albumen/client/log/invite.ts";
import { foundLog, joinLog } from "@albumen/client/log/open.ts";
import { linkToRelay } from "@albumen/client/log/relay-link.ts";
import { createMemoryStore } from "@albumen/client/storage/memory/memory.ts";
import type { Fetch } from "@albumen/client/transport/http.ts";
import { createTransport } from "@albumen/client/transport/transport.ts";
import { parsePairingCode } from "@albumen/core/membership/pairing-code.ts";
import { encodePairingMessage, openPairingMessage } from "@albumen/core/membership/pairing-message.ts";
import type { Random } from "@albumen/core/ports/random.ts";
import { bytesToBase64url, bytesToHex } from "@albumen/core/primitives/bytes.ts";
import { PassThrough } from "node:stream";
import { createWorld, relayAddress, unwrap } from "../engine/bench-world.ts";

/** A request as it left a device. */
interface Sent {
  readonly url: string;
  readonly body: Uint8Array;
}

/** A promise and how to keep it. */
function createPromise<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((keep) => {
    resolve = keep;
  });
  return { promise, resolve };
}

/** A person whose answer the test gives. */
function createPerson(): PairingDialogue & { readonly asked: Promise<void>; readonly say: (same: boolean) => void } {
  const answer = createPromise<boolean>();
  const asked = createPromise<void>();
  const confirm = (): Promise<boolean> => {
    asked.resolve();
    return answer.promise;
  };
  return { confirm, asked: asked.promise, say: answer.resolve };
}

/** What the CLI asks with `--yes`: nothing. */
function createYes(): PairingDialogue["confirm"] {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  return createConfirm(
    createTerminal(streams, false, new AbortController().signal, () => 0),
    true,
  );
}

async function startPairing(seed: number, laptop: PairingDialogue["confirm"], phone: PairingDialogue["confirm"]) {
  const world = createWorld(seed);
  const sent: Sent[] = [];
  const recording: Fetch = async (url, init) => {
    const request = new Request(url, init);
    sent.push({ url, body: new Uint8Array(await request.clone().arrayBuffer()) });
    return world.fetch(url, init);
  };
  const transport = createTransport(recording, () => {
    throw new Error("this world has no sockets");
  });
  const parts = () => ({ ...world.parts(createMemoryStore()), transport });
  const { log } = unwrap(await foundLog(parts(), { relay: relayAddress, name: "Laptop" }));
  const { sync } = linkToRelay(log);
  unwrap(await sync());
  const code = createPromise<string>();
  const invited = inviteDevice(log, { confirm: laptop, code: code.resolve }, sync);
  const joined = joinLog(parts(), await code.promise, "Phone", { confirm: phone });
  const { secret } = parsePairingCode(await code.promise) ?? { secret: new Uint8Array(16) };
  /** Each key in every form in which it could be sent. */
  const keys = [log.membership().secret ?? new Uint8Array(0), ...log.membership().keys.values()];
  return { log, sent, invited, joined, keys, secret };
}

/** Everything that was said: bodies and addresses as they are, and what the mailbox's messages say. */
function everything(sent: readonly Sent[], secret: Uint8Array): string {
  return sent
    .flatMap(({ url, body }) => {
      const message = url.includes("/mailboxes/") ? openPairingMessage(secret, body) : null;
      const opened = message === null ? [] : [bytesToHex(encodePairingMessage(message))];
      return [url, bytesToHex(body), new TextDecoder().decode(body), ...opened];
    })
    .join("\n");
}

function expectNoKeys(sent: readonly Sent[], secret: Uint8Array, keys: readonly Uint8Array[]): void {
  const said = everything(sent, secret);
  for (const key of keys) {
    expect(key).toHaveLength(32);
    expect(said.includes(bytesToHex(key))).toBe(false);
    expect(said.includes(bytesToBase64url(key))).toBe(false);
  }
}

/** Requests that carry records. */
const records = (sent: readonly Sent[]): number =>
  sent.filter(({ url, body }) => /\/records/.test(url) && body.length > 0).length;

/** Lets the two devices do whatever they can do without a person. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300));

describe("no key and no record leaves", () => {
  test.each([
    ["nobody has", false, false, false],
    ["the member's person alone has", true, false, false],
    ["the joiner's person alone has", false, true, false],
    ["the member has, by --yes,", true, false, true],
    ["the joiner has, by --yes,", false, true, true],
  ] as const)("while %s confirmed", async (_, here, there, yes) => {
    const [laptop, phone] = [createPerson(), createPerson()];
    const automatic = createYes();
    const pairing = await startPairing(
      Number(here) + 2 * Number(there) + 30,
      here && yes ? automatic : laptop.confirm,
      there && yes ? automatic : phone.confirm,
    );
    const { log, sent, keys, secret } = pairing;
    const before = records(sent);
    await Promise.all([...(here && yes ? [] : [laptop.asked]), ...(there && yes ? [] : [phone.asked])]);
    if (here) laptop.say(true);
    if (there) phone.say(true);
    await settle();
    expect(records(sent)).toBe(before);
    expect(log.state().devices).toHaveLength(2);
    expectNoKeys(sent, secret, keys);
    expect(sent.some(({ body }) => openPairingMessage(secret, body)?.step === "reveal")).toBe(true);
    // Both confirmed: now a record goes out, and even it shows no key.
    laptop.say(true);
    phone.say(true);
    expect([(await pairing.invited).ok, (await pairing.joined).ok]).toEqual([true, true]);
    expect(records(sent)).toBeGreaterThan(before);
    expectNoKeys(sent, secret, [...keys, ...log.membership().keys.values()]);
  });
});

test("the search finds what it looks for", () => {
  const random: Random = (length) => new Uint8Array(length).fill(7);
  const key = random(32);
  const said = (text: string | Uint8Array): Sent[] => [
    { url: "http://relay.test/v1", body: typeof text === "string" ? new TextEncoder().encode(text) : text },
  ];
  for (const leak of [key, `{"key":"${bytesToBase64url(key)}"}`, bytesToHex(key)])
    expect(() => expectNoKeys(said(leak), random(16), [key])).toThrow();
  expectNoKeys(said("nothing"), random(16), [key]);
});
