import { describe, expect, test } from "vitest";
import type { DeviceId, EpochId, RecordHash } from "../ids/ids.ts";
import { decodeCbor, encodeCbor, type CborValue } from "../primitives/cbor.ts";
import { encodePrivatePart, frontierToCbor, parsePrivatePart, parseSeen, type PrivatePart } from "./private-part.ts";

const id = (value: number): Uint8Array => new Uint8Array(32).fill(value);
const [device, epoch, hash] = ["11", "22", "33"].map((byte) => byte.repeat(32)) as [DeviceId, EpochId, RecordHash];
const part: PrivatePart = {
  at: 1_764_000_000_000,
  names: [{ device, name: "Laptop" }],
  wraps: [{ epoch, key: id(9) }],
  seen: [{ device, sequence: 7, hash }],
};
const map = { v: 1, at: part.at, names: [[id(0x11), "Laptop"]], wraps: [[id(0x22), id(9)]], seen: [[id(0x11), 7, id(0x33)]] };
const reads = (changed: Record<string, CborValue>): boolean => parsePrivatePart(encodeCbor({ ...map, ...changed })) !== null;

test("a private part is the map of its fields, and reads back", () => {
  expect(decodeCbor(encodePrivatePart(part))).toEqual({ ok: true, value: map });
  expect(parsePrivatePart(encodePrivatePart(part))).toEqual(part);
  const empty: PrivatePart = { at: 0, names: [], wraps: [], seen: [] };
  expect(parsePrivatePart(encodePrivatePart(empty))).toEqual(empty);
});

describe("none is", () => {
  test("what is no map, of another version, or has a field too few or too many", () => {
    expect(parsePrivatePart(new Uint8Array([255]))).toBeNull();
    expect(parsePrivatePart(encodeCbor([1]))).toBeNull();
    for (const v of [0, 2, "1"]) expect(reads({ v })).toBe(false);
    expect(reads({ more: 1 })).toBe(false);
    for (const key of Object.keys(map)) {
      const { [key as keyof typeof map]: _, ...rest } = map;
      expect(parsePrivatePart(encodeCbor(rest)), key).toBeNull();
    }
  });

  test("a time that is no number", () => {
    for (const at of ["1", null, id(1)]) expect(reads({ at })).toBe(false);
    expect(reads({ at: -1 })).toBe(true);
  });

  test("a name of no device, of another type, or longer than 100", () => {
    const named = (...names: readonly CborValue[]): boolean => reads({ names });
    for (const wrong of [["x", "A"], [id(1).subarray(1), "A"], [id(1), 5], [id(1), id(1)], [id(1)], [id(1), "A", "B"], "A"]) {
      expect(named(wrong)).toBe(false);
      expect(named([id(1), "A"], wrong)).toBe(false);
    }
    expect(named([id(1), "A".repeat(100)])).toBe(true);
    expect(named([id(1), "A".repeat(101)])).toBe(false);
    expect(reads({ names: "A" })).toBe(false);
  });

  test("a wrap of no epoch, or of what is no key", () => {
    const wrapped = (wrap: CborValue): boolean => reads({ wraps: [wrap] });
    expect(wrapped([id(1), id(2)])).toBe(true);
    for (const wrong of [
      ["x", id(2)],
      [id(1), id(2).subarray(1)],
      [id(1), new Uint8Array(33)],
      [id(1), "k".repeat(32)],
      [id(1)],
    ]) {
      expect(wrapped(wrong)).toBe(false);
    }
  });

  test("a list of more than 1,000", () => {
    const many = (count: number, entry: CborValue): CborValue => Array.from({ length: count }, () => entry);
    for (const [list, entry] of Object.entries({ names: map.names[0], wraps: map.wraps[0], seen: map.seen[0] })) {
      expect(reads({ [list]: many(1000, entry as CborValue) }), list).toBe(true);
      expect(reads({ [list]: many(1001, entry as CborValue) }), list).toBe(false);
    }
  });
});

test("a frontier has a device, a sequence from 1 and a hash", () => {
  const frontier = { device, sequence: 1, hash };
  expect(parseSeen([frontierToCbor(frontier), frontierToCbor({ ...frontier, sequence: 2 })])).toEqual([
    frontier,
    { ...frontier, sequence: 2 },
  ]);
  expect(parseSeen([])).toEqual([]);
  for (const wrong of [
    ["x", 1, id(1)],
    [id(1), 0, id(1)],
    [id(1), "1", id(1)],
    [id(1), 1, "x"],
    [id(1), 1],
    [id(1), 1, id(1), 1],
    5,
  ]) {
    expect(parseSeen([wrong as CborValue])).toBeNull();
  }
  expect(parseSeen("x")).toBeNull();
  expect(reads({ seen: [[id(1), 0, id(1)]] })).toBe(false);
});
