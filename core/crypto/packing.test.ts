import { deflateSync } from "fflate";
import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../testing/seeded-random.ts";
import { concatBytes, u32ToBytes, utf8 } from "../primitives/bytes.ts";
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
  expect(unpackContent(dirty, 2000)).toEqual(refusal("its padding is not zeros"));
  const unpadded = refusal("it is not padded as it must be");
  expect(unpackContent(concatBytes(packed, new Uint8Array(1)), 2000)).toEqual(unpadded);
  expect(unpackContent(concatBytes(u32ToBytes(deflated.length), deflated), 2000)).toEqual(unpadded);
});

test("a length that does not fit is refused", () => {
  for (const packed of [
    new Uint8Array(0),
    new Uint8Array(3),
    concatBytes(u32ToBytes(5), new Uint8Array(4)),
    u32ToBytes(2 ** 31),
  ]) {
    expect(unpackContent(packed, 1000)).toEqual(refusal("its length does not fit"));
  }
});

test("truncated DEFLATE is refused, also where it ends with the last bytes that are fed", () => {
  const deflated = deflateSync(new Uint8Array(300).map((_, at) => at * 31)).subarray(0, 100);
  expect(unpackContent(padded(deflated), 1000)).toEqual(refusal("it does not inflate"));
  expect(unpackContent(padded(storedBlock(251, false)), 1000)).toEqual(refusal("it does not inflate"));
  expect(unpackContent(padded(storedBlock(251, true)), 1000)).toEqual({ ok: true, value: new Uint8Array(251).fill(6) });
});

test("the cap is the last size that is inflated", () => {
  const packed = packContent(new Uint8Array(1000));
  expect(unpackContent(packed, 1000).ok).toBe(true);
  expect(unpackContent(packed, 999)).toEqual(refusal("it inflates to more than 999 bytes"));
  // Blocks of 256 bytes, which is what the inflater is fed at a time; the last is none.
  const blocks = concatBytes(storedBlock(251, false), storedBlock(251, false), storedBlock(251, true));
  expect(unpackContent(padded(blocks), 251)).toEqual(refusal("it inflates to more than 251 bytes"));
  const broken = concatBytes(storedBlock(251, false), storedBlock(251, false), new Uint8Array(256).fill(0xff));
  expect(unpackContent(padded(broken), 502)).toEqual(refusal("it does not inflate"));
  expect(unpackContent(padded(broken), 501).ok).toBe(false);
});

test("a preset dictionary saves what it shares with a content, and both sides need the same", () => {
  const content = utf8("nameCluster assign createAlbum favourite");
  const dictionary = utf8("favourite createAlbum assign nameCluster");
  const packed = packContent(content, dictionary);
  expect(packed.length).toBeLessThan(packContent(content).length);
  expect(unpackContent(packed, 100, dictionary)).toEqual({ ok: true, value: content });
  expect(unpackContent(packed, 100)).not.toEqual({ ok: true, value: content });
});

function refusal(reason: string): unknown {
  return { ok: false, error: { kind: "malformed-packing", reason } };
}
/** A stored block of DEFLATE (RFC 1951 §3.2.4) with `length` bytes, 5 bytes longer than those. */
function storedBlock(length: number, last: boolean): Uint8Array {
  const [low, high] = [length & 255, length >> 8];
  return concatBytes(Uint8Array.of(last ? 1 : 0, low, high, 255 - low, 255 - high), new Uint8Array(length).fill(6));
}
/** `deflated` packed as it must be, whatever it holds. */
function padded(deflated: Uint8Array): Uint8Array {
  const packed = new Uint8Array(padmeLength(4 + deflated.length));
  packed.set(concatBytes(u32ToBytes(deflated.length), deflated));
  return packed;
}
