/**
 * A member that turns against the others has every key, so what it writes is authentic and decrypts. Whatever it puts into a
 * record, the others go on: the record is set aside alone with its reason, or waits, or counts for what it is; they edit, restart,
 * open their documents and agree.
 */
import type { Engine } from "@albumen/client/engine/api.ts";
import { openLog } from "@albumen/client/log/open.ts";
import { createMemoryStore } from "@albumen/client/storage/memory/memory.ts";
import { createNonces } from "@albumen/core/crypto/aead.ts";
import { recordKey } from "@albumen/core/crypto/keys.ts";
import { packContent } from "@albumen/core/crypto/packing.ts";
import { sealRecord } from "@albumen/core/crypto/record-seal.ts";
import { sign } from "@albumen/core/crypto/sign.ts";
import { recordHash } from "@albumen/core/crypto/verify.ts";
import { actorPrefix, authorChange, createActorCopy } from "@albumen/core/documents/author.ts";
import { contentDictionary, encodeContent, type EventDraft } from "@albumen/core/documents/content.ts";
import { encodeFact } from "@albumen/core/facts/fact-codec.ts";
import { factId } from "@albumen/core/facts/fact-id.ts";
import type { DeviceId, PhotoId, RecordHash } from "@albumen/core/ids/ids.ts";
import { encodeCbor } from "@albumen/core/primitives/cbor.ts";
import { writableEpoch } from "@albumen/core/membership/membership.ts";
import type { ChainPoint } from "@albumen/core/roster/statement.ts";
import { describe, expect, test } from "vitest";
import { craftChange, renumbered } from "../arbitraries/crafted-changes.ts";
import { createWorld, foundLibrary, joinDevice, madeUpPhoto, reopen, relayAddress, unwrap, type World } from "./bench-world.ts";

/** The thief's pen: seals any content it likes. */
interface Thief {
  readonly device: DeviceId;
  readonly last: () => ChainPoint | null;
  /** Sends a record with this packed content after `after`; resolves to its hash. */
  readonly send: (packed: Uint8Array, after?: ChainPoint | null) => Promise<RecordHash>;
}

interface Scene {
  readonly world: World;
  readonly laptop: Engine;
  readonly phone: Engine;
  readonly store: ReturnType<typeof createMemoryStore>;
  readonly thief: Thief;
}

async function begin(seed: number): Promise<Scene> {
  const world = createWorld(seed);
  const [store, thiefStore] = [createMemoryStore(), createMemoryStore()];
  const laptop = await foundLibrary(world, "Laptop", store);
  unwrap(await laptop.importFiles([madeUpPhoto(1, 1), madeUpPhoto(2, 2)]));
  const phone = await joinDevice(world, laptop, "Phone");
  await (await joinDevice(world, laptop, "Thief", thiefStore)).close();
  for (const engine of [laptop, phone, laptop]) unwrap(await engine.sync());
  const log = await openLog(world.parts(thiefStore));
  if (log === null) throw new Error("the thief holds no library");
  const { keys, identity } = log;
  const nonces = createNonces(world.random);
  const client = world.parts().transport.connect({
    relay: relayAddress,
    library: identity.library,
    device: keys.device,
    signChallenge: (message) => sign("albumen challenge 1", message, keys.signing),
  });
  const epoch = writableEpoch(log.membership());
  const epochKey = epoch === null ? undefined : log.membership().keys.get(epoch);
  if (epoch === null || epochKey === undefined) throw new Error("the thief can write under no epoch");
  let last: ChainPoint | null = null;
  const send: Thief["send"] = async (packed, after = last) => {
    const [sequence, previous] = [(after?.sequence ?? 0) + 1, after?.hash ?? null];
    const header = {
      kind: "content",
      library: identity.library,
      epoch,
      device: keys.device,
      sequence,
      previous,
      nonce: nonces(),
    } as const;
    const key = recordKey(epochKey, identity.library, epoch, keys.device);
    const record = sealRecord({ header, publicPart: null, plaintext: packed }, key, keys.signing);
    const [outcome] = unwrap(await client.append([record]));
    if (outcome?.outcome === "refused") throw new Error(outcome.reason ?? "");
    last = { sequence, hash: recordHash(record) };
    return last.hash;
  };
  return { world, laptop, phone, store, thief: { device: keys.device, send, last: () => last } };
}

const caption = (engine: Engine, text: string): ReturnType<Engine["edit"]> =>
  engine.edit({ kind: "caption", photo: engine.state.view.photos[0]?.id as PhotoId, text });

const pack = (...events: readonly EventDraft[]): Uint8Array => packContent(encodeContent(events, []), contentDictionary);

/** A fact by the thief as its next record would state it, as a change by `actor` with or without another first entry. */
function changeBy(thief: Thief, actor: string, text: string): Uint8Array {
  const value = encodeFact({ kind: "caption", photos: ["ab".repeat(16) as PhotoId], text });
  const key = factId(thief.device, thief.last()?.hash ?? null, 0, value);
  return authorChange(createActorCopy(actor), [{ key, value }]).change;
}

const factEvent = (change: Uint8Array, height = 3): EventDraft => ({
  what: "caption",
  at: 0,
  height,
  body: { kind: "facts", change },
});

/** The others go on as if nothing had been: they edit, agree, restart, and their documents open. */
async function expectUnharmed({ world, laptop, phone, store }: Scene): Promise<void> {
  unwrap(await caption(laptop, "one"));
  for (const engine of [laptop, phone]) unwrap(await engine.sync());
  unwrap(await caption(phone, "two"));
  for (const engine of [phone, laptop]) unwrap(await engine.sync());
  expect(laptop.state.view.photos[0]?.caption).toBe("two");
  expect(phone.state.view.digest).toEqual(laptop.state.view.digest);
  expect((await reopen(world, store)).state.view.digest).toEqual(laptop.state.view.digest);
  const [mine, theirs] = [await laptop.factDocuments(), await phone.factDocuments()];
  for (const number of mine.numbers())
    expect([...theirs.open(number).heads()].sort()).toEqual([...mine.open(number).heads()].sort());
}

describe("a member that turns against the others", () => {
  const actorOf = ({ device }: Thief, start = "01".repeat(8)): string => actorPrefix(device) + start;

  test.each([
    ["72 bytes that claim a million operations", () => craftChange([[0x42, "c0843d01"]]), "operations"],
    [
      "operations numbered from 2^32 - 1",
      (thief: Thief) => renumbered(changeBy(thief, actorOf(thief), "x"), 2 ** 32 - 1),
      "numbered",
    ],
    ["operations that do not follow", (thief: Thief) => renumbered(changeBy(thief, actorOf(thief), "x"), 900), null],
    ["another device's actor", (thief: Thief) => changeBy(thief, "ee".repeat(24), "x"), "actor"],
    ["rubbish", () => new Uint8Array(80).fill(7), "change"],
  ] as const)("%s", async (_, craft, reason) => {
    const scene = await begin(301);
    const hash = await scene.thief.send(pack(factEvent(craft(scene.thief))));
    unwrap(await scene.laptop.sync());
    const quarantined = scene.laptop.state.quarantine.find(({ id }) => id === hash);
    if (reason === null) expect(quarantined).toBeUndefined();
    else expect(quarantined).toMatchObject({ device: scene.thief.device, reason: expect.stringContaining(reason) });
    await expectUnharmed(scene);
  });

  test("content that inflates without end, is badly padded, or is no content at all", async () => {
    const scene = await begin(302);
    const bomb = packContent(new Uint8Array(40_000_000));
    const padded = new Uint8Array(600);
    padded.set(pack());
    const hashes = [
      await scene.thief.send(bomb),
      await scene.thief.send(padded),
      await scene.thief.send(packContent(new Uint8Array([1]))),
    ];
    unwrap(await scene.laptop.sync());
    const reasons = hashes.map((hash) => scene.laptop.state.quarantine.find(({ id }) => id === hash)?.reason);
    expect(reasons).toEqual([expect.stringContaining("inflates"), expect.stringContaining("padded"), expect.any(String)]);
    await expectUnharmed(scene);
  });

  test("a height of 2^53 - 1 waits, is named, and raises nobody's height", async () => {
    const scene = await begin(303);
    const actor = actorOf(scene.thief);
    const hash = await scene.thief.send(pack(factEvent(changeBy(scene.thief, actor, "far"), Number.MAX_SAFE_INTEGER)));
    unwrap(await scene.laptop.sync());
    const entry = scene.laptop.state.view.history.find(({ record }) => record === hash);
    expect(entry?.apart).toContain("Waits");
    await expectUnharmed(scene);
    expect(scene.laptop.state.view.height).toBeLessThan(20);
  });

  test("two changes with one actor and sequence: both are heard, and no document is stuck", async () => {
    const scene = await begin(304);
    const actor = actorOf(scene.thief);
    const first = await scene.thief.send(pack(factEvent(changeBy(scene.thief, actor, "left"))));
    const second = await scene.thief.send(pack(factEvent(changeBy(scene.thief, actor, "right"), 4)));
    await expectUnharmed(scene);
    const heard = scene.laptop.state.view.history.map(({ record }) => record);
    expect(heard).toEqual(expect.arrayContaining([first, second]));
    expect(scene.laptop.state.quarantine).toEqual([]);
  });

  test("a fork of its own: both branches count, and it is named", async () => {
    const scene = await begin(305);
    const { thief } = scene;
    const [left, right] = [changeBy(thief, actorOf(thief), "left"), changeBy(thief, actorOf(thief, "02".repeat(8)), "right")];
    const hashes = [await thief.send(pack(factEvent(left)), null), await thief.send(pack(factEvent(right)), null)];
    await expectUnharmed(scene);
    expect(scene.laptop.state.view.history.map(({ record }) => record)).toEqual(expect.arrayContaining(hashes));
    const fork = scene.laptop.state.evidence.find(({ kind }) => kind === "fork");
    expect(fork).toMatchObject({ device: thief.device, records: [...hashes].sort() });
    expect(fork?.text).toContain("Thief said 2 different things as its 1st record");
  });

  test("an event of a newer kind waits for newer software, and is passed on", async () => {
    const scene = await begin(306);
    const newer = packContent(encodeCbor([1, [["dance", 0, 3, [9, "moon"]]], []]), contentDictionary);
    const hash = await scene.thief.send(newer);
    unwrap(await scene.laptop.sync());
    expect(scene.laptop.state.quarantine.find(({ id }) => id === hash)?.reason).toContain("newer version");
    scene.world.loseRelay();
    for (const engine of [scene.laptop, scene.phone]) unwrap(await engine.sync());
    expect(
      scene.world
        .brought()
        .map(recordHash)
        .filter((one) => one === hash).length,
    ).toBeGreaterThan(1);
    await expectUnharmed(scene);
  });
});
