/** Days of the Gregorian calendar as text and as a count, in integers: no clock, no zone. */

const daysByMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Whether `text` is a real "YYYY", "YYYY-MM" or "YYYY-MM-DD". */
export function isDatePrefix(text: string): boolean {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  if (match === null) return false;
  const month = match[2] === undefined ? 1 : Number(match[2]);
  const day = match[3] === undefined ? 1 : Number(match[3]);
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= (daysByMonth[month - 1] ?? 0) + (month === 2 && isLeapYear(Number(match[1])) ? 1 : 0);
}

/** Days from 0000-03-01 to the day at the beginning of `text`, or null where it does not begin with "YYYY-MM-DD". */
export function dayNumber(text: string): number | null {
  if (text.length < 10 || !isDatePrefix(text.slice(0, 10))) return null;
  const month = Number(text.slice(5, 7));
  // Years begin in March, so that the leap day is the last of its year.
  const year = Number(text.slice(0, 4)) - (month <= 2 ? 1 : 0);
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + Number(text.slice(8, 10)) - 1;
  return 365 * year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + dayOfYear;
}

/** The day "YYYY-MM-DD" in UTC of a time in milliseconds since 1970; times outside of the years 0 … 9999 are "an unknown day". */
export function dayOfMilliseconds(at: number): string {
  const days = Math.floor(at / 86_400_000) + 719_468;
  const era = Math.floor(days / 146_097);
  const dayOfEra = days - era * 146_097;
  const leaps = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leaps) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + 400 * era + (month <= 2 ? 1 : 0);
  if (!(year >= 0 && year <= 9999)) return "an unknown day";
  return `${year.toString().padStart(4, "0")}-${month.toString().padStart(2, "0")}-${day.toString().padStart(2, "0")}`;
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
