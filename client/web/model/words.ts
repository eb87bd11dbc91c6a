/** How numbers, days and names are said on screen. Capture times are wall-clock text and are never moved between time zones. */
import type { PersonView } from "./types.ts";

const monthFormat = new Intl.DateTimeFormat(undefined, { month: "long", year: "numeric", timeZone: "UTC" });
const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
const dateFormat = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const takenFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "short", timeZone: "UTC" });
const momentFormat = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const numberFormat = new Intl.NumberFormat();

/** "1 photo", "1,204 photos". */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${numberText(amount)} ${amount === 1 ? one : many}`;
}

/** "1,204". */
export function numberText(amount: number): string {
  return numberFormat.format(amount);
}

/** What a person is called where nobody gave a name yet. */
export function personName(person: PersonView | undefined): string {
  return person?.name ?? "Someone without a name";
}

/** "November 2026" for a capture time; null where there is none. */
export function monthOf(taken: string | null): string | null {
  return format(monthFormat, taken);
}

/** "Sat, 14 Nov" or, long, "14 Nov 2026" for a capture time; null where there is none. */
export function dayOf(taken: string | null, length: "short" | "long"): string | null {
  return format(length === "short" ? dayFormat : dateFormat, taken);
}

/** The whole capture time for people. */
export function takenText(taken: string | null): string {
  return format(takenFormat, taken) ?? "No date in the file";
}

/** Day and time of an event on this device's clock; `at` in milliseconds since 1970. */
export function momentText(at: number): string {
  return momentFormat.format(new Date(at));
}

/** "3 min 20 s", "45 s". */
export function durationText(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** "Anna", "Anna and Ben", "Anna, Ben and Carl". */
export function listText(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? "";
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function format(how: Intl.DateTimeFormat, taken: string | null): string | null {
  if (taken === null) return null;
  const time = Date.parse(`${taken.slice(0, 19)}Z`);
  return Number.isNaN(time) ? null : how.format(new Date(time));
}
