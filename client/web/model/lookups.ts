/** Tables over a library view, built once per view and shared by every screen. */
import type { FaceId } from "@albumen/core/ids/face.ts";
import type { AlbumId, ClusterId, PersonId, PhotoId } from "@albumen/core/ids/ids.ts";
import type { AlbumView, ClusterView, FaceView, LibraryView, PersonView, PhotoView } from "./types.ts";

/** What screens look up by id. */
export interface Lookups {
  readonly photos: ReadonlyMap<PhotoId, PhotoView>;
  readonly faces: ReadonlyMap<FaceId, FaceView>;
  /** Every member of a class leads to its representative, so a link to a merged person still works. */
  readonly people: ReadonlyMap<PersonId, PersonView>;
  readonly clusters: ReadonlyMap<ClusterId, ClusterView>;
  readonly albums: ReadonlyMap<AlbumId, AlbumView>;
  /** Photos of the timeline, newest first, those without a date last: neither trashed nor hidden. */
  readonly timeline: readonly PhotoView[];
  /** Newest first. */
  readonly trashed: readonly PhotoView[];
  readonly albumsByPhoto: ReadonlyMap<PhotoId, readonly AlbumView[]>;
}

const cache = new WeakMap<LibraryView, Lookups>();

/** The tables of `view`. */
export function lookupsOf(view: LibraryView): Lookups {
  const known = cache.get(view);
  if (known !== undefined) return known;
  const built = buildLookups(view);
  cache.set(view, built);
  return built;
}

/** The photos with these ids that are to be seen, newest first. */
export function photosOf(lookups: Lookups, ids: readonly PhotoId[]): readonly PhotoView[] {
  const wanted = new Set(ids);
  return lookups.timeline.filter((photo) => wanted.has(photo.id));
}

function buildLookups(view: LibraryView): Lookups {
  const albumsByPhoto = new Map<PhotoId, AlbumView[]>();
  for (const album of view.albums) {
    for (const photo of album.photos) albumsByPhoto.set(photo, [...(albumsByPhoto.get(photo) ?? []), album]);
  }
  const newestFirst = view.photos.filter((photo) => photo.taken !== null).reverse();
  newestFirst.push(...view.photos.filter((photo) => photo.taken === null));
  return {
    photos: new Map(view.photos.map((photo) => [photo.id, photo])),
    faces: new Map(view.photos.flatMap((photo) => photo.faces.map((face) => [face.id, face] as const))),
    people: new Map(view.people.flatMap((person) => [person.id, ...person.members].map((id) => [id, person] as const))),
    clusters: new Map(view.clusters.map((cluster) => [cluster.id, cluster])),
    albums: new Map(view.albums.map((album) => [album.id, album])),
    timeline: newestFirst.filter((photo) => !photo.trashed && !photo.hidden),
    trashed: newestFirst.filter((photo) => photo.trashed),
    albumsByPhoto,
  };
}
