/** What to call people in text. */
import type { LibraryView, PersonView } from "./view-types.ts";

/** The person's name, or "unnamed (3fa1c2d4)". */
export function nameOf(view: LibraryView, person: PersonView["id"]): string {
  const found = view.people.find(({ members }) => members.includes(person));
  return found?.name ?? `unnamed (${person.slice(0, 8)})`;
}

/** A face as commands take it: FILE#N, with the beginning of its photo's id where several photos have that file name. */
export function faceRef(view: LibraryView, face: string): string {
  const photo = view.photos.find(({ id }) => face.startsWith(id));
  if (photo === undefined) return face.slice(0, 8);
  const unique = view.photos.filter(({ file }) => file === photo.file).length === 1;
  return `${unique ? photo.file : photo.id.slice(0, 8)}#${photo.faces.findIndex(({ id }) => id === face) + 1}`;
}
