import { expect, test } from "vitest";
import { count, formatTable, textWidth } from "./table.ts";

test("columns are as wide as their widest cell, numbers stand to the right, no line ends in a space", () => {
  const lines = formatTable(
    [{ title: "NAME" }, { title: "FACES", align: "right" }, { title: "ID" }],
    [
      ["Anna", "12", "3fa1"],
      ["Bo", "7", ""],
    ],
  );
  expect(lines).toEqual(["NAME  FACES  ID", "Anna     12  3fa1", "Bo        7"]);
});

test("wide letters and emoji take two cells, combining marks none", () => {
  expect(textWidth("Anna")).toBe(4);
  expect(textWidth("安娜")).toBe(4);
  expect(textWidth("🐶")).toBe(2);
  expect(textWidth("e\u0301")).toBe(1);
});

test("counts have their plural and groups of three digits", () => {
  expect(count(1, "photo")).toBe("1 photo");
  expect(count(0, "photo")).toBe("0 photos");
  expect(count(2, "person", "people")).toBe("2 people");
  expect(count(1234567, "face")).toBe("1,234,567 faces");
});
