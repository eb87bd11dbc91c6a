/**
 * Projection: records and index records in, the library as people see it out. A pure function of the *sets* it is given:
 * neither order nor repetition nor batching of delivery, no clock, no locale and no device changes one bit of it.
 *
 *   records → replay (what holds) → photos and faces → people → albums → view, digest
 */
import { evaluateAlbums, type Albums } from "../albums/albums.ts";
import { dayNumber } from "../albums/days.ts";
import { ruleNodes } from "../albums/rule.ts";
import type { RuleNames } from "../albums/name-table.ts";
import { collectAlbums } from "../albums/stated-albums.ts";
import type { VerifiedRecord } from "../facts/verified-record.ts";
import type { AlbumId, DeviceId, IndexHash, PhotoId } from "../ids/ids.ts";
import type { IndexRecord } from "../index/index-record.ts";
import { identifyPeople, type People } from "../people/people.ts";
import type { Clusterer } from "../ports/clusterer.ts";
import { replayRecords, type Replay } from "../replay/replay.ts";
import { photosForAlbums, ruleNamesOf, viewAlbums } from "./album-views.ts";
import { viewConflicts } from "./conflicts.ts";
import { digestProjection } from "./digest.ts";
import { viewHistory } from "./history.ts";
import { viewPeople } from "./people-views.ts";
import { readPhotoStates, type PhotoState } from "./photo-states.ts";
import { findIndexedPhotos, viewPhotos } from "./photo-views.ts";
import type { LibraryView, PhotoView } from "./view.ts";
import { createWords, type Words } from "./words.ts";

/** Version of the projection: a change of behaviour is a new version, so that digests are compared only within one. */
export const projectionVersion = 1;

/** What a projection is computed from. */
export interface ProjectionInput {
  /** In any order, with any repetition. */
  readonly records: readonly VerifiedRecord[];
  /** Whether the roster sets a record aside: its author was removed before it. */
  readonly isVoid: (record: VerifiedRecord) => boolean;
  /** Rank of a device: 0 for the most senior, greater for juniors, Infinity for strangers. */
  readonly seniority: (device: DeviceId) => number;
  /** The index records that are here, by their hash. */
  readonly indexRecords: ReadonlyMap<IndexHash, IndexRecord>;
  readonly cluster: Clusterer;
  /** "YYYY-MM-DD" for rules that depend on the day; null where none is given. */
  readonly today: string | null;
  /** Names of devices, for texts only; never for the digest. */
  readonly deviceName?: (device: DeviceId) => string;
}

/** A computed library: the view, and what edits and explanations need beside it. */
export interface Projection {
  readonly view: LibraryView;
  readonly replay: Replay;
  readonly people: People;
  readonly albums: Albums;
  readonly photoById: ReadonlyMap<PhotoId, PhotoView>;
  /** What facts say of a photo. */
  readonly stateOf: (photo: PhotoId) => PhotoState;
  /** Names that the text form of rules may use. */
  readonly names: RuleNames;
  readonly words: Words;
}

/** Computes the library. @throws RangeError where `today` is no day: a defect of the caller. */
export function projectLibrary(input: ProjectionInput): Projection {
  if (input.today !== null && dayNumber(input.today) === null) throw new RangeError(`${input.today} is no day`);
  const replay = replayRecords(input);
  const indexed = findIndexedPhotos(replay.photos, input.indexRecords);
  const people = identifyPeople(replay, indexed, input.cluster);
  const stateOf = readPhotoStates(replay.live);
  const photos = viewPhotos(replay.photos, indexed, stateOf, people);
  const stated = collectAlbums(replay);
  const albums = evaluateAlbums(stated, photosForAlbums(photos), {
    classOf: people.classes.classOf,
    isHidden: (person) => people.persons.get(person)?.hide?.statement.flag === true,
    isKnown: (person) => people.persons.has(people.classes.classOf(person)),
    today: input.today,
  });
  const names = ruleNamesOf(people, stated);
  const words = createWords(people, stated, replay.photos, input.deviceName);
  const shown = viewPeople(people, photos);
  const albumViews = viewAlbums(albums, photos, names);
  const unsettled = input.today === null ? findAlbumsOfDay(albums) : new Set<AlbumId>();
  let conflicts: LibraryView["conflicts"] | null = null;
  let history: LibraryView["history"] | null = null;
  const view: LibraryView = {
    photos,
    ...shown,
    albums: albumViews,
    // Texts of every event and of every conflict: written when somebody looks, once.
    get conflicts() {
      conflicts ??= viewConflicts(replay, people, words);
      return conflicts;
    },
    get history() {
      history ??= viewHistory(replay, words);
      return history;
    },
    height: replay.log.height,
    events: replay.log.events.length,
    digest: digestProjection({
      log: replay.log,
      photos,
      ...shown,
      albums: albumViews.filter(({ id }) => !unsettled.has(id)),
      version: projectionVersion,
    }),
  };
  return { view, replay, people, albums, photoById: new Map(photos.map((photo) => [photo.id, photo])), stateOf, names, words };
}

/** The albums whose rule, or that of an album they use, depends on the day. */
function findAlbumsOfDay({ byId }: Albums): ReadonlySet<AlbumId> {
  const found = new Set<AlbumId>();
  let known = -1;
  while (known < found.size) {
    known = found.size;
    for (const { id, rule } of byId.values()) {
      const nodes = rule === null ? [] : ruleNodes(rule);
      if (nodes.some((node) => node.kind === "recent" || (node.kind === "album" && found.has(node.album)))) found.add(id);
    }
  }
  return found;
}
