import { expect, test } from "vitest";
import { encodeCbor, type CborValue } from "../primitives/cbor.ts";
import { parseStoredRule } from "./rule-codec.ts";

const stored = (node: CborValue, version: CborValue = 1): Uint8Array => encodeCbor([version, node]);
const nested = (depth: number): CborValue => (depth === 1 ? ["favourite"] : ["not", nested(depth - 1)]);

test("a clause or a version that is not known is refused by name, wherever it stands", () => {
  expect(parseStoredRule(stored(["all", ["favourite"], ["not", ["pets", 2]]]))).toEqual({
    ok: false,
    error: { kind: "newer-rule", reason: 'The rule needs a newer version of Albumen: this one does not know the clause "pets".' },
  });
  expect(parseStoredRule(stored(["favourite"], 2))).toEqual({
    ok: false,
    error: { kind: "newer-rule", reason: "The rule needs a newer version of Albumen: this one does not know version 2." },
  });
});

test("the limits hold in the stored form as well", () => {
  expect(parseStoredRule(stored(nested(16))).ok).toBe(true);
  expect(parseStoredRule(stored(nested(17))).ok).toBe(false);
  const wide = (count: number): CborValue => ["any", ...Array.from({ length: count }, () => ["favourite"])];
  expect(parseStoredRule(stored(wide(199))).ok).toBe(true);
  expect(parseStoredRule(stored(wide(200))).ok).toBe(false);
});

const damaged: readonly CborValue[] = [
  null,
  [],
  ["all", ["favourite"]],
  ["not"],
  ["not", ["favourite"], ["favourite"]],
  ["person", new Uint8Array(15)],
  ["person", new Uint8Array(16), 1],
  ["only"],
  ["faces", 2, 1],
  ["faces", null, 1],
  ["taken", "2024-13", null],
  ["taken", null, null],
  ["recent", -1],
  ["within", 900_000_001, 0, 5],
  ["camera", ""],
  ["favourite", 1],
];
for (const node of damaged) {
  test(`${JSON.stringify(node)} is damaged`, () => {
    expect(parseStoredRule(stored(node))).toMatchObject({ ok: false, error: { kind: "malformed-rule" } });
  });
}

test("bytes that are no list are damaged", () => {
  expect(parseStoredRule(new Uint8Array([0xff]))).toMatchObject({ ok: false, error: { kind: "malformed-rule" } });
  expect(parseStoredRule(encodeCbor([1, ["favourite"], 1]))).toMatchObject({ ok: false, error: { kind: "malformed-rule" } });
});
