/**
 * How finely a timeline is divided, by how many photos there are: months where they are full, years where months are sparse,
 * nothing where even years are. What the headings do not say, the labels of days do.
 *
 * Parts and days are told apart by the first characters of the capture time, and only put into words where one begins, because
 * formatting a date costs more than everything else about a row.
 */
import type { PhotoView } from "../model/types.ts";
import { dayOf, monthOf } from "../model/words.ts";

/** Photos that a heading should have beneath it on average. */
const enough = 5;

/** What stands over photos. */
export interface Headings {
  /** Length of the beginning of a capture time that names a part: 7 for months, 4 for years, 0 for no headings. */
  readonly partLength: 7 | 4 | 0;
  readonly part: (taken: string | null) => string;
  readonly day: (taken: string | null) => string | null;
}

/** The headings that suit `photos`. */
export function headingsFor(photos: readonly PhotoView[]): Headings {
  const dated = photos.flatMap(({ taken }) => taken ?? []);
  const isFull = (length: number): boolean => dated.length >= enough * new Set(dated.map((taken) => taken.slice(0, length))).size;
  const undated = "Without a date";
  const day = (taken: string | null): string | null => dayOf(taken, "short");
  if (isFull(7)) return { partLength: 7, part: (taken) => monthOf(taken) ?? undated, day };
  if (isFull(4)) return { partLength: 4, part: (taken) => taken?.slice(0, 4) ?? undated, day };
  return { partLength: 0, part: () => undated, day: (taken) => dayOf(taken, "long") };
}
