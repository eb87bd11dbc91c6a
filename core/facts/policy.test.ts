import { expect, test } from "vitest";
import { encodeCbor } from "../primitives/cbor.ts";
import { isFactBytes, maximalFactBytes } from "./policy.ts";

test("a fact of any kind passes, also one that this version does not know", () => {
  expect(isFactBytes(encodeCbor([24, new Uint8Array(16)]))).toBe(true);
  expect(isFactBytes(encodeCbor([9999, { anything: [1, null] }]))).toBe(true);
});

test("what is not canonical, not a list, without a code, or too large does not pass", () => {
  expect(isFactBytes(new Uint8Array([0x9f, 0x01, 0xff]))).toBe(false);
  expect(isFactBytes(new Uint8Array([0x81, 0x18, 0x01]))).toBe(false);
  expect(isFactBytes(encodeCbor({ code: 1 }))).toBe(false);
  expect(isFactBytes(encodeCbor(["assign"]))).toBe(false);
  expect(isFactBytes(encodeCbor([-1]))).toBe(false);
  expect(isFactBytes(encodeCbor([1, new Uint8Array(maximalFactBytes)]))).toBe(false);
});
