/** Clauses: whether a photo fulfils a leaf of a rule. The one place that decides it, for membership and for explanations. */
import type { PersonId, PhotoId } from "../ids/ids.ts";
import type { Place } from "../index/index-record.ts";
import { dayNumber } from "./days.ts";
import { isWithin } from "./distance.ts";
import { foldCase } from "./fold-case.ts";
import type { Clause } from "./rule.ts";

/** What rules may ask of a photo. */
export interface PhotoFacts {
  readonly id: PhotoId;
  readonly file: string;
  readonly caption: string | null;
  readonly taken: string | null;
  readonly type: string;
  readonly place: Place | null;
  readonly camera: string | null;
  readonly favourite: boolean;
  /** One entry per face that nobody ignored: the class of the person it is, confirmed or sure; null where it is nobody's. */
  readonly faces: readonly (PersonId | null)[];
}

/** What clauses need beside the photo. */
export interface ClauseContext {
  readonly classOf: (person: PersonId) => PersonId;
  readonly isHidden: (person: PersonId) => boolean;
  /** Whether the photo is in that album; only asked of albums that can be evaluated. */
  readonly isInAlbum: (album: string, photo: PhotoId) => boolean;
  /** "YYYY-MM-DD"; only null where no rule depends on the day. */
  readonly today: string | null;
}

/** Whether `photo` fulfils `clause`. */
export function fulfils(clause: Clause, photo: PhotoFacts, context: ClauseContext): boolean {
  switch (clause.kind) {
    case "person":
      return photo.faces.includes(context.classOf(clause.person));
    case "only": {
      const people = new Set<PersonId | null>(clause.people.map(context.classOf));
      return photo.faces.length > 0 && photo.faces.every((face) => face !== null && people.has(face));
    }
    case "faces":
      return photo.faces.length >= clause.min && (clause.max === null || photo.faces.length <= clause.max);
    case "taken":
      return photo.taken !== null && isTakenBetween(photo.taken, clause.from, clause.to);
    case "recent": {
      const today = context.today === null ? null : dayNumber(context.today);
      const taken = photo.taken === null ? null : dayNumber(photo.taken);
      return today !== null && taken !== null && taken <= today && today - taken <= clause.days;
    }
    case "within":
      return photo.place !== null && isWithin(photo.place, clause, clause.meters);
    case "camera":
      return photo.camera !== null && contains(photo.camera, clause.text);
    case "type":
      return isType(photo.type, foldCase(clause.text));
    case "text":
      return contains(photo.file, clause.text) || (photo.caption !== null && contains(photo.caption, clause.text));
    case "album":
      return context.isInAlbum(clause.album, photo.id);
    case "favourite":
      return photo.favourite;
    case "unnamed":
      return photo.faces.includes(null);
    case "hidden":
      return photo.faces.some((person) => person !== null && context.isHidden(person));
  }
}

/** The text of a time begins with its day, so beginnings compare as days, months and years. */
function isTakenBetween(taken: string, from: string | null, to: string | null): boolean {
  return (from === null || taken.slice(0, from.length) >= from) && (to === null || taken.slice(0, to.length) <= to);
}

function isType(type: string, wanted: string): boolean {
  const folded = foldCase(type);
  return folded === wanted || folded.slice(folded.indexOf("/") + 1) === wanted;
}

function contains(text: string, part: string): boolean {
  return foldCase(text).includes(foldCase(part));
}
