import fc from "fast-check";
import { expect, test } from "vitest";
import { compareText } from "@albumen/core/primitives/bytes.ts";
import { sortByText, sortInBuckets } from "@albumen/core/primitives/sorting.ts";

const seed = 23;

test("by text: any texts, in the order of code units, equal ones as they came", () => {
  const hex = fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), maxLength: 5 });
  const any = fc.oneof(hex, fc.string({ unit: "binary", maxLength: 4 }), fc.constantFrom("", "/", ":", "`", "g", "é", "￿"));
  const items = fc.array(any, { minLength: 500, maxLength: 2000, size: "max" });
  fc.assert(
    fc.property(items, (texts) => {
      const given = texts.map((text, at) => ({ text, at }));
      const sorted = sortByText(given, ({ text }) => text);
      expect(sorted).toEqual([...given].sort((a, b) => compareText(a.text, b.text)));
    }),
    { seed, numRuns: 50 },
  );
});

test("in buckets: the last bucket may hold what is beyond all others", () => {
  const items = fc.array(fc.nat(5000), { minLength: 600, maxLength: 1500, size: "max" });
  fc.assert(
    fc.property(items, fc.integer({ min: 1, max: 3000 }), (numbers, limit) => {
      const sorted = sortInBuckets(
        numbers,
        limit + 1,
        (number) => Math.min(number, limit),
        (a, b) => a - b,
      );
      expect(sorted).toEqual([...numbers].sort((a, b) => a - b));
    }),
    { seed, numRuns: 50 },
  );
});
