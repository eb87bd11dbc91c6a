/** Finding libraries by a key: only for whoever has it, only what its roster says, and nothing that strangers can blow up. */
import { describe, expect, test } from "vitest";
import { parseRecord, type RecordHeader } from "@albumen/core/wire/record.ts";
import { base64urlToBytes, bytesToBase64url } from "@albumen/core/primitives/bytes.ts";
import { sealRecord } from "@albumen/core/crypto/record-seal.ts";
import { sign } from "@albumen/core/crypto/sign.ts";
import type { RecordKey } from "@albumen/core/crypto/keys.ts";
import { recordHash } from "@albumen/core/crypto/verify.ts";
import type { LibraryId } from "@albumen/core/ids/ids.ts";
import { challengeLabel, findMessage, type RelayError } from "@albumen/core/wire/relay-api.ts";
import {
  answerChallenge,
  answerFind,
  createWriter,
  foundLibrary,
  writeAdd,
  writeContent,
  writeRemove,
  writeRotate,
  writeUnsignedAdd,
  type FoundedLibrary,
  type Writer,
} from "../arbitraries/records.ts";
import { json, refusalOf } from "./relay-client.ts";
import { createRelayWorld, type RelayWorld } from "./relay-world.ts";

async function createWorld(limits = {}): Promise<FoundedLibrary & { readonly world: RelayWorld; readonly token: string }> {
  const world = createRelayWorld(limits);
  const founded = foundLibrary(1);
  await world.append(founded.library, [founded.create]);
  return { world, ...founded, token: await world.token(founded.library, founded.founder) };
}

/** Another `create` record with the same statement, so with the words' signature, by the same founder: another library. */
function foundAgain({ create, founder }: FoundedLibrary): { readonly library: LibraryId; readonly create: Uint8Array } {
  const parts = parseRecord(create);
  if (!parts.ok) throw new Error(parts.error.reason);
  const header: RecordHeader = { ...parts.value.header, nonce: founder.random(24) };
  const content = { header, publicPart: parts.value.publicPart, plaintext: founder.random(16) };
  const again = sealRecord(content, founder.random(32) as RecordKey, founder.keys.signing);
  return { library: recordHash(again) as string as LibraryId, create: again };
}

describe("a find", () => {
  test("names the libraries of the words, of the founder and of an added device, with what the relay knows of them", async () => {
    const { world, library, founder, words, token } = await createWorld();
    const phone = createWriter(70);
    await world.append(library, [writeAdd(founder, library, phone), writeContent(founder, library)], token);
    const found = { library, records: 3, words: false, member: true };
    expect(await world.find(words)).toEqual([{ ...found, words: true }]);
    expect(await world.find(founder)).toEqual([found]);
    expect(await world.find(phone)).toEqual([found]);
  });

  test("of a key that nobody admitted is empty", async () => {
    const { world } = await createWorld();
    expect(await world.find(createWriter(71))).toEqual([]);
  });

  test("still names the library for a removed key, and says that it was removed", async () => {
    const { world, library, founder, token } = await createWorld();
    const lost = createWriter(72);
    await world.append(library, [writeAdd(founder, library, lost), writeRemove(founder, library, lost, [])], token);
    expect(await world.find(lost)).toEqual([{ library, records: 3, words: false, member: false }]);
  });

  test("does not name a library where a member only claims that the key was added", async () => {
    const { world, library, founder, token } = await createWorld();
    const victim = createWriter(73);
    const [claim] = await world.append(library, [writeUnsignedAdd(founder, library, victim)], token);
    expect(claim?.outcome).toBe("stored");
    expect(await world.find(victim)).toEqual([]);
  });

  test("does not name a library whose roster voids the add", async () => {
    const { world, library, founder, token } = await createWorld();
    const [thief, friend] = [createWriter(74), createWriter(75)];
    await world.append(library, [writeAdd(founder, library, thief)], token);
    const beforeTheft = writeContent(thief, library);
    const cutoff = thief.last === null ? [] : [thief.last];
    const late = writeAdd(thief, library, friend);
    await world.append(library, [beforeTheft, writeRemove(founder, library, thief, cutoff), late], token);
    expect(await world.find(friend)).toEqual([]);
    expect((await world.find(thief)).map(({ member }) => member)).toEqual([false]);
  });

  test("names every library of the key in the order in which it came into them, at most 100", async () => {
    const { world, ...first } = await createWorld({ membershipRate: { burst: 1000, perMinute: 1 } });
    const copies = Array.from({ length: 120 }, () => foundAgain(first));
    for (const { library, create } of copies) await world.append(library, [create]);
    const expected = [first.library, ...copies.slice(0, 99).map(({ library }) => library)];
    // A stolen founder's key can repeat the words' signature as often as it likes: the library that was there first stays first.
    expect((await world.find(first.words)).map(({ library }) => library)).toEqual(expected);
  });
});

test("strangers cannot crowd a key's library out by claiming it in theirs", async () => {
  const world = createRelayWorld();
  const victim = createWriter(76);
  for (let at = 0; at < 101; at++) {
    const { library, founder, create } = foundLibrary(1000 + at);
    await world.append(library, [create]);
    await world.append(library, [writeUnsignedAdd(founder, library, victim)], await world.token(library, founder));
  }
  const { library, founder, create } = foundLibrary(1);
  await world.append(library, [create, writeAdd(founder, library, victim)]);
  expect((await world.find(victim)).map((found) => found.library)).toEqual([library]);
});

test("evaluates no more rosters for one answer than have 2,048 membership records, and the first in any case", async () => {
  const rate = { burst: 1e6, perMinute: 1 };
  const world = createRelayWorld({ membershipRate: rate, libraryMembership: 3000 });
  const key = createWriter(77);
  const sizes = [1000, 1000, 100];
  const libraries = sizes.map((_, at) => foundLibrary(2000 + at));
  for (const [at, { library, founder, create }] of libraries.entries()) {
    const rotations = Array.from({ length: sizes[at] ?? 0 }, () => writeRotate(founder, library));
    await world.append(library, [create, writeAdd(founder, library, key), ...rotations]);
  }
  expect((await world.find(key)).map(({ library }) => library)).toEqual(libraries.slice(0, 2).map(({ library }) => library));
  const alone = createWriter(78);
  const { library, founder, create } = foundLibrary(2100);
  const records = [
    create,
    writeAdd(founder, library, alone),
    ...Array.from({ length: 1900 }, () => writeRotate(founder, library)),
  ];
  await world.append(library, records);
  await world.append(
    library,
    Array.from({ length: 200 }, () => writeRotate(founder, library)),
  );
  expect((await world.find(alone)).map((found) => found.library)).toEqual([library]);
});

describe("the challenge of a find", () => {
  async function send(world: RelayWorld, answer: unknown): Promise<Response> {
    return world.send("/v1/libraries", json(answer));
  }

  test("is good once", async () => {
    const { world, words } = await createWorld();
    const answer = answerFind(words, await world.findChallenge(words));
    expect((await send(world, answer)).status).toBe(200);
    expect(await refusalOf(await send(world, answer))).toEqual([401, "unauthorised"]);
  });

  test("is good for 60 s", async () => {
    const { world, words } = await createWorld();
    const late = answerFind(words, await world.findChallenge(words));
    world.clock.advance(60_000);
    expect(await refusalOf(await send(world, late))).toEqual([401, "unauthorised"]);
  });

  test("is for one key: nobody else's signature and nobody else's challenge will do", async () => {
    const { world, words } = await createWorld();
    const eve = createWriter(80);
    const challenge = await world.findChallenge(words);
    const forWords = (signer: Writer) => ({ ...answerFind(signer, challenge), device: words.keys.device });
    const bad = [
      forWords(eve),
      answerFind(eve, challenge),
      answerFind(words, await world.findChallenge(eve)),
      answerFind(words, await createRelayWorld({}, 4).findChallenge(words)),
      answerFind(words, { ...challenge, origin: "https://evil.test" }),
      answerFind(words, { ...challenge, expires: challenge.expires + 1 }),
    ];
    for (const answer of bad) expect(await refusalOf(await send(world, answer))).toEqual([401, "unauthorised"]);
    expect((await send(world, answerFind(words, challenge))).status).toBe(200);
  });

  test("never stands in for that of a session, nor the other way round", async () => {
    const { world, library, words } = await createWorld();
    const { device, signing } = words.keys;
    const [forSession, forFind] = [await world.challenge(library, words), await world.findChallenge(words)];
    const message = findMessage(device, base64urlToBytes(forFind.nonce) ?? new Uint8Array(0), forFind.expires, forFind.origin);
    const crossed = [
      answerFind(words, forSession),
      answerChallenge(words, library, forSession),
      { device, nonce: forFind.nonce, signature: bytesToBase64url(sign(challengeLabel, message, signing)) },
    ];
    for (const answer of crossed) expect((await send(world, answer)).status).toBe(401);
    const session = await world.send("/v1/sessions", json({ ...answerFind(words, forFind), library }));
    expect(await refusalOf(session)).toEqual([401, "unauthorised"]);
    const signedForSession = answerChallenge(words, library, forFind);
    expect((await world.send("/v1/sessions", json(signedForSession))).status).toBe(401);
    expect((await send(world, answerFind(words, forFind))).status).toBe(200);
    expect((await world.send("/v1/sessions", json(answerChallenge(words, library, forSession)))).status).toBe(200);
  });

  test.each([
    ["no JSON", "{"],
    ["no device", JSON.stringify({ nonce: "A".repeat(43), signature: "A".repeat(86) })],
    ["a short device", JSON.stringify({ device: "ab", nonce: "A".repeat(43), signature: "A".repeat(86) })],
    ["no nonce", JSON.stringify({ device: "a".repeat(64), signature: "A".repeat(86) })],
    ["a short signature", JSON.stringify({ device: "a".repeat(64), nonce: "A".repeat(43), signature: "AAAA" })],
    ["a signature that is a number", JSON.stringify({ device: "a".repeat(64), nonce: "A".repeat(43), signature: 5 })],
  ])("is not answered with %s", async (_name, body) => {
    const response = await createRelayWorld().send("/v1/libraries", { method: "POST", body });
    expect(await refusalOf(response)).toEqual([400, "bad-request"]);
  });

  test("is asked for without a library, not with a wrong one", async () => {
    const { world, words } = await createWorld();
    const response = await world.send("/v1/challenges", json({ library: null, device: words.keys.device }));
    expect(await refusalOf(response)).toEqual([400, "bad-request"]);
  });
});

describe("finds are rare", () => {
  test("30 at once from one address, then one in six seconds, whoever's key it is", async () => {
    const { world, words } = await createWorld();
    const find = async (device: Writer): Promise<Response> =>
      world.send("/v1/libraries", json(answerFind(device, await world.findChallenge(device))));
    for (let i = 0; i < 30; i++) expect((await find(i % 2 === 0 ? words : createWriter(i))).status).toBe(200);
    const refused = await find(words);
    expect(refused.headers.get("retry-after")).toBe("6");
    expect(((await refused.json()) as RelayError).error).toBe("too-many-requests");
    world.clock.advance(6000);
    expect((await find(words)).status).toBe(200);
  });
});
