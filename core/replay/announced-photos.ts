/**
 * Announced photos: which photos the library has, and which index record of each is the canonical one.
 *
 * Of the announcements of a photo, those for the library's pack count where the library has chosen a pack and anybody has
 * announced the photo for it; otherwise all. Among them the record that a person settled on comes first, then the most senior
 * announcer's, then the least index hash. Two index hashes for one photo and pack contradict each other: one of the devices
 * computes something else than the pack says, and both are named until a person settles it.
 */
import type { AnnouncedBlob, AnnouncedPhoto } from "../facts/announcement.ts";
import type { Assertion, EventSource } from "../facts/assertion.ts";
import type { StatementOf } from "../facts/statement.ts";
import type { DeviceId, IndexHash, PackId, PhotoId } from "../ids/ids.ts";
import { compareText } from "../primitives/bytes.ts";
import type { LoggedEvent } from "./event-log.ts";

/** A photo of the library. */
export interface CanonicalPhoto {
  readonly id: PhotoId;
  readonly file: string;
  readonly pack: PackId;
  readonly index: IndexHash;
  /** Where it was announced first with this index record: (height, device) is least. */
  readonly first: EventSource;
  /** Those of the canonical announcement, then what others announced besides, by kind and name. */
  readonly blobs: readonly AnnouncedBlob[];
  /** Every event that announces it and counts. */
  readonly sources: readonly EventSource[];
}

/** Devices that announced different index records for one photo and pack. */
export interface IndexMismatch {
  readonly photo: PhotoId;
  readonly pack: PackId;
  /** One announcer of each index record, by hash. */
  readonly claims: readonly { readonly index: IndexHash; readonly device: DeviceId }[];
}

/** What choosing takes beside the events. */
export interface PhotoChoice {
  /** The library's pack; null where it has chosen none. */
  readonly pack: PackId | null;
  /** 0 for the most senior device. */
  readonly seniority: (device: DeviceId) => number;
  readonly settled: readonly Assertion<StatementOf<"settleIndex">>[];
}

interface Announcement {
  readonly entry: AnnouncedPhoto;
  readonly source: EventSource;
}

/** The photos, by id, and the contradictions about them. */
export function choosePhotos(
  events: readonly LoggedEvent[],
  choice: PhotoChoice,
): { readonly photos: readonly CanonicalPhoto[]; readonly mismatches: readonly IndexMismatch[] } {
  const announcementsByPhoto = new Map<PhotoId, Announcement[]>();
  for (const { source, parsed, waits } of events) {
    if (waits || source.isVoid || parsed.photos === null) continue;
    for (const entry of parsed.photos) {
      const list = announcementsByPhoto.get(entry.photo) ?? [];
      list.push({ entry, source });
      announcementsByPhoto.set(entry.photo, list);
    }
  }
  const settledByPhoto = new Map<PhotoId, IndexHash>();
  for (const { statement } of choice.settled) settledByPhoto.set(statement.photo, statement.index);
  const sorted = [...announcementsByPhoto].sort(([a], [b]) => compareText(a, b));
  return {
    photos: sorted.map(([photo, list]) => chooseCanonical(list, choice, settledByPhoto.get(photo) ?? null)),
    mismatches: sorted.flatMap(([photo, list]) => findMismatches(photo, list, settledByPhoto.get(photo) ?? null)),
  };
}

function chooseCanonical(list: readonly Announcement[], choice: PhotoChoice, settled: IndexHash | null): CanonicalPhoto {
  const ofPack = list.filter(({ entry }) => entry.pack === choice.pack);
  const candidates = ofPack.length > 0 ? ofPack : list;
  const isSettled = ({ entry }: Announcement): number => (entry.index === settled ? 0 : 1);
  const [best] = [...candidates].sort(
    (a, b) =>
      isSettled(a) - isSettled(b) ||
      compareNumbers(choice.seniority(a.source.device), choice.seniority(b.source.device)) ||
      compareText(a.entry.index, b.entry.index) ||
      compareSources(a.source, b.source),
  );
  if (best === undefined) throw new RangeError("a photo without an announcement");
  const same = list.filter(({ entry }) => entry.pack === best.entry.pack && entry.index === best.entry.index);
  const [first = best] = [...same].sort((a, b) => compareSources(a.source, b.source));
  const { photo, file, pack, index } = best.entry;
  const blobs = joinBlobs(
    best.entry.blobs,
    list.flatMap(({ entry }) => entry.blobs),
  );
  return { id: photo, file, pack, index, first: first.source, blobs, sources: list.map(({ source }) => source) };
}

function joinBlobs(own: readonly AnnouncedBlob[], all: readonly AnnouncedBlob[]): readonly AnnouncedBlob[] {
  const known = new Set(own.map((blob) => `${blob.kind} ${blob.name}`));
  const others = new Map(all.map((blob) => [`${blob.kind} ${blob.name}`, blob]));
  return [
    ...own,
    ...[...others]
      .filter(([key]) => !known.has(key))
      .sort(([a], [b]) => compareText(a, b))
      .map(([, blob]) => blob),
  ];
}

function findMismatches(photo: PhotoId, list: readonly Announcement[], settled: IndexHash | null): readonly IndexMismatch[] {
  const deviceByIndexByPack = new Map<PackId, Map<IndexHash, DeviceId>>();
  for (const { entry, source } of list) {
    const deviceByIndex = deviceByIndexByPack.get(entry.pack) ?? new Map<IndexHash, DeviceId>();
    const known = deviceByIndex.get(entry.index);
    deviceByIndex.set(entry.index, known !== undefined && known < source.device ? known : source.device);
    deviceByIndexByPack.set(entry.pack, deviceByIndex);
  }
  return [...deviceByIndexByPack]
    .filter(([, deviceByIndex]) => deviceByIndex.size > 1 && (settled === null || !deviceByIndex.has(settled)))
    .sort(([a], [b]) => compareText(a, b))
    .map(([pack, deviceByIndex]) => ({
      photo,
      pack,
      claims: [...deviceByIndex].sort(([a], [b]) => compareText(a, b)).map(([index, device]) => ({ index, device })),
    }));
}

function compareSources(a: EventSource, b: EventSource): number {
  return a.height - b.height || compareText(a.device, b.device) || compareText(a.record, b.record) || a.place - b.place;
}

/** Subtraction would make two infinite ranks incomparable. */
function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
