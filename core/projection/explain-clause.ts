/** Explanations of clauses: what a leaf of a rule finds on a photo, as one sentence, with the facts it rests on. */
import { dayOfMilliseconds } from "../albums/days.ts";
import { quote } from "../albums/name-table.ts";
import type { Clause } from "../albums/rule.ts";
import type { Assertion } from "../facts/assertion.ts";
import type { PersonId } from "../ids/ids.ts";
import type { Projection } from "./project.ts";
import type { FaceView, PhotoView } from "./view.ts";

/** One sentence, and the assertions beneath it. */
export interface Reason {
  readonly why: string;
  readonly beneath: readonly Assertion[];
}

/** Why `clause` holds for `photo`, or does not. */
export function explainClause(clause: Clause, photo: PhotoView, projection: Projection): Reason {
  const state = projection.stateOf(photo.id);
  switch (clause.kind) {
    case "person":
      return explainPerson(clause.person, photo, projection);
    case "only":
      return explainOnly(photo, projection);
    case "faces":
      return plain(`${countFaces(photo)} on it.`);
    case "taken":
    case "recent":
      return {
        why: photo.taken === null ? "It has no capture time." : `Taken ${photo.taken.slice(0, 10)}.`,
        beneath: some(state.date),
      };
    case "within":
      return { why: photo.place === null ? "It has no place." : "Its place was compared.", beneath: some(state.place) };
    case "camera":
      return plain(photo.camera === null ? "It names no camera." : `Taken with ${photo.camera}.`);
    case "type":
      return plain(`It is ${photo.type === "" ? "not indexed yet" : photo.type}.`);
    case "text": {
      const caption = photo.caption === null ? "it has no caption" : `its caption is ${quote(photo.caption)}`;
      return { why: `The file is ${photo.file}; ${caption}.`, beneath: some(state.caption) };
    }
    case "album":
      return plain(`Membership of ${projection.words.album(clause.album)} decides.`);
    case "favourite":
      return { why: photo.favourite ? "It is a favourite." : "It is no favourite.", beneath: some(state.favourite) };
    case "unnamed": {
      const unknown = shownFaces(photo).filter((face) => !belongs(face)).length;
      return plain(
        unknown === 0
          ? "Every face on it is somebody's."
          : `${unknown} of its faces ${unknown === 1 ? "is" : "are"} nobody's yet.`,
      );
    }
    case "hidden": {
      const hides = peopleOn(photo).flatMap((person) => some(projection.people.persons.get(person)?.hide ?? null));
      const hidden = hides.filter(({ statement }) => statement.flag);
      return { why: hidden.length === 0 ? "Nobody on it is hidden." : "Somebody on it is hidden.", beneath: hidden };
    }
  }
}

/** By whom and when, such as "Phone on 2024-06-01". */
export function bySource({ source }: Assertion, { words }: Projection): string {
  return `${words.device(source.device)} on ${dayOfMilliseconds(source.at)}`;
}

function explainPerson(person: PersonId, photo: PhotoView, projection: Projection): Reason {
  const { classes, standings, belongings } = projection.people;
  const representative = classes.classOf(person);
  const name = projection.words.person(person);
  const own = photo.faces.filter((face) => face.person === representative);
  const confirmed = own.find((face) => face.belonging === "confirmed");
  if (confirmed !== undefined) {
    const assign = standings.get(confirmed.id)?.assign ?? null;
    const who = assign === null ? "" : ` by ${bySource(assign, projection)}`;
    return { why: `${name}: confirmed${who}.`, beneath: [...some(assign), ...unionsOf(representative, projection)] };
  }
  const alike = own.find((face) => face.belonging === "sure") ?? own[0];
  if (alike !== undefined) {
    const nearest = belongings.get(alike.id)?.nearest ?? null;
    const assign = nearest === null ? null : (standings.get(nearest.face)?.assign ?? null);
    const like = assign === null ? "" : ` a face confirmed by ${bySource(assign, projection)}`;
    const why = alike.belonging === "sure" ? `${name}: looks like${like}.` : `${name}: a face is only suggested; confirm it.`;
    return { why, beneath: [...some(assign), ...unionsOf(representative, projection)] };
  }
  const denies = photo.faces.flatMap((face) => standings.get(face.id)?.denies.get(representative) ?? []);
  const [deny] = denies;
  if (deny !== undefined) return { why: `${name}: denied by ${bySource(deny, projection)}.`, beneath: denies };
  return plain(`${name} is not on it.`);
}

function explainOnly(photo: PhotoView, projection: Projection): Reason {
  const assigns = photo.faces.flatMap((face) => some(projection.people.standings.get(face.id)?.assign ?? null));
  const names = [...new Set(peopleOn(photo).map(projection.words.person))];
  const unknown = shownFaces(photo).some((face) => !belongs(face)) ? ["somebody without a name"] : [];
  const everyone = [...names, ...unknown];
  return { why: everyone.length === 0 ? "Nobody is on it." : `On it: ${everyone.join(", ")}.`, beneath: assigns };
}

function unionsOf(person: PersonId, { people }: Projection): readonly Assertion[] {
  return people.classes.holding.filter(({ statement }) => people.classes.classOf(statement.a) === person);
}

function peopleOn(photo: PhotoView): readonly PersonId[] {
  return [...new Set(photo.faces.flatMap((face) => (face.person !== null && belongs(face) ? [face.person] : [])))];
}

function shownFaces(photo: PhotoView): readonly FaceView[] {
  return photo.faces.filter((face) => !face.ignored);
}

function countFaces(photo: PhotoView): string {
  const { length } = shownFaces(photo);
  return length === 1 ? "1 face is" : `${length} faces are`;
}

function belongs(face: FaceView): boolean {
  return face.belonging === "confirmed" || face.belonging === "sure";
}

function some<A extends Assertion>(assertion: A | null): readonly A[] {
  return assertion === null ? [] : [assertion];
}

function plain(why: string): Reason {
  return { why, beneath: [] };
}
