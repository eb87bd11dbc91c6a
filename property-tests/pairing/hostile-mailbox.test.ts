/**
 * A hostile mailbox between two honest devices, on virtual time: they pair and their screens agree, or each ends with a sentence
 * that says what to do, within the ten minutes; nobody is admitted whom both persons did not confirm.
 */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PairingDialogue, SyncError } from "@albumen/client/log/api.ts";
import { inviteDevice } from "@albumen/client/log/invite.ts";
import type { EncryptedLog } from "@albumen/client/log/log.ts";
import { foundLog, joinLog } from "@albumen/client/log/open.ts";
import { linkToRelay, type RelayLink } from "@albumen/client/log/relay-link.ts";
import { createMemoryStore } from "@albumen/client/storage/memory/memory.ts";
import { parsePairingCode } from "@albumen/core/membership/pairing-code.ts";
import { sealPairingMessage } from "@albumen/core/membership/pairing-message.ts";
import { pairingStringToText } from "@albumen/core/membership/pairing-string.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import { createWorld, relayAddress, unwrap } from "../engine/bench-world.ts";
import { createHostileMailbox, type Hostility } from "./hostile-mailbox.ts";
import { passTime, stopTime } from "./virtual-time.ts";

beforeEach(stopTime);
afterEach(() => void vi.useRealTimers());

/** A person who looks at the screen for three seconds, then says what `decide` says of it. */
function person(decide: (shown: string) => boolean): Pick<PairingDialogue, "confirm"> & { readonly shown: string[] } {
  const shown: string[] = [];
  const confirm: PairingDialogue["confirm"] = async (string) => {
    shown.push(pairingStringToText(string));
    await new Promise((resolve) => setTimeout(resolve, 3000));
    return decide(pairingStringToText(string));
  };
  return { confirm, shown };
}

interface Attempt {
  readonly invited: Result<{ readonly string: string }, SyncError>;
  readonly joined: Result<{ readonly string: string }, { readonly reason: string }>;
  readonly milliseconds: number;
  /** What the screens of both showed. */
  readonly shown: readonly (readonly string[])[];
  readonly devices: number;
  /** Keys in the joiner's store afterwards. */
  readonly stored: number;
}

/** One pairing of two devices with honest persons. */
async function attempt(seed: number, hostility: Omit<Hostility, "forge">, hasCode = false): Promise<Attempt> {
  const world = createWorld(seed);
  let code = "";
  const forge = (): Uint8Array => {
    const secret = parsePairingCode(code)?.secret ?? new Uint8Array(16);
    const reveal = { device: "ab".repeat(32) as never, seal: world.random(32), nonce: world.random(16), name: "Evil" };
    const offer = { library: "cd".repeat(32) as never, member: "ef".repeat(32) as never, nonce: world.random(16), parents: [] };
    const messages = [
      { step: "commit", commitment: world.random(32) },
      { step: "offer", offer },
      { step: "reveal", reveal },
      { step: "confirm", countersignature: world.random(64) },
      { step: "done" },
      { step: "unknown" },
    ] as const;
    const message = messages[(world.random(1)[0] ?? 0) % messages.length] ?? messages[0];
    return sealPairingMessage(secret, message, world.random(24));
  };
  const mailbox = createHostileMailbox(world.random, { ...hostility, ...(hasCode && { forge }) });
  const parts = (store = createMemoryStore()) => {
    const honest = world.parts(store);
    return { ...honest, transport: { ...honest.transport, mailbox: () => mailbox.open() } };
  };
  const { log, link } = await foundMember(parts());
  const before = log.state().devices.length;
  const store = createMemoryStore();
  // Both sit in one room: each sees the other's screen.
  const [laptop, phone] = [person(agrees), person(agrees)];
  function agrees(mine: string): boolean {
    return [...laptop.shown, ...phone.shown].every((shown) => shown === mine);
  }
  const codes: string[] = [];
  const invited = inviteDevice(log, { confirm: laptop.confirm, code: (text) => void codes.push(text) }, link.sync);
  while (codes.length === 0) await vi.advanceTimersByTimeAsync(10);
  [code = ""] = codes;
  const joined = joinLog(parts(store), code, "Phone", phone);
  const milliseconds = await passTime(invited, joined);
  const [here, there] = [await invited, await joined];
  return {
    invited: here,
    joined: there.ok ? ok({ string: there.value.string }) : err(there.error),
    milliseconds,
    shown: [laptop.shown, phone.shown],
    devices: log.state().devices.length - before,
    stored: (await store.keys("meta")).length,
  };
}

async function foundMember(parts: Parameters<typeof foundLog>[0]): Promise<{ log: EncryptedLog; link: RelayLink }> {
  const { log } = unwrap(await foundLog(parts, { relay: relayAddress, name: "Laptop" }));
  return { log, link: linkToRelay(log) };
}

function check({ invited, joined, milliseconds, shown, devices, stored }: Attempt, label: string): void {
  expect(milliseconds, label).toBeLessThan(650_000);
  for (const result of [invited, joined]) {
    if (result.ok) continue;
    expect(result.error.reason, label).toMatch(/Nothing was shared|remove it/);
    expect(result.error.reason, label).toMatch(/new code|pair again/);
  }
  if (joined.ok) expect(invited.ok, label).toBe(true);
  if (joined.ok && invited.ok) expect(joined.value.string, label).toBe(invited.value.string);
  if (devices > 0) expect(new Set(shown.flat()).size, label).toBe(1);
  expect(stored > 0, label).toBe(joined.ok);
}

test("without hostility they pair in seconds", async () => {
  const honest = await attempt(1, { badness: 0 });
  check(honest, "honest");
  expect(honest).toMatchObject({ invited: { ok: true }, joined: { ok: true }, devices: 1 });
  expect(honest.milliseconds).toBeLessThan(10_000);
});

test.each([20, 60, 140, 256])("a relay that is hostile %i times of 256", async (badness) => {
  let paired = 0;
  for (let seed = 1; seed <= 25; seed++) {
    const result = await attempt(1000 * badness + seed, { badness });
    check(result, `badness ${badness}, seed ${seed}`);
    if (result.joined.ok) paired++;
  }
  if (badness === 20) expect(paired).toBeGreaterThan(5);
  if (badness === 256) expect(paired).toBe(0);
});

test("a hostile relay that has the code too", async () => {
  for (let seed = 1; seed <= 40; seed++) check(await attempt(7000 + seed, { badness: 60 }, true), `seed ${seed}`);
});
