import { expect, test } from "vitest";
import { dayNumber, dayOfMilliseconds, isDatePrefix } from "./days.ts";

test("years, months and days are told from what only looks like them", () => {
  for (const day of ["2024", "2024-02", "2024-02-29", "2000-02-29", "0000-12-31"])
    expect([day, isDatePrefix(day)]).toEqual([day, true]);
  for (const day of ["", "24", "2024-13", "2024-00", "2023-02-29", "1900-02-29", "2024-04-31", "2024-1", "2024-01-01T"]) {
    expect([day, isDatePrefix(day)]).toEqual([day, false]);
  }
});

test("days count up by one, over ends of months, leap days and centuries", () => {
  const days = [
    "1899-12-31",
    "1900-01-01",
    "1900-02-28",
    "1900-03-01",
    "2000-02-28",
    "2000-02-29",
    "2000-03-01",
    "2023-12-31",
    "2024-01-01",
  ];
  const numbers = days.map((day) => dayNumber(day) ?? 0);
  expect(numbers.map((number) => number - (numbers[0] ?? 0))).toEqual(
    days.map((day) => (Date.parse(day) - Date.parse("1899-12-31")) / 86_400_000),
  );
  expect(dayNumber("2024-01-01T12:00:00")).toBe(dayNumber("2024-01-01"));
  expect(dayNumber("2024-01")).toBeNull();
});

test("the day of a time is that of UTC", () => {
  for (let at = -62_000_000_000_000; at < 250_000_000_000_000; at += 1_234_567_890_123) {
    expect(dayOfMilliseconds(at)).toBe(new Date(at).toISOString().slice(0, 10));
  }
  expect(dayOfMilliseconds(Number.MAX_SAFE_INTEGER)).toBe("an unknown day");
});
