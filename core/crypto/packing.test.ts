import { deflateSync } from "fflate";
import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../testing/seeded-random.ts";
import { concatBytes, u32ToBytes } from "../primitives/bytes.ts";
import { padmeLength } from "../primitives/padme.ts";
import { packContent, unpackContent } from "./packing.ts";

test("unpacking gives back what was packed, at a PADMÉ length", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5000 }), (content) => {
      const packed = packContent(content);
      expect(padmeLength(packed.length)).toBe(packed.length);
      expect(unpackContent(packed, 5000)).toEqual({ ok: true, value: content });
    }),
    { seed: 7 },
  );
});

test("inflation stops at the cap, whatever the bytes claim", () => {
  const bomb = packContent(new Uint8Array(50_000_000));
  expect(bomb.length).toBeLessThan(60_000);
  expect(unpackContent(bomb, 1_000_000)).toMatchObject({
    ok: false,
    error: { reason: "it inflates to more than 1000000 bytes" },
  });
});

test("padding that is not zeros, or not of the PADMÉ length, is refused", () => {
  const noise = seededRandom(1)(200);
  const deflated = deflateSync(noise);
  const packed = packContent(noise);
  expect(packed.length).toBeGreaterThan(4 + deflated.length);
  const dirty = packed.slice();
  dirty[dirty.length - 1] = 1;
  expect(unpackContent(packed, 2000).ok).toBe(true);
  expect(unpackContent(dirty, 2000)).toMatchObject({ ok: false, error: { reason: "its padding is not zeros" } });
  expect(unpackContent(concatBytes(packed, new Uint8Array(1)), 2000).ok).toBe(false);
  expect(unpackContent(concatBytes(u32ToBytes(deflated.length), deflated), 2000).ok).toBe(false);
});

test("truncated DEFLATE is refused", () => {
  const deflated = deflateSync(new Uint8Array(300).map((_, at) => at * 31)).subarray(0, 100);
  const packed = new Uint8Array(padmeLength(104));
  packed.set(concatBytes(u32ToBytes(100), deflated));
  expect(unpackContent(packed, 1000).ok).toBe(false);
});
