import { describe, expect, test } from "vitest";
import { createReader } from "../change-reader.ts";
import { hexToBytes } from "../../primitives/bytes.ts";
import { readBooleans, readRuns } from "./run-lengths.ts";

const readerOf = (hex: string): ReturnType<typeof createReader> => {
  const bytes = hexToBytes(hex) ?? new Uint8Array(0);
  return createReader(bytes, 0, bytes.length);
};
const runs = (hex: string): readonly (string | number | null)[] => {
  const reader = readerOf(hex);
  return readRuns(reader, reader.unsigned);
};

describe("runs of numbers", () => {
  test.each([
    ["a run", "0305", [5, 5, 5]],
    ["different values", "7d010203", [1, 2, 3]],
    ["nulls between values", "7f0100027f02", [1, null, null, 2]],
    ["a run after other values, and others after it", "7e010203037f04", [1, 2, 3, 3, 3, 4]],
  ])("%s", (_, hex, values) => {
    expect(runs(hex)).toEqual(values);
  });

  test.each([
    ["a run of one", "0105"],
    ["two runs of one value", "02050205"],
    ["two lists of different values", "7f017f02"],
    ["a value twice in a list of different ones", "7e0505"],
    ["a list that ends with the value of the run after it", "7e01020302"],
    ["a run and a list that begins with its value", "02057e0506"],
    ["two runs of nulls", "00010002020503"],
    ["a run of no nulls", "00007f01"],
    ["nothing but nulls", "0003"],
    ["nothing", ""],
    ["a number that is not in its shortest form", "7f8100"],
    ["a length that is not in its shortest form", "830005"],
    ["an early end", "03"],
  ])("not: %s", (_, hex) => {
    expect(() => runs(hex)).toThrow();
  });
});

describe("runs of booleans", () => {
  test.each([
    ["false, then true", "0201", [false, false, true]],
    ["true first", "0001", [true]],
    ["nothing", "", []],
  ])("%s", (_, hex, values) => {
    expect(readBooleans(readerOf(hex))).toEqual(values);
  });

  test.each([
    ["no true between falses", "020001"],
    ["nothing at the beginning and then nothing", "00"],
    ["nothing at the end", "0200"],
  ])("not: %s", (_, hex) => {
    expect(() => readBooleans(readerOf(hex))).toThrow();
  });
});
