import { expect, test } from "vitest";
import { parseRange } from "./range.ts";

test.each([
  [undefined, 10, null],
  ["bytes=0-0", 10, { start: 0, end: 1 }],
  ["bytes=3-", 10, { start: 3, end: 10 }],
  ["bytes=3-99", 10, { start: 3, end: 10 }],
  ["bytes=-4", 10, { start: 6, end: 10 }],
  ["bytes=-99", 10, { start: 0, end: 10 }],
  ["bytes=-0", 10, "unsatisfiable"],
  ["bytes=10-", 10, "unsatisfiable"],
  ["bytes=0-", 0, "unsatisfiable"],
  ["bytes=5-4", 10, null],
  ["bytes=-", 10, null],
  ["bytes=1-2,4-5", 10, null],
  ["bytes= 1-2", 10, null],
  ["items=1-2", 10, null],
  ["bytes=1234567890123456-", 10, null],
] as const)("the range %j of %d bytes is %j", (header, size, range) => {
  expect(parseRange(header, size)).toEqual(range);
});
