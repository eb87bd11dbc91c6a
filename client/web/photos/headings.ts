/**
 * How finely a timeline is divided, by how many photos there are: months where they are full, years where months are sparse,
 * nothing where even years are. What the headings do not say, the labels of days do.
 */
import type { PhotoView } from "../model/types.ts";
import { dayOf, monthOf } from "../model/words.ts";

/** Photos that a heading should have beneath it on average. */
const enough = 5;

/** What stands over photos. */
export interface Headings {
  /** The name of the part that holds a photo: equal text, same part. Null where there are no headings. */
  readonly part: (photo: PhotoView) => string | null;
  readonly day: (photo: PhotoView) => string | null;
}

/** The headings that suit `photos`. */
export function headingsFor(photos: readonly PhotoView[]): Headings {
  const dated = photos.flatMap(({ taken }) => taken ?? []);
  const full = (length: number): boolean => dated.length >= enough * new Set(dated.map((taken) => taken.slice(0, length))).size;
  if (full(7)) return { part: ({ taken }) => monthOf(taken) ?? "Without a date", day: ({ taken }) => dayOf(taken, "short") };
  if (full(4)) return { part: ({ taken }) => taken?.slice(0, 4) ?? "Without a date", day: ({ taken }) => dayOf(taken, "short") };
  return { part: () => null, day: ({ taken }) => dayOf(taken, "long") };
}
