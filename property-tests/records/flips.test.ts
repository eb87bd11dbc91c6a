/** Law 12: a record with any bit of any byte flipped is refused, and leaves no trace but its own name. */
import { describe, expect, test } from "vitest";
import { recordHash } from "@albumen/core/crypto/verify.ts";
import { createSealedLog, ledgerState } from "../arbitraries/sealed-log.ts";

const { records, ledgerWith } = createSealedLog(12);
function flipsOf(bytes: Uint8Array, bits: readonly number[]): readonly Uint8Array[] {
  return bits.flatMap((bit) =>
    Array.from(bytes, (byte, at) => {
      const flipped = bytes.slice();
      flipped[at] = byte ^ bit;
      return flipped;
    }),
  );
}

test("the log has every kind of record", () => {
  const kinds = ["create", "add", "add of words", "rotate", "ask", "seal", "seal of the secret", "remove", "keep", "content"];
  expect(records.map(({ what }) => what)).toEqual(expect.arrayContaining(kinds));
  expect(ledgerWith(records.map(({ bytes }) => bytes)).apart()).toEqual([]);
});

/** Stages `bytes` with bits flipped over a ledger that holds `held`. */
function expectRefused(held: readonly Uint8Array[], bytes: Uint8Array, bits: readonly number[]): void {
  const ledger = ledgerWith(held);
  const state = ledgerState(ledger);
  const membership = ledger.membership();
  const flips = flipsOf(bytes, bits);
  const staged = ledger.stage([...held, ...flips]);
  expect(staged.accepted).toEqual([]);
  expect(staged.duplicates).toBe(held.length);
  expect(staged.refused.map(({ id }) => id).sort()).toEqual(flips.map(recordHash).sort());
  ledger.commit(staged.accepted);
  expect(ledgerState(ledger)).toEqual(state);
  expect(ledger.membership()).toBe(membership);
  // The record itself is taken as ever.
  expect(ledger.stage([bytes]).accepted.map(({ hash }) => hash)).toEqual([recordHash(bytes)]);
}

describe("a flip of a bit is refused, and nothing changes", () => {
  for (const [at, { what, bytes }] of records.entries()) {
    const before = records.slice(0, at).map((record) => record.bytes);
    const after = records.slice(at + 1).map((record) => record.bytes);
    test(`in "${what}", ${bytes.length} bytes`, () => {
      // Every bit of what there will be a hundred thousand of.
      expectRefused(before, bytes, what === "content" ? [1, 2, 4, 8, 16, 32, 64, 128] : [1, 16, 128]);
      // Nor do the records that follow it vouch for it.
      expectRefused([...before, ...after], bytes, [4]);
    });
  }
});
