/** Who gets in: challenges, sessions, what removal changes, and every way to be refused. */
import { describe, expect, test } from "vitest";
import type { Session } from "@albumen/core/wire/relay-api.ts";
import { answerChallenge, createWriter, foundLibrary, writeAdd, writeContent, writeRemove } from "../arbitraries/records.ts";
import { bearer, json, refusalOf } from "./relay-client.ts";
import { createRelayWorld } from "./relay-world.ts";

const founded = foundLibrary(1);

async function createWorld(limits = {}) {
  const world = createRelayWorld(limits);
  const fresh = foundLibrary(1);
  await world.append(fresh.library, [fresh.create]);
  return { world, ...fresh };
}

function swapLetter(text: string, at: number): string {
  return `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`;
}

describe("a session", () => {
  test("opens for the founder and for the words, and reads the log", async () => {
    const { world, library, founder, words, create } = await createWorld();
    for (const device of [founder, words]) {
      const page = await world.page(library, 0, await world.token(library, device));
      expect(page.records).toEqual([create]);
    }
  });

  test("is refused to a device that the roster never admitted", async () => {
    const { world, library } = await createWorld();
    expect(await refusalOf(await world.openSession(library, createWriter(50)))).toEqual([403, "forbidden"]);
  });

  test("is refused for a library that is not held", async () => {
    const { world, founder } = await createWorld();
    expect(await refusalOf(await world.openSession(foundLibrary(2).library, founder))).toEqual([404, "not-found"]);
  });

  test("takes each challenge once", async () => {
    const { world, library, founder } = await createWorld();
    const answer = answerChallenge(founder, library, await world.challenge(library, founder));
    expect((await world.send("/v1/sessions", json(answer))).status).toBe(200);
    expect(await refusalOf(await world.send("/v1/sessions", json(answer)))).toEqual([401, "unauthorised"]);
  });

  test("takes no challenge after 60 s, and one just before", async () => {
    const { world, library, founder } = await createWorld();
    const late = answerChallenge(founder, library, await world.challenge(library, founder));
    world.clock.advance(1);
    const early = answerChallenge(founder, library, await world.challenge(library, founder));
    world.clock.advance(59_999);
    expect((await world.send("/v1/sessions", json(late))).status).toBe(401);
    expect((await world.send("/v1/sessions", json(early))).status).toBe(200);
  });

  test("takes no challenge of another device, another library or another relay, and none with a changed bit", async () => {
    const { world, library, founder, words } = await createWorld();
    const other = foundLibrary(2);
    await world.append(other.library, [other.create]);
    const challenge = await world.challenge(library, founder);
    const foreign = await createRelayWorld({}, 4).challenge(library, founder);
    const good = answerChallenge(founder, library, challenge);
    const bad = [
      answerChallenge(words, library, challenge),
      answerChallenge(founder, other.library, challenge),
      answerChallenge(founder, library, foreign),
      answerChallenge(founder, library, { ...challenge, origin: "https://evil.test" }),
      answerChallenge(founder, library, { ...challenge, expires: challenge.expires + 1 }),
      { ...good, signature: swapLetter(good.signature, 5) },
      ...[5, 15, 30].map((at) => answerChallenge(founder, library, { ...challenge, nonce: swapLetter(challenge.nonce, at) })),
    ];
    for (const answer of bad) expect((await world.send("/v1/sessions", json(answer))).status).toBe(401);
    expect((await world.send("/v1/sessions", json(good))).status).toBe(200);
  });

  test("ends after an hour", async () => {
    const { world, library, founder } = await createWorld();
    const token = await world.token(library, founder);
    world.clock.advance(3_599_999);
    expect((await world.page(library, 0, token)).last).toBe(1);
    world.clock.advance(1);
    const response = await world.send(`/v1/libraries/${library}/records`, { headers: bearer(token) });
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    expect(await refusalOf(response)).toEqual([401, "unauthorised"]);
  });

  test("is for its library only", async () => {
    const { world, library, founder } = await createWorld();
    const other = foundLibrary(2);
    await world.append(other.library, [other.create]);
    const token = await world.token(library, founder);
    const response = await world.send(`/v1/libraries/${other.library}/records`, { headers: bearer(token) });
    expect(await refusalOf(response)).toEqual([401, "unauthorised"]);
  });

  test("gives way to the device's newer ones", async () => {
    const { world, library, founder, words } = await createWorld({ sessionsPerDevice: 2 });
    const kept = await world.token(library, words);
    const tokens: string[] = [];
    for (let i = 0; i < 3; i++) tokens.push(await world.token(library, founder));
    const statuses: number[] = [];
    for (const token of [...tokens, kept]) {
      statuses.push((await world.send(`/v1/libraries/${library}/records`, { headers: bearer(token) })).status);
    }
    expect(statuses).toEqual([401, 200, 200, 200]);
  });

  test.each(["", "Bearer", "Bearer  x", "Basic abc", "Bearer AAAA", `Bearer ${"A".repeat(43)}`, `Bearer ${"!".repeat(43)}`])(
    "does not come from the header %j",
    async (authorization) => {
      const { world, library } = await createWorld();
      const response = await world.send(`/v1/libraries/${library}/records`, { headers: { authorization } });
      expect(await refusalOf(response)).toEqual([401, "unauthorised"]);
    },
  );

  test.each([
    ["no JSON", "{"],
    ["an array", "[]"],
    ["null", "null"],
    ["a short id", JSON.stringify({ library: "ab", device: founded.founder.keys.device })],
    ["upper case", JSON.stringify({ library: founded.library.toUpperCase(), device: founded.founder.keys.device })],
    ["a number", JSON.stringify({ library: 7, device: founded.founder.keys.device })],
    ["bytes that are no text", new Uint8Array([0xff, 0xfe])],
  ])("is not asked for with %s", async (_name, body) => {
    const world = createRelayWorld();
    for (const path of ["/v1/challenges", "/v1/sessions"]) {
      expect(await refusalOf(await world.send(path, { method: "POST", body }))).toEqual([400, "bad-request"]);
    }
  });

  test("is not asked for with a message of 5 KB", async () => {
    const response = await createRelayWorld().send("/v1/challenges", { method: "POST", body: " ".repeat(5000) });
    expect(await refusalOf(response)).toEqual([413, "too-large"]);
  });
});

describe("a removed key", () => {
  async function createRemoved() {
    const made = await createWorld();
    const { world, library, founder } = made;
    const lost = createWriter(60);
    const add = writeAdd(founder, library, lost);
    await world.append(library, [add]);
    const token = await world.token(library, lost);
    const known = writeContent(lost, library);
    await world.append(library, [known], token);
    const cutoff = lost.last === null ? [] : [lost.last];
    await world.append(library, [writeRemove(founder, library, lost, cutoff)], await world.token(library, founder));
    return { ...made, lost, token };
  }

  test("reads the log, also with a new session", async () => {
    const { world, library, lost, token } = await createRemoved();
    expect((await world.page(library, 0, token)).last).toBe(4);
    expect((await world.page(library, 0, await world.token(library, lost))).last).toBe(4);
  });

  test("continues its own chain by 64 records, set aside, and no further", async () => {
    const { world, library, lost, token } = await createRemoved();
    const late = Array.from({ length: 65 }, () => writeContent(lost, library, 10));
    const outcomes = await world.append(library, late, token);
    expect(outcomes.slice(0, 64).every(({ outcome }) => outcome === "stored")).toBe(true);
    expect(outcomes[64]?.reason).toContain("64");
  });

  test("begins no chain elsewhere and brings nobody else's records", async () => {
    const { world, library, founder, lost, token } = await createRemoved();
    const skipped = writeContent(lost, library);
    const afterGap = writeContent(lost, library);
    const others = writeContent(founder, library);
    const [gap, other] = await world.append(library, [afterGap, others], token);
    expect([gap?.outcome, other?.outcome]).toEqual(["refused", "refused"]);
    const [first, second] = await world.append(library, [skipped, afterGap], token);
    expect([first?.outcome, second?.outcome]).toEqual(["stored", "stored"]);
  });

  test("says nothing about membership any more", async () => {
    const { world, library, founder, lost, token } = await createRemoved();
    const [add, remove] = await world.append(
      library,
      [writeAdd(lost, library, createWriter(61)), writeRemove(lost, library, founder, [])],
      token,
    );
    expect([add?.reason, remove?.reason]).toEqual(Array(2).fill("the roster would not count it"));
  });

  test("has no part in blobs", async () => {
    const { world, library, token } = await createRemoved();
    for (const method of ["GET", "PUT"]) {
      const response = await world.send(`/v1/libraries/${library}/blobs/${"0".repeat(64)}`, { method, headers: bearer(token) });
      expect(await refusalOf(response)).toEqual([403, "forbidden"]);
    }
  });

  test("is still heard through members, who bring what it wrote", async () => {
    const { world, library, founder, lost } = await createRemoved();
    const late = Array.from({ length: 70 }, () => writeContent(lost, library, 10));
    const outcomes = await world.append(library, late, await world.token(library, founder));
    expect(outcomes.every(({ outcome }) => outcome === "stored")).toBe(true);
  });
});

test("a session's answer holds a token of 32 bytes and its end", async () => {
  const { world, library, founder } = await createWorld();
  const session = (await (await world.openSession(library, founder)).json()) as Session;
  expect(session.token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(session.expires).toBe(world.clock.now() + 3_600_000);
});
