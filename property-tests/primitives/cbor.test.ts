import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { concatBytes, utf8 } from "@albumen/core/primitives/bytes.ts";
import { type CborValue, decodeCbor, encodeCbor } from "@albumen/core/primitives/cbor.ts";
import { decodeSlowly, encodeSlowly } from "./cbor-twin.ts";

const seed = 19;
const edges = [0, 23, 24, 255, 256, 65_535, 65_536, 0xffff_ffff, 0x1_0000_0000, Number.MAX_SAFE_INTEGER];
const number = fc.oneof(fc.constantFrom(...edges, ...edges.map((edge) => -edge - 1).slice(0, -1)), fc.maxSafeInteger());
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ minLength: 60, maxLength: 70 }),
  fc.constantFrom("__proto__", "é"),
);
const value = fc.letrec<{ tree: CborValue }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    fc.oneof(fc.boolean(), fc.constant(null), number, text, fc.uint8Array({ maxLength: 40 })),
    fc.array(tie("tree"), { maxLength: 5 }),
    fc.dictionary(fc.oneof(fc.string({ maxLength: 3 }), fc.string({ minLength: 20, maxLength: 30 })), tie("tree"), {
      maxKeys: 5,
    }),
  ),
})).tree;

/** Both decoders say the same of `bytes`. */
function expectTwins(bytes: Uint8Array): void {
  const decoded = decodeCbor(bytes);
  const [ours, theirs] = [decoded.ok ? decoded.value : undefined, decodeSlowly(bytes)];
  // The plain comparison first, for it is much faster.
  if (!isDeepStrictEqual(ours, theirs)) expect(ours).toEqual(theirs);
}

test("both encoders write the same, and both decoders read the same of it", () => {
  fc.assert(
    fc.property(value, (original) => {
      const bytes = encodeCbor(original);
      expect(bytes).toEqual(encodeSlowly(original));
      expectTwins(bytes);
    }),
    { seed, numRuns: 2000 },
  );
});

test("of damaged encodings both read the same, or both nothing", () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom("put", "insert", "cut")), {
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(value, damage, (original, steps) => {
      let bytes = encodeCbor(original);
      for (const [place, byte, step] of steps) {
        const at = place % (bytes.length + 1);
        const rest = bytes.subarray(step === "insert" ? at : at + 1);
        bytes = concatBytes(bytes.subarray(0, at), step === "cut" ? new Uint8Array(0) : Uint8Array.of(byte), rest);
      }
      expectTwins(bytes);
    }),
    { seed, numRuns: 5000 },
  );
});

test("of all inputs of one and two bytes, and of every head with a longer argument, both say the same", () => {
  for (let first = 0; first < 256; first++) {
    expectTwins(Uint8Array.of(first));
    for (let second = 0; second < 256; second++) expectTwins(Uint8Array.of(first, second));
    for (const edge of edges) {
      const argument = Array.from({ length: 8 }, (_, at) => Math.floor(edge / 256 ** (7 - at)) & 255);
      for (const size of [2, 4, 8]) expectTwins(Uint8Array.of(first, ...argument.slice(8 - size)));
    }
  }
});

test("nesting ends at 32, and a list that claims more than there is reads nothing", () => {
  const nested = (depth: number): Uint8Array => concatBytes(new Uint8Array(depth).fill(0x81), Uint8Array.of(0));
  for (const depth of [31, 32, 33, 5000]) expectTwins(nested(depth));
  for (const depth of [31, 32, 33]) expectTwins(concatBytes(new Uint8Array(depth - 1).fill(0x81), Uint8Array.of(0x80)));
  expect(decodeCbor(nested(32)).ok).toBe(true);
  expect(decodeCbor(nested(33)).ok).toBe(false);
  for (const claim of ["9b001fffffffffffff", "9affffffff", "bb001fffffffffffff", "5b001fffffffffffff", "7affffffff"]) {
    expect(decodeCbor(Uint8Array.from(Buffer.from(claim, "hex"))).ok).toBe(false);
  }
});

test("keys of maps: shorter heads first, then bytewise; text only, each once", () => {
  const map = (...keys: readonly string[]): Uint8Array =>
    concatBytes(Uint8Array.of(0xa0 + keys.length), ...keys.flatMap((key) => [encodeCbor(key), Uint8Array.of(1)]));
  for (const keys of [["a", "b"], ["b", "a"], ["a", "a"], ["b", "aa"], ["aa", "b"], ["__proto__"], ["é", "z"], ["z", "é"]]) {
    expectTwins(map(...keys));
  }
  expect(decodeCbor(map("b", "aa")).ok).toBe(true);
  expectTwins(concatBytes(Uint8Array.of(0xa1, 0x41), utf8("a"), Uint8Array.of(1)));
});
