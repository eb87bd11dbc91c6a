import { expect, test } from "vitest";
import type { VerifiedRecord } from "../facts/verified-record.ts";
import type { DeviceId, RecordHash } from "../ids/ids.ts";
import { findCausalPasts } from "./causal-past.ts";

const record = (hash: string, previous: string | null, ...seen: readonly string[]): VerifiedRecord => ({
  hash: hash as RecordHash,
  device: "device" as DeviceId,
  sequence: 1,
  previous: previous as RecordHash | null,
  seen: seen.map((other) => ({ device: "other" as DeviceId, sequence: 1, hash: other as RecordHash })),
  events: [],
});

// a1 ← a2 ← a3, b1 ← b2; b2 has seen a2, a3 has seen b1; c2 follows a record that is not here.
const records = [
  record("a1", null),
  record("a2", "a1"),
  record("a3", "a2", "b1"),
  record("b1", null),
  record("b2", "b1", "a2"),
  record("c2", "c1"),
];

test("the past is the own chain and what was seen, transitively, and never the record itself", () => {
  const hashes = records.map(({ hash }) => hash);
  const past = findCausalPasts(records, hashes);
  const pasts = hashes.map((later) => [later, hashes.filter((earlier) => past(later, earlier)).join(" ")]);
  expect(Object.fromEntries(pasts)).toEqual({ a1: "", a2: "a1", a3: "a1 a2 b1", b1: "", b2: "a1 a2 b1", c2: "" });
});

test("more than 32 pasts at once, in any order of records", () => {
  const chain = Array.from({ length: 100 }, (_, i) => record(`r${i}`, i === 0 ? null : `r${i - 1}`));
  const past = findCausalPasts(
    [...chain].reverse(),
    chain.map(({ hash }) => hash),
  );
  for (const [i, later] of chain.entries()) {
    for (const [j, earlier] of chain.entries()) expect(past(later.hash, earlier.hash)).toBe(j < i);
  }
});

test("asking for a past that was not computed is a defect", () => {
  expect(() => findCausalPasts(records, [])("a1" as RecordHash, "a2" as RecordHash)).toThrow(RangeError);
});
