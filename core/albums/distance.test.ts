import { describe, expect, test } from "vitest";
import type { Place } from "../index/index-record.ts";
import { isWithin } from "./distance.ts";

const place = (latitude: number, longitude: number): Place => ({
  latitude: Math.round(latitude * 1e7),
  longitude: Math.round(longitude * 1e7),
});

/** The great circle on the same sphere, in meters. */
function greatCircle(a: Place, b: Place): number {
  const [latA, latB] = [a.latitude, b.latitude].map((value) => (value * Math.PI) / 180e7) as [number, number];
  const apart = ((a.longitude - b.longitude) * Math.PI) / 180e7;
  const half = Math.sin((latA - latB) / 2) ** 2 + Math.cos(latA) * Math.cos(latB) * Math.sin(apart / 2) ** 2;
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(half));
}

describe("distance", () => {
  const pairs: readonly (readonly [string, Place, Place])[] = [
    ["Munich and Berlin", place(48.1371, 11.5754), place(52.52, 13.405)],
    ["both sides of the date line", place(-17.7, 179.9), place(-17.8, -179.8)],
    ["Quito over the equator", place(0.5, -78.5), place(-1.2, -77.9)],
    ["two ends of a street", place(48.1371, 11.5754), place(48.1402, 11.5811)],
    ["Tromsø and Alta", place(69.6492, 18.9553), place(69.9689, 23.2716)],
  ];
  for (const [name, a, b] of pairs) {
    test(`${name}: within half a percent of the great circle`, () => {
      const meters = greatCircle(a, b);
      expect(isWithin(a, b, Math.ceil(meters * 1.005))).toBe(true);
      expect(isWithin(b, a, Math.floor(meters * 0.995))).toBe(false);
    });
  }

  test("a place is within a meter of itself, also at the poles", () => {
    for (const latitude of [-90, -45.5, 0, 90]) expect(isWithin(place(latitude, 180), place(latitude, -180), 1)).toBe(true);
  });
});
