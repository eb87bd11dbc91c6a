/**
 * The library as people see it: what replay computes from the records and the index, the same bits on every device.
 * Everything is sorted; nothing depends on the order of delivery, on a clock, or on the device that computes it.
 */
import type { AnnouncedBlob } from "../facts/announcement.ts";
import type { Box, FaceId } from "../ids/face.ts";
import type { AlbumId, ClusterId, DeviceId, FactId, IndexHash, PersonId, PhotoId, RecordHash } from "../ids/ids.ts";
import type { Place } from "../index/index-record.ts";

/** How a face came to belong to a person. */
export type Belonging =
  /** A person said so. */
  | "confirmed"
  /** It looks so much alike that it enters albums. */
  | "sure"
  /** It looks alike, and waits for an answer. */
  | "suggested";

/** One face on one photo. */
export interface FaceView {
  readonly id: FaceId;
  readonly photo: PhotoId;
  readonly box: Box;
  readonly manual: boolean;
  /** 0 … 65535; 0 for faces drawn by hand. */
  readonly quality: number;
  /** The cluster that holds it; null for faces without a vector. */
  readonly cluster: ClusterId | null;
  /** The person it belongs to, or is suggested for; unions followed. Null where nobody is known. */
  readonly person: PersonId | null;
  readonly belonging: Belonging | null;
  readonly ignored: boolean;
}

/** One photo. */
export interface PhotoView {
  readonly id: PhotoId;
  /** File name as the canonical announcement has it. */
  readonly file: string;
  readonly taken: string | null;
  readonly width: number;
  readonly height: number;
  readonly type: string;
  readonly place: Place | null;
  readonly camera: string | null;
  readonly caption: string | null;
  readonly favourite: boolean;
  readonly hidden: boolean;
  readonly trashed: boolean;
  /** False where its canonical index record is not here yet: it then has no faces and counts as missing in the digest. */
  readonly indexed: boolean;
  readonly index: IndexHash;
  readonly blobs: readonly AnnouncedBlob[];
  readonly faces: readonly FaceView[];
}

/** Someone a person has named or otherwise told apart; the representative of a class of united persons. */
export interface PersonView {
  /** The least id of the class: stable while the class stands. */
  readonly id: PersonId;
  /** All ids of the class, sorted. */
  readonly members: readonly PersonId[];
  /** Null where nobody gave one yet. */
  readonly name: string | null;
  /** Other live names, sorted. */
  readonly aliases: readonly string[];
  readonly hidden: boolean;
  readonly cover: FaceId | null;
  /** Confirmed and sure faces, sorted. */
  readonly faces: readonly FaceId[];
  readonly suggested: readonly FaceId[];
  /** Photos of `faces`, sorted. */
  readonly photos: readonly PhotoId[];
}

/** Faces that look alike and belong to nobody yet. */
export interface ClusterView {
  readonly id: ClusterId;
  readonly faces: readonly FaceId[];
  readonly photos: readonly PhotoId[];
}

/** A smart album. */
export interface AlbumView {
  readonly id: AlbumId;
  readonly name: string;
  /** The text form of the rule; null where the album has none, or one from a newer version (then `problem` says so). */
  readonly rule: string | null;
  /** Why the rule cannot be evaluated, as one sentence; null where it can. The album then holds its pins. */
  readonly problem: string | null;
  /** (matches ∪ pins) \ excludes, in order of capture time, then id; trashed and hidden photos left out. */
  readonly photos: readonly PhotoId[];
  readonly pins: readonly PhotoId[];
  readonly excludes: readonly PhotoId[];
}

/** Live facts that disagree, and what holds. */
export interface ConflictView {
  readonly kind: string;
  /** One sentence for people. */
  readonly text: string;
  readonly facts: readonly FactId[];
}

/** One event of history. */
export interface HistoryEntry {
  /** Record hash and the event's index in it, "<hash>.<index>": names the event for undo. */
  readonly id: string;
  readonly record: RecordHash;
  readonly device: DeviceId;
  readonly at: number;
  readonly height: number;
  readonly what: string;
  /** One sentence for people. */
  readonly text: string;
  readonly facts: readonly FactId[];
  /** Whether all its facts are retracted. */
  readonly undone: boolean;
  /** Set aside, waiting for its height, or from a newer version; null where it counts. */
  readonly apart: string | null;
}

/** What two devices compare: `digest` is comparable where the other four agree. */
export interface Digest {
  /** Hash over the accepted records, 64 hex digits. */
  readonly records: string;
  /** Hash over the canonical index records present, 64 hex digits. */
  readonly index: string;
  /** Photos whose canonical index record is not here. */
  readonly missing: number;
  /** Version of the projection: a change of behaviour is a new version. */
  readonly version: number;
  /** Hash over people (unnamed clusters too), faces, photos and albums, 64 hex digits. */
  readonly digest: string;
}

/** The whole library. */
export interface LibraryView {
  /** By capture time, then id; trashed ones included and marked. */
  readonly photos: readonly PhotoView[];
  /** By name (code units), then id; those without a name last. */
  readonly people: readonly PersonView[];
  /** Most faces first, then id. */
  readonly clusters: readonly ClusterView[];
  /** By name (code units), then id. */
  readonly albums: readonly AlbumView[];
  readonly conflicts: readonly ConflictView[];
  /** By (height, id). */
  readonly history: readonly HistoryEntry[];
  /** The greatest height of an event that does not wait, void ones included: whoever writes next goes above it; 0 where there is none. */
  readonly height: number;
  /** Events in the records held. */
  readonly events: number;
  readonly digest: Digest;
}

/** Why a photo is in an album, or is not. */
export interface Explanation {
  readonly in: boolean;
  readonly tree: ExplanationNode;
  /** Every fact that carries the answer, with its words. */
  readonly facts: readonly ExplainedFact[];
}

/** One node of the evaluated rule. */
export interface ExplanationNode {
  /** The clause's text form; "pinned", "excluded", "hidden" and "trashed" for what people said of the single photo. */
  readonly clause: string;
  readonly holds: boolean;
  /** One sentence for people, such as "Anna: confirmed by Phone on 2024-06-01". */
  readonly why: string;
  readonly facts: readonly FactId[];
  readonly parts: readonly ExplanationNode[];
}

/** A fact beneath an explanation. */
export interface ExplainedFact {
  readonly id: FactId;
  readonly device: DeviceId;
  readonly at: number;
  readonly text: string;
}
