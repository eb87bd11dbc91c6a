/**
 * Law 13: no record opens under another library, epoch, device or kind. A flipped header fails on its signature already; here the
 * author itself, or a member with every key, moves an honest ciphertext to another place and signs it there.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recordKey, createEpochKey, createMemberKeys, type MemberKeys } from "@albumen/core/crypto/keys.ts";
import { isSignatureValid, openRecord, sealRecord } from "@albumen/core/crypto/record-seal.ts";
import { sign } from "@albumen/core/crypto/sign.ts";
import { recordHash } from "@albumen/core/crypto/verify.ts";
import type { EpochId, LibraryId, RecordHash } from "@albumen/core/ids/ids.ts";
import { bytesToHex, concatBytes } from "@albumen/core/primitives/bytes.ts";
import { encodeStatement } from "@albumen/core/roster/statement-codec.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";
import { encodeAssociatedData, parseRecord, type RecordHeader, type RecordParts } from "@albumen/core/wire/record.ts";
import { createSealedLog, membershipOf } from "../arbitraries/sealed-log.ts";

function partsOf(record: Uint8Array): RecordParts {
  const parts = parseRecord(record);
  if (!parts.ok) throw new Error(parts.error.reason);
  return parts.value;
}
/** `parts` with another header or public part, signed by `signer`: the ciphertext stays as it is. */
function moved(parts: RecordParts, signer: MemberKeys, header: Partial<RecordHeader>, publicPart = parts.publicPart): Uint8Array {
  const whole = { ...parts.header, device: signer.device, ...header };
  const signed = concatBytes(encodeAssociatedData(whole, whole.kind === "content" ? null : publicPart), parts.ciphertext);
  return concatBytes(signed, sign("albumen record 1", signed, signer.signing));
}

describe("a ciphertext opens in its own place only", () => {
  const id = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(bytesToHex);
  const place = fc.record({ library: id, epoch: id, device: fc.nat({ max: 99 }), key: fc.nat({ max: 99 }) });

  test("whatever place its author moves it to, with the key of that place or of its own", () => {
    const plan = fc.record({ here: place, there: place, plaintext: fc.uint8Array({ maxLength: 200 }), kind: fc.boolean() });
    fc.assert(
      fc.property(plan, ({ here, there, plaintext, kind }) => {
        const keysOf = (at: typeof here): MemberKeys => createMemberKeys(seededRandom(at.device));
        const keyOf = (at: typeof here) =>
          recordKey(createEpochKey(seededRandom(at.key)), at.library as LibraryId, at.epoch as EpochId, keysOf(at).device);
        const first: RecordHeader = {
          kind: kind ? "membership" : "content",
          library: here.library as LibraryId,
          epoch: here.epoch as EpochId,
          device: keysOf(here).device,
          sequence: 1,
          previous: null,
          nonce: seededRandom(1)(24),
        };
        const publicPart = kind ? new Uint8Array(9) : null;
        const parts = partsOf(sealRecord({ header: first, publicPart, plaintext }, keyOf(here), keysOf(here).signing));
        expect(openRecord(parts, keyOf(here))).toEqual(plaintext);
        const [library, epoch] = [there.library as LibraryId, there.epoch as EpochId];
        const mixed = [
          { ...here, library },
          { ...here, epoch },
          { ...here, device: 100 + there.device },
          { ...here, key: 100 + there.key },
        ];
        for (const other of mixed) expect(openRecord(parts, keyOf(other))).toBeNull();
        const changes: readonly Partial<RecordHeader>[] = [
          { library },
          { library: null },
          { epoch },
          { epoch: null },
          { device: keysOf({ ...there, device: 100 }).device },
          { kind: kind ? "content" : "membership" },
          { sequence: 2, previous: there.epoch as string as RecordHash },
          { nonce: seededRandom(2)(24) },
        ];
        for (const change of changes) {
          const other = partsOf(moved(parts, keysOf(here), change, publicPart ?? new Uint8Array(9)));
          for (const key of [keyOf(here), keyOf(there), ...mixed.map(keyOf)]) expect(openRecord(other, key)).toBeNull();
        }
      }),
      { seed: 13, numRuns: 60 },
    );
  });
});

describe("what a ledger makes of a record that its author, or another member, moved", () => {
  const { world, phone, records, ledgerWith } = createSealedLog(13);
  const bytesOf = (wanted: string): Uint8Array => records.find(({ what }) => what === wanted)?.bytes ?? new Uint8Array(0);
  const all = records.map(({ bytes }) => bytes);
  const content = partsOf(bytesOf("content"));
  const rotation = partsOf(bytesOf("rotate"));
  const next = { sequence: (phone.last?.sequence ?? 0) + 1, previous: phone.last?.hash ?? null };
  const later = recordHash(bytesOf("rotate")) as string as EpochId;
  const keep = encodeStatement({ kind: "keep", device: phone.keys.device, sequence: 1, hash: recordHash(bytesOf("ask")) });

  const moves: readonly (readonly [what: string, record: Uint8Array])[] = [
    ["a member's words under another member's name", moved(content, phone.keys, next)],
    ["its own words under a later epoch", moved(content, world.founder.keys, { epoch: later })],
    ["its own words at another place of its chain", moved(content, world.founder.keys, { ...next })],
    ["content as a membership record", moved(content, world.founder.keys, { kind: "membership" }, keep)],
    ["a private part as content", moved(rotation, world.founder.keys, { kind: "content", epoch: later })],
    ["a private part with another public part", moved(rotation, world.founder.keys, {}, keep)],
  ];
  for (const [what, record] of moves) {
    test(`${what}: authentic, and nothing of it is read`, () => {
      const ledger = ledgerWith(all);
      const [events, parts] = [ledger.changes(), membershipOf(ledger).privateParts.size];
      expect(isSignatureValid(partsOf(record))).toBe(true);
      const staged = ledger.stage([record]);
      expect(staged.accepted).toHaveLength(1);
      ledger.commit(staged.accepted);
      expect(ledger.changes()).toEqual(events);
      expect(membershipOf(ledger).privateParts.size).toBe(parts);
    });
  }

  test("a member's words in another library: refused by name", () => {
    const elsewhere = moved(content, phone.keys, { library: "77".repeat(32) as LibraryId });
    expect(ledgerWith(all).stage([elsewhere]).refused).toEqual([
      { id: recordHash(elsewhere), device: phone.keys.device, reason: "it belongs to another library" },
    ]);
  });
});
