import fc from "fast-check";
import { expect, test } from "vitest";
import { createColumnReader, createColumnWriter } from "./columns.ts";

const seed = 43;

test("numbers, near numbers and bytes come back as they were", () => {
  const count = fc.oneof(fc.nat(300), fc.maxSafeNat());
  const near = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.maxSafeInteger());
  fc.assert(
    fc.property(fc.array(fc.tuple(count, near, fc.uint8Array({ maxLength: 5 }))), (items) => {
      const writer = createColumnWriter();
      for (const [number, next, bytes] of items) {
        writer.number(number);
        writer.near(next);
        writer.bytes(bytes);
      }
      const reader = createColumnReader(writer.finish());
      for (const [number, next, bytes] of items) {
        expect([reader.number(), reader.near(), reader.bytes(bytes.length)]).toEqual([number, next, bytes]);
      }
      expect(reader.isDone()).toBe(true);
    }),
    { seed, numRuns: 300 },
  );
});

test("what is too short, too long or not in its shortest form breaks the reader for good", () => {
  for (const bytes of [[], [0x80], [0x80, 0x00], [255, 255, 255, 255, 255, 255, 255, 127], new Array<number>(9).fill(0x80)]) {
    const reader = createColumnReader(Uint8Array.from(bytes));
    expect(reader.number()).toBeNaN();
    expect(reader.isDone()).toBe(false);
  }
  const reader = createColumnReader(Uint8Array.of(1, 2));
  expect(reader.bytes(3)).toHaveLength(0);
  expect(reader.bytes(Number.NaN)).toHaveLength(0);
  expect(reader.bytes(2)).toHaveLength(2);
  expect(reader.isDone()).toBe(false);
  // 0 says that eight bytes follow; what could have been written shorter is refused.
  expect(createColumnReader(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0)).near()).toBeNaN();
  expect(createColumnReader(Uint8Array.of(0, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0)).near()).toBeNaN();
});
