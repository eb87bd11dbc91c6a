/** Law 16: one bad record among good ones sets itself apart and nothing else, wherever it stands. */
import { describe, expect, test } from "vitest";
import { createLedger, type Ledger } from "@albumen/client/log/ledger.ts";
import { createNonces } from "@albumen/core/crypto/aead.ts";
import { recordKey, type EpochKey } from "@albumen/core/crypto/keys.ts";
import { packContent } from "@albumen/core/crypto/packing.ts";
import { sealRecord } from "@albumen/core/crypto/record-seal.ts";
import { recordHash } from "@albumen/core/crypto/verify.ts";
import { contentDictionary } from "@albumen/core/documents/content.ts";
import type { EpochId, RecordHash } from "@albumen/core/ids/ids.ts";
import { encodeCbor, type CborValue } from "@albumen/core/primitives/cbor.ts";
import { createMemberWorld, type MemberWorld, type TestMember } from "@albumen/core/testing/member-world.ts";
import { bytesOfEntry, createWriter, membershipOf } from "../arbitraries/sealed-log.ts";

/** How many good records a page has: two devices by turns. */
const pageLength = 8;

/** A library of two devices, and what a third reader needs to hold before the page. */
function createPageWorld(seed: number): {
  readonly world: MemberWorld;
  readonly phone: TestMember;
  readonly before: readonly Uint8Array[];
  readonly ledgerOf: (member: TestMember) => Ledger;
} {
  const world = createMemberWorld(seed);
  const phone = world.stranger();
  const before = [world.created, world.add(world.founder, phone)].map(bytesOfEntry);
  const ledgerOf = (member: TestMember): Ledger => {
    const ledger = createLedger(world.library, member.keys);
    ledger.commit(ledger.stage(before).accepted);
    return ledger;
  };
  return { world, phone, before, ledgerOf };
}

/** The good records of a page, by two devices in turn that do not see each other. */
function goodPage({ world, phone, ledgerOf }: ReturnType<typeof createPageWorld>): readonly Uint8Array[] {
  const writers = [world.founder, phone].map((member) => createWriter(member, ledgerOf(member), world));
  return Array.from({ length: pageLength }, (_, at) => writers[at % 2]?.(`Person ${at}`) ?? new Uint8Array(0));
}

/** What a reader reads: names, and who is set apart. */
function read(
  ledger: Ledger,
  page: readonly Uint8Array[],
): { readonly facts: readonly string[]; readonly apart: readonly string[] } {
  ledger.commit(ledger.stage(page).accepted);
  const stated = ledger.verified().flatMap(({ events }) => events.flatMap((event) => event.facts));
  const facts = stated.map(({ bytes }) => new TextDecoder().decode(bytes));
  return { facts: facts.sort(), apart: ledger.apart().map(({ id, reason }) => `${id}: ${reason}`) };
}

describe("a record that is refused", () => {
  const page = createPageWorld(161);
  const good = goodPage(page);
  const flip = (bytes: Uint8Array, at: number): Uint8Array => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
  const bad: readonly (readonly [what: string, damage: (record: Uint8Array) => Uint8Array, reason: string])[] = [
    ["a flipped bit", (record) => flip(record, 200), "its signature is not its device's, or a byte of it was changed"],
    [
      "a flipped signature",
      (record) => flip(record, record.length - 1),
      "its signature is not its device's, or a byte of it was changed",
    ],
    ["another version", (record) => flip(record, 0), "its version is 0, not 1"],
    ["another library", (record) => flip(record, 2), "it belongs to another library"],
    ["a cut end", (record) => record.subarray(0, -1), "its signature is not its device's, or a byte of it was changed"],
    ["few bytes", (record) => record.subarray(0, 100), "it is shorter than any record"],
    ["nothing", () => new Uint8Array(0), "it is shorter than any record"],
  ];
  for (const [what, damage, reason] of bad) {
    test(`${what}: inserted or instead of a good one, at every position`, () => {
      const all = read(page.ledgerOf(page.world.words), good).facts;
      expect(all).toHaveLength(pageLength);
      for (let at = 0; at <= pageLength; at++) {
        const damaged = damage(good[Math.min(at, pageLength - 1)] as Uint8Array);
        const apart = [`${recordHash(damaged)}: ${reason}`];
        const inserted = [...good.slice(0, at), damaged, ...good.slice(at)];
        expect(read(page.ledgerOf(page.world.words), inserted)).toEqual({ facts: all, apart });
        if (at === pageLength) continue;
        const instead = good.map((record, index) => (index === at ? damaged : record));
        const others = all.filter((fact) => fact !== `Person ${at}`);
        expect(read(page.ledgerOf(page.world.words), instead)).toEqual({ facts: others, apart });
      }
    });
  }
});

describe("a record that its device signed and that says nothing it may say", () => {
  const notContent = (value: CborValue): Uint8Array => packContent(encodeCbor(value), contentDictionary);
  const event = ["test", 1, 1, [0, new Uint8Array([1, 2, 3])]];
  const bad: readonly (readonly [what: string, plaintext: Uint8Array, reason: string])[] = [
    ["no packing", new Uint8Array(40).fill(255), "its length does not fit"],
    ["no CBOR", packContent(new Uint8Array(40).fill(255), contentDictionary), "it holds an indefinite length"],
    ["no content", notContent({ v: 1 }), "its content is not of version 1"],
    ["content of version 2", notContent([2, []]), "its content is of version 2: it needs a newer version of Albumen"],
    [
      "an event of a later kind",
      notContent([1, [["test", 1, 1, [9, 1]]], []]),
      "it says something: it needs a newer version of Albumen",
    ],
    ["no event", notContent([1, [["test"]], []]), "an event is malformed"],
    ["a change that is none", notContent([1, [event], []]), "a change was refused: it does not begin like an Automerge change"],
    ["a false frontier", notContent([1, [], [[1, 2, 3]]]), "what it has seen is malformed"],
  ];
  for (const [what, plaintext, reason] of bad) {
    test(`${what}: keeps its place in the chain, and those after it count, at every position`, () => {
      for (let at = 0; at <= pageLength; at++) {
        const page = createPageWorld(162);
        const { world, phone, ledgerOf } = page;
        const ledgers = [world.founder, phone].map(ledgerOf);
        const writers = [world.founder, phone].map((member, index) => createWriter(member, ledgers[index] as Ledger, world));
        const records: Uint8Array[] = [];
        let refused: RecordHash | null = null;
        for (let index = 0; index <= pageLength; index++) {
          if (index === at) {
            const record = signedAnyway(world, world.founder, ledgers[0] as Ledger, plaintext);
            refused = recordHash(record);
            (ledgers[0] as Ledger).commit((ledgers[0] as Ledger).stage([record]).accepted);
            records.push(record);
          }
          if (index < pageLength) records.push(writers[index % 2]?.(`Person ${index}`) ?? new Uint8Array(0));
        }
        const facts = Array.from({ length: pageLength }, (_, index) => `Person ${index}`);
        const wanted = { facts, apart: [expect.stringContaining(`${refused}: ${reason}`)] };
        for (const order of [records, records.toReversed()]) {
          const ledger = ledgerOf(world.words);
          expect(read(ledger, order)).toEqual(wanted);
          expect(ledger.chains.missing()).toEqual([]);
        }
      }
    });
  }
});

/** A record of `member` with `plaintext`, at the end of the chain that `ledger` holds, under the epoch it would write under. */
function signedAnyway(world: MemberWorld, { keys }: TestMember, ledger: Ledger, plaintext: Uint8Array): Uint8Array {
  const { library } = world;
  const [epoch, epochKey] = [...membershipOf(ledger).keys][0] as [EpochId, EpochKey];
  const last = ledger.chains.frontier(keys.device);
  const place = { sequence: (last?.sequence ?? 0) + 1, previous: last?.hash ?? null };
  const header = { kind: "content", library, epoch, device: keys.device, ...place, nonce: createNonces(world.random)() } as const;
  return sealRecord({ header, publicPart: null, plaintext }, recordKey(epochKey, library, epoch, keys.device), keys.signing);
}
