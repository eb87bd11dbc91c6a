/** The things of a library as candidates for `select`: photos, faces, people with clusters, albums, events. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { CliResult } from "./error.ts";
import { type Candidate, select } from "./select.ts";
import type { AlbumView, ClusterView, FaceView, HistoryEntry, LibraryView, PersonView, PhotoView } from "./view-types.ts";

/** A person whom somebody named, or faces that only look alike. */
export type Someone =
  | { readonly kind: "person"; readonly person: PersonView }
  | { readonly kind: "cluster"; readonly cluster: ClusterView };

/** The photo that a file name or the beginning of an id means. */
export function selectPhoto(view: LibraryView, word: string): CliResult<PhotoView> {
  return select(
    "photo",
    word,
    view.photos.map((photo) => ({ value: photo, id: photo.id, names: [photo.file] })),
  );
}

/** The face that FILE#N (from 1) or the beginning of an id means. */
export function selectFace(view: LibraryView, word: string): CliResult<FaceView> {
  const [, file, number] = /^(.+)#([1-9]\d*)$/.exec(word) ?? [];
  if (file === undefined || number === undefined) return select("face", word, faceCandidates(view));
  const photo = selectPhoto(view, file);
  if (!photo.ok) return photo;
  const face = photo.value.faces[Number(number) - 1];
  return face === undefined ? select("face", word, faceCandidates({ photos: [photo.value] })) : ok(face);
}

/** Every face by its id and as FILE#N. */
export function faceCandidates({ photos }: Pick<LibraryView, "photos">): readonly Candidate<FaceView>[] {
  return photos.flatMap(({ file, faces }) =>
    faces.map((face, at) => ({ value: face, id: face.id, names: [`${file}#${at + 1}`] })),
  );
}

/** The person that a name, an alias or the beginning of an id means. */
export function selectPerson(view: LibraryView, word: string): CliResult<PersonView> {
  return select("person", word, personCandidates(view));
}

/** Every person by any of its ids and names. */
export function personCandidates(view: LibraryView): readonly Candidate<PersonView>[] {
  return view.people.flatMap((person) =>
    person.members.map((id) => ({ value: person, id, names: id === person.id ? namesOf(person) : [] })),
  );
}

/** The person or the cluster that a word means. */
export function selectSomeone(view: LibraryView, word: string): CliResult<Someone> {
  return select("person or group", word, someoneCandidates(view));
}

/** Everybody, clusters too. */
export function someoneCandidates(view: LibraryView): readonly Candidate<Someone>[] {
  const people = personCandidates(view).map(({ value: person, id, names }): Candidate<Someone> => {
    return { value: { kind: "person", person }, id, names };
  });
  const clusters = view.clusters.map((cluster): Candidate<Someone> => {
    return { value: { kind: "cluster", cluster }, id: cluster.id, names: [] };
  });
  return [...people, ...clusters];
}

/** The album that a name or the beginning of an id means. */
export function selectAlbum(view: LibraryView, word: string): CliResult<AlbumView> {
  return select(
    "album",
    word,
    view.albums.map((album) => ({ value: album, id: album.id, names: [album.name] })),
  );
}

/** The event whose id begins so. */
export function selectEvent(view: LibraryView, word: string): CliResult<HistoryEntry> {
  return select(
    "event",
    word,
    view.history.map((entry) => ({ value: entry, id: entry.id, names: [] })),
  );
}

function namesOf({ name, aliases }: PersonView): readonly string[] {
  return name === null ? aliases : [name, ...aliases];
}
