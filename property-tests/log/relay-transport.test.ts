/** The client's end of the relay protocol over the real relay: finding libraries, and how records are brought. */
import { describe, expect, test } from "vitest";
import type { KeyHolder, RelayClient, RelayTransport } from "@albumen/client/log/relay-port.ts";
import type { Fetch } from "@albumen/client/transport/http.ts";
import { createTransport } from "@albumen/client/transport/transport.ts";
import { sign } from "@albumen/core/crypto/sign.ts";
import type { LibraryId } from "@albumen/core/ids/ids.ts";
import type { Result } from "@albumen/core/primitives/result.ts";
import { createWriter, foundLibrary, writeAdd, writeContent, writeRemove, type Writer } from "../arbitraries/records.ts";
import { createRelayWorld } from "../contracts/relay-world.ts";

const relay = "https://relay.test";

function createWorld() {
  const world = createRelayWorld();
  const asked: string[] = [];
  const fetch: Fetch = async (url, init) => {
    const { pathname, search } = new URL(url);
    asked.push(`${init.method ?? "GET"} ${pathname}`);
    return world.send(`${pathname}${search}`, init);
  };
  const connect = (device: Writer, library: LibraryId): RelayClient =>
    transportOver(fetch).connect({
      relay,
      library,
      device: device.keys.device,
      signChallenge: (message) => sign("albumen challenge 1", message, device.keys.signing),
    });
  return { ...world, fetch, asked, connect, ...foundLibrary(1) };
}

function transportOver(fetch: Fetch): RelayTransport {
  return createTransport(fetch, () => {
    throw new Error("these tests open no sockets");
  });
}

function holderOf({ keys }: Writer, address = relay): KeyHolder {
  return {
    relay: address,
    device: keys.device,
    signFind: (message) => sign("albumen find 1", message, keys.signing),
  };
}

function unwrap<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

describe("finding libraries", () => {
  test("the words find their library and a stranger finds none", async () => {
    const { fetch, library, create, words, append } = createWorld();
    await append(library, [create]);
    const { findLibraries } = transportOver(fetch);
    expect(unwrap(await findLibraries(holderOf(words)))).toEqual([{ library, records: 1, words: true, member: true }]);
    expect(unwrap(await findLibraries(holderOf(createWriter(9))))).toEqual([]);
  });

  test("signs the address it reached, so a relay in between gets nothing for another one", async () => {
    const { fetch, library, create, words, append } = createWorld();
    await append(library, [create]);
    const passedOn: Fetch = (url, init) => fetch(url.replace("https://between.test", relay), init);
    const found = await transportOver(passedOn).findLibraries(holderOf(words, "https://between.test"));
    expect(!found.ok && found.error.reason).toContain(`not for the address ${relay}`);
  });

  const found = { library: "a".repeat(64), records: 3, words: true, member: false };
  test.each([
    ["no list", { libraries: null }],
    ["a list of 101", { libraries: Array.from({ length: 101 }, () => found) }],
    ["a number", { libraries: [7] }],
    ["a short id", { libraries: [{ ...found, library: "aa" }] }],
    ["half a record", { libraries: [{ ...found, records: 0.5 }] }],
    ["fewer than no records", { libraries: [{ ...found, records: -1 }] }],
    ["no word on words", { libraries: [{ ...found, words: undefined }] }],
    ["no word on membership", { libraries: [{ ...found, member: "yes" }] }],
  ])("takes an answer with %s as damage", async (_name, answer) => {
    const world = createWorld();
    const fetch: Fetch = async (url, init) => (url.endsWith("/libraries") ? Response.json(answer) : world.fetch(url, init));
    const result = await transportOver(fetch).findLibraries(holderOf(world.words));
    expect(!result.ok && result.error.kind).toBe("damaged");
  });

  test.each([
    ["a short nonce", { nonce: "AAAA", expires: 5, origin: relay }],
    ["a nonce that is no text", { nonce: 7, expires: 5, origin: relay }],
    ["no expiry", { nonce: "A".repeat(43), origin: relay }],
  ])("takes a challenge with %s as damage and signs nothing", async (_name, challenge) => {
    const { words } = createWorld();
    const holder: KeyHolder = {
      ...holderOf(words),
      signFind: () => {
        throw new Error("it signed");
      },
    };
    const result = await transportOver(async () => Response.json(challenge)).findLibraries(holder);
    expect(!result.ok && result.error.kind).toBe("damaged");
  });
});

describe("bringing records", () => {
  test("a device that the relay does not know yet brings its membership first, and all else after it, each with its outcome", async () => {
    const { connect, asked, founder, library, create } = createWorld();
    const content = writeContent(founder, library);
    const add = writeAdd(founder, library, createWriter(8));
    const outcomes = unwrap(await connect(founder, library).append([create, content, add]));
    expect(outcomes.map(({ outcome, sequence }) => [outcome, sequence])).toEqual([
      ["stored", 1],
      ["stored", 3],
      ["stored", 2],
    ]);
    expect(asked.filter((request) => request.endsWith("/records"))).toHaveLength(2);
  });

  test("a member brings everything in one request, also membership records that count no more", async () => {
    const { connect, asked, append, founder, library, create } = createWorld();
    const [lost, friend] = [createWriter(10), createWriter(11)];
    await append(library, [create, writeAdd(founder, library, lost), writeRemove(founder, library, lost, [])]);
    const late = writeAdd(lost, library, friend);
    const client = connect(founder, library);
    asked.length = 0;
    const outcomes = unwrap(await client.append([late, writeContent(founder, library)]));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["stored", "stored"]);
    expect(asked).toEqual(["POST /v1/challenges", "POST /v1/sessions", `POST /v1/libraries/${library}/records`]);
  });

  test("a device that nobody admitted is told so for each record", async () => {
    const { connect, append, founder, library, create } = createWorld();
    await append(library, [create]);
    const stranger = createWriter(12);
    const [outcome] = unwrap(await connect(stranger, library).append([writeAdd(stranger, library, founder)]));
    expect(outcome?.reason).toBe("the roster never admitted its author");
  });
});
