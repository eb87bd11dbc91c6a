import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rationalEntry, shortEntry, textEntry, tiff } from "../testing/pictures.ts";
import { readMetadata } from "./exif.ts";

const taken = (...entries: Parameters<typeof textEntry>[]): string | null =>
  readMetadata(
    tiff(
      [],
      entries.map((entry) => textEntry(...entry)),
    ),
  ).taken;
const gps = (south: boolean, latitude: readonly number[], longitude: readonly number[]) =>
  readMetadata(
    tiff(
      [],
      [],
      [textEntry(1, south ? "S" : "N"), rationalEntry(2, ...latitude), textEntry(3, "E"), rationalEntry(4, ...longitude)],
    ),
  ).place;

describe("capture time stays wall-clock text", () => {
  test("with the offset that the file has", () => {
    expect(taken([0x9003, "2024:06:30 23:59:58"], [0x9011, "+05:30"])).toBe("2024-06-30T23:59:58+05:30");
  });
  test("without an offset where it has none or a broken one", () => {
    expect(taken([0x9003, "2024:06:30 23:59:58"])).toBe("2024-06-30T23:59:58");
    expect(taken([0x9003, "2024:06:30 23:59:58"], [0x9011, "   :  "])).toBe("2024-06-30T23:59:58");
    expect(taken([0x9003, "2024:06:30 23:59:58"], [0x9011, "+19:00"])).toBe("2024-06-30T23:59:58");
  });
  test("original before digitised before changed", () => {
    const changed = [textEntry(0x132, "2003:01:01 00:00:00")];
    const digitised = textEntry(0x9004, "2002:01:01 00:00:00");
    expect(readMetadata(tiff(changed, [textEntry(0x9003, "2001:01:01 00:00:00"), digitised])).taken).toBe("2001-01-01T00:00:00");
    expect(readMetadata(tiff(changed, [textEntry(0x9003, "0000:00:00 00:00:00"), digitised])).taken).toBe("2002-01-01T00:00:00");
    expect(readMetadata(tiff(changed)).taken).toBe("2003-01-01T00:00:00");
  });
  test.each(["2023:02:29 10:00:00", "2024:13:01 10:00:00", "2024:01:01 24:00:00", "    :  :     :  :  ", "yesterday"])(
    "not a date: %s",
    (text) => {
      expect(taken([0x9003, text])).toBeNull();
    },
  );
  test("29 February of a leap year is a date", () => {
    expect(taken([0x9003, "2024:02:29 10:00:00"])).toBe("2024-02-29T10:00:00");
  });
});

describe("places are exact integers", () => {
  test("degrees, minutes and seconds, rounded half up", () => {
    expect(gps(true, [39, 1, 6, 1, 5400, 100], [108, 1, 24, 1, 3486, 1000])).toEqual({
      latitude: -391150000,
      longitude: 1084009683,
    });
  });
  test("numerators of 32 bits", () => {
    expect(gps(false, [377749000, 10000000, 0, 1, 0, 1], [4294967295, 4294967295, 0, 1, 0, 1])).toEqual({
      latitude: 377749000,
      longitude: 10000000,
    });
  });
  test("seconds of 0/0 count as none", () => {
    expect(gps(false, [12, 1, 30, 1, 0, 0], [1, 1, 0, 1, 0, 0])).toEqual({ latitude: 125000000, longitude: 10000000 });
  });
  test.each([
    ["a zero denominator", [1, 0, 0, 1, 0, 1], [1, 1, 0, 1, 0, 1]],
    ["0, 0", [0, 1, 0, 1, 0, 1], [0, 1, 0, 1, 0, 1]],
    ["beyond the pole", [91, 1, 0, 1, 0, 1], [1, 1, 0, 1, 0, 1]],
    ["beyond the date line", [1, 1, 0, 1, 0, 1], [181, 1, 0, 1, 0, 1]],
    ["too few parts", [1, 1], [1, 1]],
  ])("none: %s", (_, latitude, longitude) => {
    expect(gps(false, latitude, longitude)).toBeNull();
  });
  test("none without a reference", () => {
    expect(readMetadata(tiff([], [], [rationalEntry(2, 1, 1, 1, 1, 1, 1)])).place).toBeNull();
  });
});

describe("camera and orientation", () => {
  test("maker and model, trimmed, without control characters", () => {
    expect(readMetadata(tiff([textEntry(0x10f, " Acme\x01 "), textEntry(0x110, "One  ")])).camera).toBe("Acme One");
    expect(readMetadata(tiff([textEntry(0x110, "Zw\xf6lf")])).camera).toBe("Zwölf");
    expect(readMetadata(tiff([textEntry(0x10f, "x".repeat(300)), textEntry(0x110, "y".repeat(300))])).camera).toHaveLength(199);
    expect(readMetadata(tiff([textEntry(0x10f, "  ")])).camera).toBeNull();
  });
  test("orientation out of range is 1", () => {
    expect([0, 1, 6, 8, 9].map((value) => readMetadata(tiff([shortEntry(0x112, value)])).orientation)).toEqual([1, 1, 6, 8, 1]);
  });
});

test("any bytes are read without an exception", () => {
  const whole = tiff(
    [textEntry(0x10f, "Acme"), shortEntry(0x112, 6)],
    [textEntry(0x9003, "2024:06:30 23:59:58")],
    [rationalEntry(2, 1, 1, 1, 1, 1, 1)],
  );
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, value, length) => {
      const damaged = whole.slice();
      damaged[at] = value;
      const { orientation } = readMetadata(damaged.subarray(0, length));
      expect(orientation).toBeGreaterThanOrEqual(1);
      expect(orientation).toBeLessThanOrEqual(8);
    }),
  );
});
