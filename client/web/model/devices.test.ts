import { expect, test } from "vitest";
import type { DeviceId } from "@albumen/core/ids/ids.ts";
import type { DeviceView } from "../../engine/api.ts";
import { admittedBy, cameText, namesOf, wentText } from "./devices.ts";
import { momentText } from "./words.ts";

const id = (digit: string): DeviceId => digit.repeat(64) as DeviceId;
const at = Date.UTC(2026, 10, 25, 12);
const device = (digit: string, name: string, more: Partial<DeviceView> = {}): DeviceView => ({
  id: id(digit),
  name,
  self: false,
  removed: false,
  words: false,
  addedBy: null,
  addedAt: at,
  removedBy: null,
  removedAt: null,
  lastActive: at,
  removal: "here",
  ...more,
});

const words = device("a", "Recovery words", { words: true });
const laptop = device("b", "Laptop", { addedBy: words.id, self: true });
const phone = device("c", "Phone", { addedBy: laptop.id, addedAt: at + 1 });
const copy = device("d", "Phone", { addedBy: phone.id, addedAt: null });
const rescued = device("e", "Study", { addedBy: words.id, addedAt: at + 2 });
const all = [words, laptop, phone, copy, rescued];

test("a name that two devices have says which of them is meant", () => {
  const nameOf = namesOf(all);
  expect(all.map((one) => nameOf(one.id))).toEqual([
    "the recovery words",
    "Laptop",
    "Phone (cccccccc)",
    "Phone (dddddddd)",
    "Study",
  ]);
  expect([nameOf(null), nameOf(id("f"))]).toEqual(["somebody", "somebody"]);
});

test("how somebody came: the first with the library, others by whoever added them", () => {
  expect(all.map((one) => cameText(one, all))).toEqual([
    `Since ${momentText(at)}`,
    `Since ${momentText(at)}`,
    `Since ${momentText(at + 1)}, added by Laptop`,
    "Added by Phone (cccccccc)",
    `Since ${momentText(at + 2)}, came back by the recovery words`,
  ]);
  const second = device("9", "Recovery words", { words: true, addedBy: words.id });
  expect(cameText(second, [words, second])).toBe(`Since ${momentText(at)}, added by the recovery words`);
});

test("how somebody went: removed, left, or replaced", () => {
  const gone = (one: DeviceView, removedBy: DeviceId, removedAt: number | null = at): string =>
    wentText({ ...one, removed: true, removedBy, removedAt }, all);
  expect(wentText(phone, all)).toBe("");
  expect(gone(phone, laptop.id)).toBe(`Removed by Laptop on ${momentText(at)}`);
  expect(gone(phone, words.id, null)).toBe("Removed by the recovery words");
  expect(gone(phone, phone.id)).toBe(`Left on ${momentText(at)}`);
  expect(gone(laptop, phone.id)).toBe(`Removed by Phone (cccccccc), heard of on ${momentText(at)}`);
  expect(gone(words, words.id)).toBe(`Replaced by newer words on ${momentText(at)}`);
});

test("whom a device let in, and whom these let in; never this device or whom this one let in", () => {
  expect(admittedBy(phone.id, all)).toEqual([copy]);
  expect(admittedBy(words.id, all)).toEqual([rescued]);
  const later = device("f", "Tablet", { addedBy: copy.id });
  expect(admittedBy(phone.id, [...all, later])).toEqual([copy, later]);
  expect(admittedBy(phone.id, [words, laptop, phone, { ...copy, removed: true }, later])).toEqual([later]);
});
