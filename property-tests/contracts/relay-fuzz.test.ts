/** Requests made of anything: none may be answered with a 500, none may change what the log holds. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { LibraryId } from "@albumen/core/ids/ids.ts";
import { encodeRecords } from "@albumen/core/wire/page.ts";
import type { RelayError } from "@albumen/core/wire/relay-api.ts";
import { createWriter, foundLibrary, writeAdd, writeContent } from "../arbitraries/records.ts";
import { bearer } from "./relay-client.ts";
import { createRelayWorld } from "./relay-world.ts";

const generous = { burst: 1e9, perMinute: 1e9 };
const rates = {
  addressRate: generous,
  deviceRate: generous,
  findRate: generous,
  membershipRate: generous,
  mailboxWaitSeconds: 0,
};

async function createWorld() {
  const world = createRelayWorld(rates);
  const founded = foundLibrary(1);
  await world.append(founded.library, [founded.create]);
  return { world, ...founded, token: await world.token(founded.library, founded.founder) };
}

function arbitraryPath(library: LibraryId): fc.Arbitrary<string> {
  const odd = fc.oneof(
    fc.webSegment(),
    fc.constantFrom("..", "%2e%2e", "%00", "%", "%ff", "a".repeat(64), "0".repeat(32), "v1", "live"),
  );
  const known = fc.constantFrom(
    "/v1",
    "/healthz",
    "/v1/challenges",
    "/v1/sessions",
    "/v1/libraries",
    `/v1/libraries/${library}/records`,
    `/v1/libraries/${library}/records?after=0&limit=3`,
    `/v1/libraries/${library}/live`,
    `/v1/libraries/${library}/blobs/${"0".repeat(64)}`,
    `/v1/mailboxes/${"0".repeat(32)}`,
  );
  const segments = fc.array(fc.oneof(odd, fc.constantFrom("v1", "v2", "libraries", "mailboxes", "records", "blobs", library)), {
    maxLength: 6,
  });
  const query = fc.oneof(
    fc.constant(""),
    fc.webQueryParameters().map((text) => `?${text}`),
    fc.constant("?after=1&after=x&limit=%"),
  );
  return fc.oneof(
    known,
    fc.tuple(segments, query).map(([parts, tail]) => `/${parts.join("/")}${tail}`),
  );
}

const headerValue = fc.string({ maxLength: 60 }).filter((text) => /^[\x20-\x7e]*$/.test(text));

function arbitraryHeaders(token: string): fc.Arbitrary<Record<string, string>> {
  return fc.record(
    {
      authorization: fc.oneof(headerValue, fc.constant(`Bearer ${token}`)),
      range: fc.oneof(headerValue, fc.constantFrom("bytes=0-", "bytes=-", "bytes=9999999999999999-1")),
      upgrade: fc.constantFrom("websocket", "h2c"),
      origin: headerValue,
      "content-length": fc.constantFrom("0", "-1", "99999999999", "x"),
      "content-type": headerValue,
    },
    { requiredKeys: [] },
  );
}

test("no request is answered with a 500, and every refusal is a sentence", async () => {
  const { world, library, founder, token, create } = await createWorld();
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.json().map((text) => new TextEncoder().encode(text)),
    fc
      .record({
        library: fc.constantFrom(library, "x"),
        device: fc.constantFrom(founder.keys.device, 5),
        nonce: fc.base64String(),
        signature: fc.json(),
      })
      .map((value) => new TextEncoder().encode(JSON.stringify(value))),
    fc.array(fc.uint8Array({ minLength: 1, maxLength: 400 }), { maxLength: 4 }).map(encodeRecords),
  );
  const method = fc.constantFrom("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");
  const requests = fc.asyncProperty(
    arbitraryPath(library),
    method,
    arbitraryHeaders(token),
    body,
    async (path, verb, headers, bytes) => {
      const init = verb === "GET" || verb === "HEAD" || verb === "OPTIONS" ? {} : { body: bytes as Uint8Array<ArrayBuffer> };
      const ticking = setInterval(() => world.clock.advance(1), 1);
      const response = await world.send(path, { method: verb, headers, ...init });
      clearInterval(ticking);
      const { status, headers: answered } = response;
      expect([200, 204, 206, 400, 401, 403, 404, 413, 416, 426, 503, 507]).toContain(status);
      if (status < 400 || verb === "HEAD") return;
      const refusal = (await response.json()) as RelayError;
      expect(refusal.reason.length).toBeGreaterThan(10);
      expect(answered.get("content-type")).toContain("application/json");
    },
  );
  await fc.assert(requests, { numRuns: 3000, seed: 20_260_731 });
  expect((await world.page(library, 0, token)).records).toEqual([create]);
  expect(world.lines).toEqual([]);
});

test("no change to a record gets it into the log, with a session or without", async () => {
  const { world, library, founder, token } = await createWorld();
  const records = [writeContent(founder, library, 50), writeAdd(founder, library, createWriter(70))];
  const change = fc.tuple(
    fc.constantFrom(...records),
    fc.constantFrom("flip", "cut", "grow", "zero", "splice"),
    fc.nat(1000),
    fc.integer({ min: 1, max: 255 }),
  );
  const changed = fc.asyncProperty(change, fc.boolean(), async ([record, how, place, by], withToken) => {
    const at = place % record.length;
    const bytes = record.slice();
    if (how === "flip") bytes[at] = (bytes[at] ?? 0) ^ by;
    if (how === "zero") bytes.fill(0, at, at + by);
    if (how === "splice") bytes.set(records[0]?.subarray(0, Math.min(by, record.length - at)) ?? [], at);
    const cut = how === "cut" ? bytes.subarray(0, at) : how === "grow" ? new Uint8Array([...bytes, by]) : bytes;
    if (cut.length === 0 || cut.every((byte, index) => byte === record[index])) return;
    const response = await world.send(`/v1/libraries/${library}/records`, {
      method: "POST",
      headers: bearer(withToken ? token : undefined),
      body: encodeRecords([cut]) as Uint8Array<ArrayBuffer>,
    });
    const { outcomes } = (await response.json()) as { outcomes: { outcome: string }[] };
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["refused"]);
  });
  await fc.assert(changed, { numRuns: 1500, seed: 20_260_732 });
  expect((await world.page(library, 0, token)).last).toBe(1);
});
