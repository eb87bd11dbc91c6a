/** What enters the log: every outcome and every reason, healing, quotas, pages. */
import { describe, expect, test } from "vitest";
import { recordHash, runningHash } from "@albumen/core/crypto/verify.ts";
import {
  createWriter,
  foundLibrary,
  writeAdd,
  writeContent,
  writeFuture,
  writeRemove,
  writeRotate,
} from "../arbitraries/records.ts";
import { bearer, refusalOf } from "./relay-client.ts";
import { createRelayWorld } from "./relay-world.ts";

async function createWorld(limits = {}) {
  const world = createRelayWorld(limits);
  const founded = foundLibrary(1);
  await world.append(founded.library, [founded.create]);
  return { world, ...founded, token: await world.token(founded.library, founded.founder) };
}

function flip(record: Uint8Array, at: number): Uint8Array {
  const flipped = record.slice();
  flipped[at] = (flipped[at] ?? 0) ^ 1;
  return flipped;
}

describe("an upload", () => {
  test("is stored in its order, and a repetition is known", async () => {
    const { world, library, founder, token, create } = await createWorld();
    const records = [writeContent(founder, library), writeContent(founder, library)];
    const first = await world.append(library, records, token);
    expect(first).toEqual([
      { outcome: "stored", sequence: 2, reason: null },
      { outcome: "stored", sequence: 3, reason: null },
    ]);
    const again = await world.append(library, [...records, create], token);
    expect(again.map(({ outcome, sequence }) => [outcome, sequence])).toEqual([
      ["duplicate", 2],
      ["duplicate", 3],
      ["duplicate", 1],
    ]);
  });

  test("that names a record twice stores it once", async () => {
    const { world, library, founder, token } = await createWorld();
    const record = writeContent(founder, library);
    const outcomes = await world.append(library, [record, record], token);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["stored", "duplicate"]);
  });

  test("loses only its bad records", async () => {
    const { world, library, founder, token } = await createWorld();
    const other = foundLibrary(2);
    const good = [writeContent(founder, library), writeContent(founder, library)];
    const last = writeContent(founder, library);
    const upload = [
      ...good,
      new Uint8Array([1, 2, 3]),
      flip(last, 0),
      flip(last, last.length - 1),
      writeContent(other.founder, other.library),
      writeContent(createWriter(9), library),
      last,
    ];
    const outcomes = await world.append(library, upload, token);
    expect(outcomes.map(({ outcome, reason }) => reason ?? outcome)).toEqual([
      "stored",
      "stored",
      "it is shorter than any record",
      "its version is 0, not 1",
      "its signature is not its device's",
      "it belongs to another library",
      "the roster never admitted its author",
      "stored",
    ]);
  });

  test("with a flipped bit anywhere is refused", async () => {
    const { world, library, founder, token } = await createWorld();
    const record = writeContent(founder, library, 3);
    const flipped = Array.from(record, (_, at) => flip(record, at));
    const outcomes = await world.append(library, flipped, token);
    expect(outcomes.every(({ outcome }) => outcome === "refused")).toBe(true);
    expect((await world.page(library, 0, token)).last).toBe(1);
  });

  test("needs one signature for a run: a record counts if a later one of its device chains to it", async () => {
    const { world, library, founder, token } = await createWorld();
    const { last } = founder;
    const unsigned = flip(writeContent(founder, library), 300);
    founder.last = { sequence: (last?.sequence ?? 0) + 1, hash: recordHash(unsigned) };
    const tip = writeContent(founder, library);
    const alone = await world.append(library, [unsigned], token);
    expect(alone.map(({ outcome }) => outcome)).toEqual(["refused"]);
    const outcomes = await world.append(library, [unsigned, tip], token);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["stored", "stored"]);
  });

  test("is not believed where somebody else's record names it as its own past", async () => {
    const { world, library, founder, words, token } = await createWorld();
    const unsigned = flip(writeContent(founder, library), 300);
    words.last = founder.last === null ? null : { ...founder.last, hash: recordHash(unsigned) };
    const [victim, foreign] = await world.append(library, [unsigned, writeContent(words, library)], token);
    expect([victim?.outcome, foreign?.outcome]).toEqual(["refused", "stored"]);
  });

  test("keeps four records at one place of a chain, flags them and tells the operator", async () => {
    const { world, library, founder, token } = await createWorld();
    const { last } = founder;
    const forks = Array.from({ length: 5 }, () => {
      founder.last = last;
      return writeContent(founder, library);
    });
    const outcomes = await world.append(library, forks, token);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["stored", "forked", "forked", "forked", "refused"]);
    expect(world.lines).toEqual([`library ${library.slice(0, 8)}: 3 forked records`]);
  });

  test("without a session takes membership records only", async () => {
    const { world, library, founder } = await createWorld();
    const added = createWriter(7);
    const add = writeAdd(founder, library, added);
    const outcomes = await world.append(library, [writeContent(founder, library), add, writeRotate(added, library)]);
    expect(outcomes.map(({ outcome, reason }) => reason ?? outcome)).toEqual([
      "records with content need a session",
      "stored",
      "stored",
    ]);
    expect((await world.openSession(library, added)).status).toBe(200);
  });

  test("without a session takes only what the roster would count", async () => {
    const { world, library, founder, words } = await createWorld();
    const stranger = createWriter(8);
    const junior = createWriter(10);
    const outcomes = await world.append(library, [
      writeAdd(stranger, library, createWriter(9)),
      writeAdd(founder, library, junior),
      writeRemove(junior, library, founder, []),
      writeRemove(junior, library, words, []),
    ]);
    expect(outcomes.map(({ outcome, reason }) => reason ?? outcome)).toEqual([
      "the roster never admitted its author",
      "stored",
      "the roster would not count it",
      "the roster would not count it",
    ]);
  });

  test("founds a library only under its own hash and with the words' signature", async () => {
    const world = createRelayWorld();
    const [one, two] = [foundLibrary(1), foundLibrary(2)];
    const [foreign] = await world.append(one.library, [two.create]);
    expect(foreign?.reason).toBe("it belongs to another library");
    const [rotate] = await world.append(one.library, [writeRotate(one.founder, one.library)]);
    expect(rotate?.reason).toBe("the roster never admitted its author");
    const [create] = await world.append(one.library, [one.create]);
    expect(create).toEqual({ outcome: "stored", sequence: 1, reason: null });
  });

  test("heals a relay that was set back: membership first, then everybody's records by one device", async () => {
    const { library, founder, create } = foundLibrary(1);
    const second = createWriter(11);
    const lost = createWriter(12);
    const membership = [create, writeAdd(founder, library, second), writeAdd(founder, library, lost)];
    const content = [founder, second, lost, lost].map((writer) => writeContent(writer, library));
    const remove = writeRemove(founder, library, lost, lost.last === null ? [] : [lost.last]);
    const world = createRelayWorld();
    const outcomes = await world.append(library, [...membership, remove]);
    expect(outcomes.every(({ outcome }) => outcome === "stored")).toBe(true);
    const token = await world.token(library, second);
    const healed = await world.append(library, [...membership, ...content, remove], token);
    expect(healed.map(({ outcome }) => outcome)).toEqual([
      ...Array(3).fill("duplicate"),
      ...Array(4).fill("stored"),
      "duplicate",
    ]);
  });

  test("by a member may hold statements that this relay does not understand; by nobody it may not", async () => {
    const { world, library, founder, token } = await createWorld();
    const future = writeFuture(founder, library);
    const [withoutSession] = await world.append(library, [future]);
    expect(withoutSession?.reason).toContain("newer than this relay");
    expect((await world.append(library, [future], token))[0]?.outcome).toBe("stored");
  });

  test.each([
    ["a length beyond its end", new Uint8Array([0, 0, 0, 9, 1])],
    ["a length of zero", new Uint8Array([0, 0, 0, 0])],
    ["half a length", new Uint8Array([0, 0])],
    ["a length of 4 GiB", new Uint8Array([255, 255, 255, 255, 1])],
  ])("with %s is malformed", async (_name, body) => {
    const { world, library, token } = await createWorld();
    const response = await world.send(`/v1/libraries/${library}/records`, { method: "POST", headers: bearer(token), body });
    expect(await refusalOf(response)).toEqual([400, "bad-request"]);
  });

  test("of nothing changes nothing", async () => {
    const { world, library, token } = await createWorld();
    expect(await world.append(library, [], token)).toEqual([]);
  });

  test("larger than a page is refused while it streams, whatever it says of its length", async () => {
    const { world, library, token } = await createWorld();
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536));
        if (sent > 64 * 1_048_576) controller.close();
      },
    });
    const init = { method: "POST", headers: bearer(token), body, duplex: "half" } as RequestInit;
    expect(await refusalOf(await world.send(`/v1/libraries/${library}/records`, init))).toEqual([413, "too-large"]);
    expect(sent).toBeLessThan(5 * 1_048_576);
  });
});

describe("quotas", () => {
  test("of bytes stop an upload without effect, and leave other libraries alone", async () => {
    const { world, library, founder, token } = await createWorld({ libraryRecordBytes: 3000 });
    const records = Array.from({ length: 10 }, () => writeContent(founder, library, 200));
    expect(await refusalOf(await world.upload(library, records, token))).toEqual([507, "quota-exceeded"]);
    expect((await world.page(library, 0, token)).last).toBe(1);
    const other = foundLibrary(2);
    expect((await world.append(other.library, [other.create]))[0]?.outcome).toBe("stored");
    expect((await world.append(library, records.slice(0, 1), token))[0]?.outcome).toBe("stored");
  });

  test("of membership records and of libraries hold", async () => {
    const { world, library, founder, token } = await createWorld({ libraryMembership: 2, libraries: 1 });
    expect((await world.append(library, [writeRotate(founder, library)], token))[0]?.outcome).toBe("stored");
    expect(await refusalOf(await world.upload(library, [writeRotate(founder, library)], token))).toEqual([507, "quota-exceeded"]);
    const other = foundLibrary(2);
    expect(await refusalOf(await world.upload(other.library, [other.create]))).toEqual([507, "quota-exceeded"]);
  });

  test("do not count what is held already", async () => {
    const { world, library, create, token } = await createWorld({ libraryMembership: 1, libraries: 1, libraryRecordBytes: 1000 });
    expect((await world.append(library, [create], token))[0]?.outcome).toBe("duplicate");
  });
});

describe("rates", () => {
  test("by address answer 429 with the seconds to wait, and then open again", async () => {
    const { world, library, token } = await createWorld({ addressRate: { burst: 5, perMinute: 60 } });
    await world.page(library, 0, token);
    await world.page(library, 0, token);
    const response = await world.send("/v1");
    expect(response.headers.get("retry-after")).toBe("1");
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(await refusalOf(response)).toEqual([429, "too-many-requests"]);
    world.clock.advance(1000);
    expect((await world.send("/v1")).status).toBe(200);
  });

  test("by device leave other devices alone", async () => {
    const { world, library, words, token } = await createWorld({ deviceRate: { burst: 2, perMinute: 6 } });
    await world.page(library, 0, token);
    await world.page(library, 0, token);
    const response = await world.send(`/v1/libraries/${library}/records`, { headers: bearer(token) });
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "10"]);
    expect((await world.page(library, 0, await world.token(library, words))).last).toBe(1);
  });

  test("by records without session hold before anything is looked at", async () => {
    const { world, library, founder, create, token } = await createWorld({ membershipRate: { burst: 3, perMinute: 60 } });
    expect((await world.upload(library, [create, create, create])).status).toBe(429);
    expect((await world.upload(library, [create, create])).status).toBe(200);
    const rotations = Array.from({ length: 4 }, () => writeRotate(founder, library));
    expect((await world.upload(library, rotations, token)).status).toBe(429);
    expect((await world.upload(library, rotations.slice(0, 3), token)).status).toBe(200);
  });
});

describe("pages", () => {
  test("of any size are the log, exactly once, and their running hashes follow", async () => {
    const { world, library, founder, token, create } = await createWorld();
    const records = [create, ...Array.from({ length: 30 }, () => writeContent(founder, library))];
    await world.append(library, records.slice(1), token);
    for (const limit of [1, 7, 31, 99_999]) {
      const read: Uint8Array[] = [];
      let running = new Uint8Array(32);
      for (let after = 0; after < records.length; after = read.length) {
        const page = await world.page(library, after, token, limit);
        for (const record of page.records) running = runningHash(running, recordHash(record)) as Uint8Array<ArrayBuffer>;
        expect(page.cursor.running).toEqual(running);
        expect(page.last).toBe(31);
        read.push(...page.records);
      }
      expect(read).toEqual(records);
    }
  });

  test("hold at most 4 MiB", async () => {
    const { world, library, founder, token } = await createWorld();
    for (let i = 0; i < 6; i++) await world.append(library, [writeContent(founder, library, 1_000_000)], token);
    expect((await world.page(library, 1, token)).records.length).toBe(4);
    expect((await world.page(library, 5, token)).records.length).toBe(2);
  });

  test.each(["after=-1", "after=x", "after=1e3", "limit=0", "limit=-3", "after=99999999999999999999"])(
    "are not asked for with %s",
    async (query) => {
      const { world, library, token } = await createWorld();
      const response = await world.send(`/v1/libraries/${library}/records?${query}`, { headers: bearer(token) });
      expect(await refusalOf(response)).toEqual([400, "bad-request"]);
    },
  );

  test("are not read without a session", async () => {
    const { world, library } = await createWorld();
    expect(await refusalOf(await world.send(`/v1/libraries/${library}/records`))).toEqual([401, "unauthorised"]);
  });
});
