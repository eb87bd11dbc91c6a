/** What removal, theft and a restored backup ask of the relay. */
import { describe, expect, test } from "vitest";
import { recordHash } from "@albumen/core/crypto/verify.ts";
import type { RecordHash } from "@albumen/core/ids/ids.ts";
import { cutOffAt } from "@albumen/core/membership/cut-off.ts";
import { parseStatement } from "@albumen/core/roster/statement-codec.ts";
import type { ChainPoint, Statement } from "@albumen/core/roster/statement.ts";
import { parseRecord } from "@albumen/core/wire/record.ts";
import type { AppendOutcome } from "@albumen/core/wire/relay-api.ts";
import {
  createWriter,
  foundLibrary,
  writeAdd,
  writeContent,
  writeFuture,
  writeRemove,
  writeRemoveAll,
  writeRotate,
  writeStatement,
  type Writer,
} from "../arbitraries/records.ts";
import { bearer, refusalOf } from "./relay-client.ts";
import { createRelayWorld } from "./relay-world.ts";

async function createWorld(limits = {}) {
  const world = createRelayWorld(limits);
  const founded = foundLibrary(1);
  await world.append(founded.library, [founded.create]);
  return { world, ...founded, token: await world.token(founded.library, founded.founder) };
}

function toWords(outcomes: readonly AppendOutcome[]): readonly string[] {
  return outcomes.map(({ outcome, reason }) => reason ?? outcome);
}

/** The cut-off at the end of `device`'s chain, of whose records `log` are all. */
function cutOffOf(device: Writer, log: readonly Uint8Array[]): readonly ChainPoint[] {
  const held = new Map(
    log.flatMap((bytes) => {
      const parts = parseRecord(bytes);
      return parts.ok ? [[recordHash(bytes), parts.value] as const] : [];
    }),
  );
  const own = [...held].flatMap(([hash, { header, publicPart }]) => {
    const statement = publicPart === null ? null : parseStatement(publicPart);
    if (statement === null || header.device !== device.keys.device) return [];
    return [{ hash, device: header.device, sequence: header.sequence, statement }];
  });
  const previousOf = (hash: RecordHash): RecordHash | null => held.get(hash)?.header.previous ?? null;
  return cutOffAt(device.last === null ? [] : [device.last], own, previousOf);
}

describe("a relay that was restored", () => {
  test("to before an add takes the add from anybody, and then everything from the device that it admits", async () => {
    const { world, library, founder } = await createWorld();
    const phone = createWriter(20);
    const add = writeAdd(founder, library, phone);
    expect(await refusalOf(await world.openSession(library, phone))).toEqual([403, "forbidden"]);
    expect(toWords(await world.append(library, [add]))).toEqual(["stored"]);
    const label = writeContent(phone, library);
    expect(toWords(await world.append(library, [label], await world.token(library, phone)))).toEqual(["stored"]);
  });

  /** The founder's phone adds a laptop, labels, adds a tablet, labels, and is lost: the words remove it. */
  function lostPhone() {
    const { library, founder, words, create } = foundLibrary(1);
    const [laptop, tablet] = [createWriter(21), createWriter(22)];
    const chain = [create, writeAdd(founder, library, laptop), ...labels(founder), writeAdd(founder, library, tablet)];
    const log = [...chain, ...labels(founder)];
    function labels(by: Writer): Uint8Array[] {
      return Array.from({ length: 5 }, () => writeContent(by, library));
    }
    return { library, founder, words, laptop, tablet, log };
  }

  function isMembership(record: Uint8Array): boolean {
    return record[1] === 1;
  }

  test("heals by membership records alone, though the removed device's cut-off ends at content that it lacks", async () => {
    const { library, founder, words, laptop, tablet, log } = lostPhone();
    const remove = writeRemove(words, library, founder, cutOffOf(founder, log));
    const world = createRelayWorld();
    const membership = [...log.filter(isMembership), remove];
    expect(toWords(await world.append(library, membership))).toEqual(Array(4).fill("stored"));
    for (const device of [laptop, tablet]) expect((await world.openSession(library, device)).status).toBe(200);
    const token = await world.token(library, laptop);
    const healed = await world.append(library, log, token);
    expect(healed.every(({ outcome }) => outcome !== "refused")).toBe(true);
    expect((await world.page(library, 0, token)).last).toBe(log.length + 1);
  });

  test("does not need the order in which membership records were written", async () => {
    const { library, founder, words, laptop, log } = lostPhone();
    const remove = writeRemove(words, library, founder, cutOffOf(founder, log));
    const world = createRelayWorld();
    const membership = [...log.filter(isMembership), remove].toReversed();
    expect(toWords(await world.append(library, membership))).toEqual(Array(4).fill("stored"));
    expect((await world.openSession(library, laptop)).status).toBe(200);
  });

  test("follows chains of membership records that come in the same upload as the cut-off that ends in them", async () => {
    const { library, founder, create } = foundLibrary(1);
    const [lost, friend] = [createWriter(23), createWriter(24)];
    const log = [create, writeAdd(founder, library, lost), writeAdd(lost, library, friend), writeRotate(lost, library)];
    const remove = writeRemove(founder, library, lost, lost.last === null ? [] : [lost.last]);
    const world = createRelayWorld();
    expect(toWords(await world.append(library, [...log, remove, writeRotate(friend, library)]))).toEqual(Array(6).fill("stored"));
  });

  test("follows them on into what it holds, over the content in between", async () => {
    const { world, library, founder, token } = await createWorld();
    const [lost, friend] = [createWriter(23), createWriter(24)];
    const held = [writeAdd(founder, library, lost), writeAdd(lost, library, friend), writeContent(lost, library)];
    await world.append(library, held, token);
    const rotate = writeRotate(lost, library);
    const remove = writeRemove(founder, library, lost, lost.last === null ? [] : [lost.last]);
    const outcomes = await world.append(library, [rotate, remove, writeRotate(friend, library)]);
    expect(toWords(outcomes)).toEqual(Array(3).fill("stored"));
  });

  test("takes the `create` whatever was said about the founder since: without it there is no library to bring anything to", async () => {
    const { library, founder, words, log } = lostPhone();
    const bare = writeRemove(words, library, founder, founder.last === null ? [] : [founder.last]);
    const world = createRelayWorld();
    const [create] = await world.append(library, [...log.filter(isMembership), bare]);
    expect(create?.outcome).toBe("stored");
    const token = await world.token(library, words);
    const outcomes = await world.append(library, [...log, bare], token);
    expect(outcomes.every(({ outcome }) => outcome !== "refused")).toBe(true);
  });

  test("that lacks the content at a bare cut-off learns whom the removed device had added as soon as that content comes", async () => {
    const { library, founder, words, laptop, log } = lostPhone();
    const world = createRelayWorld();
    await world.append(library, log.filter(isMembership));
    const before = await world.token(library, laptop);
    const bare = founder.last === null ? [] : [founder.last];
    await world.append(library, [writeRemove(words, library, founder, bare)]);
    expect(await refusalOf(await world.upload(library, [writeContent(laptop, library)], before))).toEqual([403, "forbidden"]);
    const wordsToken = await world.token(library, words);
    for (const record of log.filter((one) => !isMembership(one)).toReversed()) {
      expect(toWords(await world.append(library, [record], wordsToken))).toEqual(["stored"]);
    }
    expect((await world.page(library, 0, before)).last).toBe(log.length + 1);
  });
});

describe("a thief", () => {
  test("that adds ten keys after its removal is refused, without a session, with its own, and through each of the ten", async () => {
    const { world, library, founder, token } = await createWorld();
    const thief = createWriter(30);
    await world.append(library, [writeAdd(founder, library, thief)], token);
    const own = await world.token(library, thief);
    await world.append(library, [writeRemove(founder, library, thief, thief.last === null ? [] : [thief.last])], token);
    const keys = Array.from({ length: 10 }, (_, at) => createWriter(31 + at));
    const adds = keys.map((key) => writeAdd(thief, library, key));
    const chained = keys.map((key, at) => writeAdd(key, library, keys[(at + 1) % keys.length] ?? key));
    const refused = Array(10).fill("the roster would not count it");
    expect(toWords(await world.append(library, adds))).toEqual(refused);
    expect(toWords(await world.append(library, adds, own))).toEqual(refused);
    const all = toWords(await world.append(library, [...adds, ...chained]));
    expect(all).toEqual([...refused, ...Array(10).fill("the roster never admitted its author")]);
    for (const key of keys) expect((await world.openSession(library, key)).status).toBe(403);
    expect((await world.page(library, 0, token)).last).toBe(3);
  });

  test("pays for every record that it tries without a session, counted or not", async () => {
    const { world, library, founder } = await createWorld({ membershipRate: { burst: 12, perMinute: 60 } });
    const thief = createWriter(30);
    await world.append(library, [writeAdd(founder, library, thief), writeRemove(founder, library, thief, [])]);
    const adds = Array.from({ length: 10 }, (_, at) => writeAdd(thief, library, createWriter(31 + at)));
    expect((await world.upload(library, adds)).status).toBe(429);
    expect(toWords(await world.append(library, adds.slice(0, 9)))).toEqual(Array(9).fill("the roster would not count it"));
    expect((await world.upload(library, adds.slice(0, 1))).status).toBe(429);
    world.clock.advance(1000);
    expect((await world.upload(library, adds.slice(0, 1))).status).toBe(200);
  });

  test("with a member's key is stopped at once in what was open before: blobs, others' records, membership", async () => {
    const { world, library, founder, token } = await createWorld();
    const thief = createWriter(30);
    await world.append(library, [writeAdd(founder, library, thief)], token);
    const own = await world.token(library, thief);
    const path = `/v1/libraries/${library}/blobs/${"0".repeat(64)}`;
    const ask = async (method: string): Promise<number> => (await world.send(path, { method, headers: bearer(own) })).status;
    expect([await ask("GET"), await ask("HEAD")]).toEqual([404, 404]);
    await world.append(library, [writeRemove(founder, library, thief, [])], token);
    expect([await ask("GET"), await ask("HEAD"), await ask("PUT")]).toEqual([403, 403, 403]);
    const others = writeContent(founder, library);
    expect(toWords(await world.append(library, [others], own))).toEqual(["a removed key brings only its own records"]);
    const future = writeFuture(thief, library);
    expect(toWords(await world.append(library, [future], own))[0]).toContain("only a member may bring it");
  });
});

describe("a removed device", () => {
  test("learns of its removal, and what it wrote offline is set aside up to 64 records; members read it", async () => {
    const { world, library, founder, token } = await createWorld();
    const lost = createWriter(40);
    await world.append(library, [writeAdd(founder, library, lost)], token);
    const own = await world.token(library, lost);
    const remove = writeRemove(founder, library, lost, []);
    await world.append(library, [remove], token);
    expect((await world.page(library, 2, own)).records).toEqual([remove]);
    const late = Array.from({ length: 66 }, () => writeContent(lost, library, 10));
    const outcomes = toWords(await world.append(library, late, own));
    expect(outcomes.slice(0, 64)).toEqual(Array(64).fill("stored"));
    expect(outcomes.slice(64)).toEqual(Array(2).fill("a removed key sets aside no more than 64 records"));
    expect((await world.page(library, 3, token)).records).toEqual(late.slice(0, 64));
  });
});

describe("what members say about membership", () => {
  const epoch = { parents: [], commitment: new Uint8Array(32), boxes: [] };
  const box = new Uint8Array(112).fill(7);

  test("is taken in every kind, with a session and without", async () => {
    const { library, founder, create } = foundLibrary(1);
    const [phone, tablet, words] = [createWriter(50), createWriter(51), createWriter(52)];
    const say = (statement: Statement): Uint8Array => writeStatement(founder, library, statement);
    const [device, one] = [phone.keys.device, "a".repeat(64)];
    const records = [
      create,
      writeAdd(founder, library, phone),
      writeAdd(founder, library, tablet),
      writeAdd(founder, library, words, true),
      writeRotate(founder, library),
      say({ kind: "seal", of: null, device, box }),
      say({ kind: "seal", of: one as never, device, box }),
      say({ kind: "ask", epochs: [one as never], secret: true, failed: [] }),
      writeRotate(phone, library),
      writeRemoveAll(founder, library, [
        { device: phone.keys.device, cutoff: phone.last === null ? [] : [phone.last] },
        { device: tablet.keys.device, cutoff: [] },
      ]),
      say({ kind: "keep", device, sequence: 9, hash: one as never }),
      say({ kind: "rotate", epoch }),
    ];
    const open = createRelayWorld();
    expect(toWords(await open.append(library, records))).toEqual(Array(records.length).fill("stored"));
    const [withSession, token] = await (async () => {
      const world = createRelayWorld();
      await world.append(library, [create]);
      return [world, await world.token(library, founder)] as const;
    })();
    expect(toWords(await withSession.append(library, records, token)).slice(1)).toEqual(Array(records.length - 1).fill("stored"));
    for (const world of [open, withSession]) {
      expect((await world.find(words)).map((found) => [found.words, found.member])).toEqual([[true, true]]);
      for (const gone of [phone, tablet]) {
        expect((await world.find(gone)).map((found) => [found.words, found.member])).toEqual([[false, false]]);
      }
    }
  });

  test("a keep about oneself counts for nothing and needs a member's session", async () => {
    const { world, library, founder, token } = await createWorld();
    const keep = writeStatement(founder, library, {
      kind: "keep",
      device: founder.keys.device,
      sequence: 1,
      hash: library as string as RecordHash,
    });
    expect(toWords(await world.append(library, [keep]))).toEqual(["the roster would not count it"]);
    expect(toWords(await world.append(library, [keep], token))).toEqual(["stored"]);
  });

  test("of 40 MiB is too much for one library, whoever says it", async () => {
    const { world, library, founder, token } = await createWorld({ libraryMembershipBytes: 100_000 });
    const boxes = Array.from({ length: 400 }, (_, at) => {
      return { device: at.toString(16).padStart(64, "0") as never, box };
    });
    const large = (): Uint8Array => writeStatement(founder, library, { kind: "rotate", epoch: { ...epoch, boxes } });
    expect(toWords(await world.append(library, [large()], token))).toEqual(["stored"]);
    expect(await refusalOf(await world.upload(library, [large()], token))).toEqual([507, "quota-exceeded"]);
    expect(await refusalOf(await world.upload(library, [large()]))).toEqual([507, "quota-exceeded"]);
    expect(toWords(await world.append(library, [writeContent(founder, library)], token))).toEqual(["stored"]);
  });
});
