import { expect, test } from "vitest";
import type { DeviceId, RecordHash } from "../ids/ids.ts";
import { factId } from "./fact-id.ts";

const device = "01".repeat(32) as DeviceId;
const previous = "02".repeat(32) as RecordHash;
const bytes = new Uint8Array([1, 2, 3]);

test("a fact's id depends on its author, its place in the log, its index and its bytes", () => {
  const ids = [
    factId(device, previous, 0, bytes),
    factId("03".repeat(32) as DeviceId, previous, 0, bytes),
    factId(device, null, 0, bytes),
    factId(device, previous, 1, bytes),
    factId(device, previous, 0, new Uint8Array([1, 2, 4])),
  ];
  expect(new Set(ids).size).toBe(5);
  expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
});

test("the layout is frozen", () => {
  expect(factId(device, previous, 258, bytes)).toMatchInlineSnapshot(`"c6c8052b89515a946bdec4de704e9dbf"`);
  expect(factId(device, null, 0, bytes)).toBe(factId(device, "00".repeat(32) as RecordHash, 0, bytes));
});
