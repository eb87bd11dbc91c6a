/**
 * Plans about faces. What is said of a shown face is also said of every other name under which facts speak of it (those of
 * other packs), because each name is a group of its own.
 */
import type { Fact } from "../facts/fact.ts";
import { createFaceId, manualPack, type Box, type FaceId } from "../ids/face.ts";
import type { ClusterId, PersonId, PhotoId } from "../ids/ids.ts";
import { isHalf, overlapOf } from "../people/overlap.ts";
import { ok } from "../primitives/result.ts";
import { checkText, findFace, findUnknown, refuse, stateAny, type Plan } from "./plan.ts";
import type { Projection } from "./project.ts";

/** Names all faces of a cluster; those that were denied for that very person stay out, unless all were. */
export function planNameCluster(projection: Projection, cluster: ClusterId, person: PersonId, name: string): Plan {
  const view = projection.view.clusters.find(({ id }) => id === cluster);
  if (view === undefined) return refuse("unknown-subject", "There is no such unnamed cluster any more; look at the list again.");
  const { standings, classes } = projection.people;
  const isDenied = (face: FaceId): boolean => standings.get(face)?.denies.has(classes.classOf(person)) === true;
  const faces = view.faces.filter((face) => !isDenied(face));
  return planAssignNamed(projection, faces.length === 0 ? view.faces : faces, person, name);
}

/** Assigns faces to a person who may be new, and gives the person that name. */
export function planAssignNamed(projection: Projection, faces: readonly FaceId[], person: PersonId, name: string): Plan {
  const unknown = findUnknown(projection, { faces });
  if (unknown !== null) return unknown;
  const text = checkText(name, "name");
  if (!text.ok) return text;
  const { persons, classes } = projection.people;
  const shown = persons.get(classes.classOf(person))?.names?.shown?.statement ?? null;
  const named: readonly Fact[] =
    shown?.text === text.value ? [] : [{ kind: "name", person: shown?.person ?? person, text: text.value }];
  return stateAny([...assignFacts(projection, faces, person), ...named], `These faces are ${text.value} already.`);
}

/** Assigns faces to a known person. */
export function planAssign(projection: Projection, faces: readonly FaceId[], person: PersonId): Plan {
  const unknown = findUnknown(projection, { faces, people: [person] });
  if (unknown !== null) return unknown;
  return stateAny(assignFacts(projection, faces, person), `These faces are ${projection.words.person(person)} already.`);
}

/** Says that a face is not a person, for every person of the class, so that it also holds after an un-merge. */
export function planDeny(projection: Projection, face: FaceId, person: PersonId): Plan {
  const unknown = findUnknown(projection, { faces: [face], people: [person] });
  if (unknown !== null) return unknown;
  const { standings, classes } = projection.people;
  const shown = findFace(projection, face)?.id ?? face;
  const standing = standings.get(shown);
  const isDecided = standing?.denies.has(classes.classOf(person)) === true && standing.conflicts.length === 0;
  if (isDecided) return refuse("nothing-to-do", `This face is not ${projection.words.person(person)} already.`);
  return ok(
    classes.membersOf(person).map((member): Fact => ({ kind: "deny", faces: namesOf(projection, shown), person: member })),
  );
}

/** Records that nobody can tell whether a face is a person: it is not asked again. */
export function planNotSure(projection: Projection, face: FaceId, person: PersonId): Plan {
  const unknown = findUnknown(projection, { faces: [face], people: [person] });
  if (unknown !== null) return unknown;
  const shown = findFace(projection, face)?.id ?? face;
  const { standings, classes } = projection.people;
  if (standings.get(shown)?.unsure.has(classes.classOf(person)) === true)
    return refuse("nothing-to-do", "That was answered already.");
  return ok([{ kind: "answer", faces: [shown], person }]);
}

/** Says that faces are nobody of interest. */
export function planIgnore(projection: Projection, faces: readonly FaceId[]): Plan {
  const unknown = findUnknown(projection, { faces });
  if (unknown !== null) return unknown;
  const open = shownFaces(projection, faces).filter((face) => (projection.people.standings.get(face)?.ignore ?? null) === null);
  const names = open.flatMap((face) => namesOf(projection, face));
  return stateAny(names.length === 0 ? [] : [{ kind: "ignore", faces: names }], "These faces are ignored already.");
}

/** Draws a face where none is shown. */
export function planManualFace(projection: Projection, photo: PhotoId, box: Box): Plan {
  const unknown = findUnknown(projection, { photos: [photo] });
  if (unknown !== null) return unknown;
  const sides = [box.x, box.y, box.w, box.h];
  const isInside = sides.every((side) => Number.isInteger(side) && side >= 0 && side <= 65535);
  if (!isInside || box.w === 0 || box.h === 0 || box.x + box.w > 65536 || box.y + box.h > 65536) {
    return refuse("bad-text", "The box is not on the photo; its sides are whole numbers in 1/65536 of the photo.");
  }
  const drawn = createFaceId({ photo, box, pack: manualPack });
  const faces = projection.people.faces.byPhoto.get(photo) ?? [];
  const isThere = faces.some((face) => face.id === drawn || isHalf(overlapOf(face.box, box)));
  return stateAny(isThere ? [] : [{ kind: "manualFace", photo, box }], "There is a face in this place already.");
}

/** One assign of those faces that are not confirmed as the person, or about which facts disagree. */
function assignFacts(projection: Projection, faces: readonly FaceId[], person: PersonId): readonly Fact[] {
  const { standings, classes } = projection.people;
  const open = shownFaces(projection, faces).filter((face) => {
    const standing = standings.get(face);
    return standing === undefined || standing.person !== classes.classOf(person) || standing.conflicts.length > 0;
  });
  return open.length === 0 ? [] : [{ kind: "assign", faces: open.flatMap((face) => namesOf(projection, face)), person }];
}

function shownFaces(projection: Projection, faces: readonly FaceId[]): readonly FaceId[] {
  return [...new Set(faces.map((face) => findFace(projection, face)?.id ?? face))];
}

/** The face and every other name under which live facts speak of it. */
function namesOf(projection: Projection, face: FaceId): readonly FaceId[] {
  return [...new Set([face, ...(projection.people.standings.get(face)?.names ?? [])])];
}
