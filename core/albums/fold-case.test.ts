import { expect, test } from "vitest";
import { foldCase } from "./fold-case.ts";

test("folds what toLowerCase folds to one unit, in the scripts of the table", () => {
  const stretches = [
    [0x20, 0x17f],
    [0x391, 0x3c9],
    [0x400, 0x45f],
  ] as const;
  // İ becomes two units there, and has no partner here.
  const exceptions = new Set([0x130]);
  for (const [first, last] of stretches) {
    for (let unit = first; unit <= last; unit++) {
      const letter = String.fromCharCode(unit);
      if (!exceptions.has(unit)) expect([unit, foldCase(letter)]).toEqual([unit, letter.toLowerCase()]);
    }
  }
});

test("everything else stays, surrogates too", () => {
  expect(foldCase("ÀB🙂ⒶŒẞ")).toBe("àb🙂Ⓐœẞ");
});
