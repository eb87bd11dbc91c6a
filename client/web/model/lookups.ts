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
  /** The albums that hold a photo. */
  readonly albumsOf: (photo: PhotoId) => readonly AlbumView[];
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
  const photos = once(() => new Map(view.photos.map((photo) => [photo.id, photo])));
  const faces = once(() => mapFaces(view));
  const people = once(() => new Map(view.people.flatMap((person) => person.members.map((id) => [id, person] as const))));
  const clusters = once(() => new Map(view.clusters.map((cluster) => [cluster.id, cluster])));
  const albums = once(() => new Map(view.albums.map((album) => [album.id, album])));
  const timeline = once(() => newestFirst(view.photos.filter((photo) => !(photo.trashed || photo.hidden))));
  const trashed = once(() => newestFirst(view.photos.filter((photo) => photo.trashed)));
  return {
    get photos() {
      return photos();
    },
    get faces() {
      return faces();
    },
    get people() {
      return people();
    },
    get clusters() {
      return clusters();
    },
    get albums() {
      return albums();
    },
    get timeline() {
      return timeline();
    },
    get trashed() {
      return trashed();
    },
    albumsOf: (photo) => view.albums.filter((album) => album.photos.includes(photo)),
  };
}

/** Large tables are built when a screen first asks for them. */
function once<T extends object>(build: () => T): () => T {
  let built: T | null = null;
  return () => {
    built ??= build();
    return built;
  };
}

function mapFaces(view: LibraryView): ReadonlyMap<FaceId, FaceView> {
  const faces = new Map<FaceId, FaceView>();
  for (const photo of view.photos) for (const face of photo.faces) faces.set(face.id, face);
  return faces;
}

/** Photos without a date come last. */
function newestFirst(photos: readonly PhotoView[]): readonly PhotoView[] {
  const newest = photos.filter((photo) => photo.taken !== null).reverse();
  return newest.length === photos.length ? newest : [...newest, ...photos.filter((photo) => photo.taken === null)];
}
