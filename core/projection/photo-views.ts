/** Photos and faces as people see them. */
import type { FaceId } from "../ids/face.ts";
import type { IndexHash, PhotoId } from "../ids/ids.ts";
import type { IndexRecord } from "../index/index-record.ts";
import { compareText } from "../primitives/bytes.ts";
import type { IndexedPhoto, ShownFace } from "../people/shown-faces.ts";
import type { People } from "../people/people.ts";
import type { CanonicalPhoto } from "../replay/announced-photos.ts";
import type { PhotoState } from "./photo-states.ts";
import type { FaceView, PhotoView } from "./view.ts";

/** The photos whose canonical index record is here and speaks of them. */
export function findIndexedPhotos(
  photos: readonly CanonicalPhoto[],
  indexRecords: ReadonlyMap<IndexHash, IndexRecord>,
): readonly IndexedPhoto[] {
  return photos.flatMap(({ id, pack, index, first }) => {
    const record = indexRecords.get(index);
    return record === undefined || record.photo !== id || record.pack !== pack ? [] : [{ id, record, first }];
  });
}

/** All photos, by capture time, then id. */
export function viewPhotos(
  photos: readonly CanonicalPhoto[],
  indexed: readonly IndexedPhoto[],
  stateOf: (photo: PhotoId) => PhotoState,
  people: People,
): readonly PhotoView[] {
  const recordByPhoto = new Map(indexed.map(({ id, record }) => [id, record]));
  return photos
    .map((photo) => viewPhoto(photo, recordByPhoto.get(photo.id) ?? null, stateOf(photo.id), people))
    .sort((a, b) => compareCapture(a.taken, b.taken) || compareText(a.id, b.id));
}

function viewPhoto(photo: CanonicalPhoto, record: IndexRecord | null, state: PhotoState, people: People): PhotoView {
  return {
    id: photo.id,
    file: photo.file,
    taken: state.date === null ? (record?.taken ?? null) : state.date.statement.date,
    width: record?.width ?? 0,
    height: record?.height ?? 0,
    type: record?.type ?? "",
    place: state.place === null ? (record?.place ?? null) : state.place.statement.place,
    camera: record?.camera ?? null,
    caption: state.caption === null || state.caption.statement.text === "" ? null : state.caption.statement.text,
    favourite: state.favourite?.statement.flag === true,
    hidden: state.hide?.statement.flag === true,
    trashed: state.trash !== null,
    indexed: record !== null,
    index: photo.index,
    blobs: photo.blobs,
    faces: (people.faces.byPhoto.get(photo.id) ?? []).map((face) => viewFace(face, people)),
  };
}

function viewFace({ id, photo, box, manual, quality }: ShownFace, people: People): FaceView {
  const belonging = people.belongings.get(id);
  return {
    id,
    photo,
    box,
    manual,
    quality,
    cluster: belonging?.cluster ?? null,
    person: belonging?.person ?? null,
    belonging: belonging?.belonging ?? null,
    ignored: isIgnored(id, people),
  };
}

/** Whether somebody said that this face is nobody of interest, and nobody that it is someone. */
function isIgnored(face: FaceId, people: People): boolean {
  return (people.standings.get(face)?.ignore ?? null) !== null;
}

/** By the wall clock of the photo, whatever its offset; photos without a time come last. */
function compareCapture(a: string | null, b: string | null): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  return compareText(a.slice(0, 19), b.slice(0, 19));
}
