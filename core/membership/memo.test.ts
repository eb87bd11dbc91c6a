import { expect, test } from "vitest";
import type { DeviceId, RecordHash } from "../ids/ids.ts";
import { createMembershipMemo } from "./memo.ts";

const [first, second] = ["a".repeat(64), "b".repeat(64)] as [RecordHash, RecordHash];
const device = "d".repeat(64) as DeviceId;

test("each signature is checked once, and once more where it stands under another message", () => {
  let checks = 0;
  const verify = createMembershipMemo().remember((_kind, message) => {
    checks++;
    return message[0] === 1;
  });
  const signature = new Uint8Array(64);
  const [good, bad] = [new Uint8Array([1]), new Uint8Array([2])];
  expect([verify("add", good, signature, device), verify("add", new Uint8Array([1]), signature, device)]).toEqual([true, true]);
  expect(checks).toBe(1);
  expect([verify("add", bad, signature, device), verify("add", bad, signature, device)]).toEqual([false, false]);
  expect(checks).toBe(2);
  expect(verify("add", good, new Uint8Array(64), device)).toBe(true);
  expect(checks).toBe(3);
});

test("each box of a record is opened once, also where it holds nothing", () => {
  const memo = createMembershipMemo();
  let opened = 0;
  const open = (key: Uint8Array | null) => () => {
    opened++;
    return key;
  };
  const [one, other] = [new Uint8Array([1]), new Uint8Array([2])];
  expect(memo.box(first, "epoch", open(one))).toBe(one);
  expect(memo.box(first, "epoch", open(other))).toBe(one);
  expect(opened).toBe(1);
  expect(memo.box(first, "secret", open(null))).toBeNull();
  expect(memo.box(first, "secret", open(other))).toBeNull();
  expect(memo.box(first, "seal", open(other))).toBe(other);
  expect(memo.box(second, "epoch", open(other))).toBe(other);
  expect(opened).toBe(4);
});

test("each private part is opened once, also where it is malformed", () => {
  const memo = createMembershipMemo();
  const part = { at: 1, names: [], wraps: [], seen: [] };
  expect(memo.privatePart(first, () => part)).toBe(part);
  expect(memo.privatePart(first, () => null)).toBe(part);
  expect(memo.privatePart(second, () => null)).toBeNull();
  expect(memo.privatePart(second, () => part)).toBeNull();
});
