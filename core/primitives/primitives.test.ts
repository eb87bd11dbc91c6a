import fc from "fast-check";
import { expect, test } from "vitest";
import { base64urlToBytes, bytesToBase64url, bytesToHex, bytesToU64, compareBytes, hexToBytes, u64ToBytes } from "./bytes.ts";
import { decodeCbor, encodeCbor, type CborValue } from "./cbor.ts";
import { padmeLength } from "./padme.ts";

const leaf = fc.oneof(fc.constant(null), fc.boolean(), fc.maxSafeInteger(), fc.string({ unit: "grapheme" }), fc.uint8Array());
const value: fc.Arbitrary<CborValue> = fc.letrec<{ tree: CborValue }>((tie) => ({
  tree: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie("tree")), fc.dictionary(fc.string(), tie("tree"))),
})).tree;

test("canonical CBOR: decode of encode is the identity, whatever the order of keys", () => {
  fc.assert(
    fc.property(value, (original) => {
      const bytes = encodeCbor(original);
      const decoded = decodeCbor(bytes);
      expect(decoded.ok && encodeCbor(decoded.value)).toEqual(bytes);
    }),
    { seed: 5 },
  );
  expect(encodeCbor({ b: 1, a: 2, aa: 3 })).toEqual(encodeCbor({ aa: 3, a: 2, b: 1 }));
});

const refused: readonly (readonly [string, string])[] = [
  ["an integer that is not in its shortest form", "1801"],
  ["a float", "f93c00"],
  ["an array of indefinite length", "9f01ff"],
  ["keys out of order", "a2616201616101"],
  ["a key twice", "a2616101616102"],
  ["a key that is not text", "a10101"],
  ["a tag", "c000"],
  ["undefined", "f7"],
  ["an integer beyond 2^53", "1b0020000000000000"],
  ["bytes after the value", "0000"],
  ["nothing", ""],
  ["text that is not UTF-8", "61ff"],
  ["nesting beyond 32", `${"81".repeat(40)}00`],
  ["nesting that would exhaust a stack", `${"81".repeat(200_000)}00`],
];
for (const [what, hex] of refused) {
  test(`canonical CBOR refuses ${what}`, () => {
    expect(decodeCbor(hexToBytes(hex) ?? new Uint8Array(0)).ok).toBe(false);
  });
}

test("canonical CBOR refuses to write a fraction", () => {
  expect(() => encodeCbor({ a: 0.5 })).toThrow(RangeError);
  expect(() => encodeCbor(-0)).toThrow(RangeError);
});

test("hex and base64url read back what they wrote, and nothing else", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(hexToBytes(bytesToHex(bytes))).toEqual(bytes);
      expect(base64urlToBytes(bytesToBase64url(bytes))).toEqual(bytes);
      expect(bytesToBase64url(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
    }),
    { seed: 6 },
  );
  expect([hexToBytes("0"), hexToBytes("AA"), base64urlToBytes("A"), base64urlToBytes("AB"), base64urlToBytes("A+")]).toEqual(
    Array.from({ length: 5 }, () => null),
  );
});

test("64-bit integers keep every safe integer and refuse what is beyond", () => {
  for (const number of [0, 1, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER]) expect(bytesToU64(u64ToBytes(number))).toBe(number);
  expect(bytesToU64(new Uint8Array(8).fill(255))).toBeNull();
  expect(() => u64ToBytes(-1)).toThrow(RangeError);
});

test("bytes order as their hex does", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 4 }), fc.uint8Array({ maxLength: 4 }), (a, b) => {
      const byText = bytesToHex(a) < bytesToHex(b) ? -1 : bytesToHex(a) > bytesToHex(b) ? 1 : 0;
      expect(Math.sign(compareBytes(a, b))).toBe(byText);
    }),
    { seed: 8 },
  );
});

test("PADMÉ: monotone, idempotent, at most 12 % more, and few lengths", () => {
  const lengths = new Set<number>();
  for (let length = 0; length < 20_000; length++) {
    const padded = padmeLength(length);
    lengths.add(padded);
    expect(padded).toBeGreaterThanOrEqual(length);
    expect(padded).toBeLessThanOrEqual(Math.ceil(length * 1.12));
    expect(padmeLength(padded)).toBe(padded);
  }
  expect(lengths.size).toBeLessThan(200);
});
