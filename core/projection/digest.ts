/**
 * Digest: one hash over the whole projection, comparable between devices that hold the same records (and the same of them set
 * aside), the same canonical index records and the same version of the projection.
 *
 * Hashed is the canonical CBOR of [photos, clusters, people, albums], sorted by id, of lists with a fixed order of fields, ids
 * in their text form: what people would call "the same answer". Not in it: names of devices, times of events, history,
 * conflicts and all texts made for people. Albums whose rule depends on the day are in it only where a day is given.
 */
import { labelledHash } from "../crypto/hash.ts";
import { bytesToHex, compareText } from "../primitives/bytes.ts";
import { encodeCbor, type CborValue } from "../primitives/cbor.ts";
import type { EventLog } from "../replay/event-log.ts";
import type { AlbumView, ClusterView, Digest, FaceView, PersonView, PhotoView } from "./view.ts";

/** What is hashed. */
export interface DigestInput {
  readonly log: EventLog;
  readonly photos: readonly PhotoView[];
  readonly clusters: readonly ClusterView[];
  readonly people: readonly PersonView[];
  /** Without those that depend on a day that was not given. */
  readonly albums: readonly AlbumView[];
  readonly version: number;
}

/** The digest of a projection. */
export function digestProjection({ log, photos, clusters, people, albums, version }: DigestInput): Digest {
  const indexed = photos.filter((photo) => photo.indexed);
  return {
    records: hash(log.records.map(({ hash: record }) => [record, log.voided.has(record)])),
    index: hash([...new Set(indexed.map((photo) => photo.index))].sort(compareText)),
    missing: photos.length - indexed.length,
    version,
    digest: hash([
      byId(photos).map(photoValue),
      byId(clusters).map(({ id, faces }) => [id, faces]),
      byId(people).map(personValue),
      byId(albums).map(albumValue),
    ]),
  };
}

function photoValue(photo: PhotoView): CborValue {
  const { place } = photo;
  return [
    photo.id,
    photo.index,
    photo.indexed,
    photo.file,
    photo.taken,
    place === null ? null : [place.latitude, place.longitude],
    photo.caption,
    photo.favourite,
    photo.hidden,
    photo.trashed,
    photo.faces.map(faceValue),
  ];
}

function faceValue(face: FaceView): CborValue {
  return [face.id, face.manual, face.cluster, face.person, face.belonging, face.ignored];
}

function personValue(person: PersonView): CborValue {
  return [person.id, person.members, person.name, person.aliases, person.hidden, person.cover, person.faces, person.suggested];
}

function albumValue(album: AlbumView): CborValue {
  return [album.id, album.name, album.rule, album.problem !== null, album.photos, album.pins, album.excludes];
}

function byId<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
  return [...items].sort((a, b) => compareText(a.id, b.id));
}

function hash(value: CborValue): string {
  return bytesToHex(labelledHash("albumen digest 1", encodeCbor(value)));
}
