/** Albums as people see them. */
import type { Album, AlbumPhoto, Albums } from "../albums/albums.ts";
import type { NamedId } from "../albums/name-table.ts";
import { printRule } from "../albums/rule-printer.ts";
import type { RuleNames } from "../albums/name-table.ts";
import type { StatedAlbum } from "../albums/stated-albums.ts";
import type { PersonId } from "../ids/ids.ts";
import type { People } from "../people/people.ts";
import { compareText } from "../primitives/bytes.ts";
import type { AlbumView, PhotoView } from "./view.ts";

/** What rules may ask of each photo: only confirmed and sure faces are someone's. */
export function photosForAlbums(photos: readonly PhotoView[]): readonly AlbumPhoto[] {
  return photos.map((photo) => ({
    id: photo.id,
    file: photo.file,
    caption: photo.caption,
    taken: photo.taken,
    type: photo.type,
    place: photo.place,
    camera: photo.camera,
    favourite: photo.favourite,
    faces: photo.faces.filter((face) => !face.ignored).map((face) => (face.belonging === "suggested" ? null : face.person)),
    isLeftOut: photo.trashed || photo.hidden,
  }));
}

/** The names that rules may use: shown names and aliases of people, and names of albums. */
export function ruleNamesOf(people: People, albums: readonly StatedAlbum[]): RuleNames {
  return {
    people: [...people.persons.values()].flatMap(({ members, names }): readonly NamedId<PersonId>[] => {
      const shown = names?.shown?.statement ?? null;
      if (names === null || shown === null) return [];
      return [
        ...members.map((id) => ({ id, name: shown.text, rank: id === shown.person ? (0 as const) : (1 as const) })),
        ...names.others.map(({ statement }) => ({ id: statement.person, name: statement.text, rank: 2 as const })),
      ];
    }),
    albums: albums.map(({ id, name }) => ({ id, name, rank: 0 })),
  };
}

/** All albums, by name, then id; `photos` in the order of the view. */
export function viewAlbums(albums: Albums, photos: readonly PhotoView[], names: RuleNames): readonly AlbumView[] {
  return [...albums.byId.values()]
    .map((album) => viewAlbum(album, photos, names))
    .sort((a, b) => compareText(a.name, b.name) || compareText(a.id, b.id));
}

function viewAlbum(album: Album, photos: readonly PhotoView[], names: RuleNames): AlbumView {
  return {
    id: album.id,
    name: album.name,
    rule: album.rule === null ? null : printRule(album.rule, names),
    problem: album.problem,
    photos: photos.filter(({ id }) => album.members.has(id)).map(({ id }) => id),
    pins: [...album.pins.keys()].sort(compareText),
    excludes: [...album.excludes.keys()].sort(compareText),
  };
}
