/** Words: how texts for people name people, albums, photos and devices. Texts never enter the digest. */
import { quote } from "../albums/name-table.ts";
import type { StatedAlbum } from "../albums/stated-albums.ts";
import type { AlbumId, DeviceId, PersonId, PhotoId } from "../ids/ids.ts";
import type { People } from "../people/people.ts";
import type { CanonicalPhoto } from "../replay/announced-photos.ts";

/** Names in texts. */
export interface Words {
  /** Such as `Anna`; unions followed. */
  readonly person: (id: PersonId) => string;
  /** Such as `"Summer"`. */
  readonly album: (id: AlbumId) => string;
  /** Such as `IMG_0412.jpg`. */
  readonly photo: (id: PhotoId) => string;
  readonly device: (id: DeviceId) => string;
}

/** Words of a library. */
export function createWords(
  people: People,
  albums: readonly StatedAlbum[],
  photos: readonly CanonicalPhoto[],
  deviceName: ((device: DeviceId) => string) | undefined,
): Words {
  const albumById = new Map(albums.map((album) => [album.id, album]));
  const fileByPhoto = new Map(photos.map(({ id, file }) => [id, file]));
  return {
    person: (id) => people.persons.get(people.classes.classOf(id))?.names?.shown?.statement.text ?? "someone without a name",
    album: (id) => quote(albumById.get(id)?.name ?? `album ${id.slice(0, 8)}`),
    photo: (id) => fileByPhoto.get(id) ?? `photo ${id.slice(0, 8)}`,
    device: deviceName ?? ((id) => `device ${id.slice(0, 8)}`),
  };
}
