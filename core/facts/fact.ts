/**
 * Facts: everything a person says is one of these, a whole value, immutable. A fact that lists many subjects counts as one
 * fact for each of them, its *statements* (`statement.ts`); wall time and height are its event's. Later facts supersede or
 * retract single statements by reference.
 *
 * Limits: 1 … 10,000 subjects, texts of at most 2,000 UTF-16 units, stored rules of at most 64 KiB, 20,000 references.
 */
import type { Box, FaceId } from "../ids/face.ts";
import type { AlbumId, FactId, IndexHash, PersonId, PhotoId } from "../ids/ids.ts";
import type { Place } from "../index/index-record.ts";

/** Sizes that the parser enforces; texts in UTF-16 units. */
export const factLimits = { subjects: 10_000, text: 2000, key: 100, date: 40, rule: 65_536, references: 20_000 } as const;

/** One statement of a fact: the fact and the place of the subject in its list, from 0. */
export interface FactReference {
  readonly fact: FactId;
  readonly index: number;
}

/** Something that can be deleted as a whole. */
export type Entity =
  | { readonly kind: "person"; readonly id: PersonId }
  | { readonly kind: "album"; readonly id: AlbumId }
  /** A photo that is purged: its blobs go too, everywhere. */
  | { readonly kind: "photo"; readonly id: PhotoId };

/** One immutable statement, or the same about several subjects. */
export type Fact =
  /** These faces are that person. */
  | { readonly kind: "assign"; readonly faces: readonly FaceId[]; readonly person: PersonId }
  /** These faces are not that person. */
  | { readonly kind: "deny"; readonly faces: readonly FaceId[]; readonly person: PersonId }
  /** Whether these faces are that person was asked, and cannot be said. */
  | { readonly kind: "answer"; readonly faces: readonly FaceId[]; readonly person: PersonId }
  /** These faces are nobody of interest. */
  | { readonly kind: "ignore"; readonly faces: readonly FaceId[] }
  /** There is a face here. */
  | { readonly kind: "manualFace"; readonly photo: PhotoId; readonly box: Box }
  | { readonly kind: "name"; readonly person: PersonId; readonly text: string }
  | { readonly kind: "note"; readonly person: PersonId; readonly text: string }
  /** `text` is "YYYY", "YYYY-MM" or "YYYY-MM-DD". */
  | { readonly kind: "birth"; readonly person: PersonId; readonly text: string }
  | { readonly kind: "cover"; readonly person: PersonId; readonly face: FaceId }
  | { readonly kind: "hide"; readonly person: PersonId; readonly flag: boolean }
  /** Both are the same, and the name of the person `shown` is the one to show. */
  | { readonly kind: "union"; readonly a: PersonId; readonly b: PersonId; readonly shown: PersonId }
  /** Both are not the same. */
  | { readonly kind: "distinct"; readonly a: PersonId; readonly b: PersonId }
  | { readonly kind: "albumName"; readonly album: AlbumId; readonly text: string }
  /** The order of an album; values that a version does not know leave the order by capture time. */
  | { readonly kind: "sort"; readonly album: AlbumId; readonly text: string }
  /** `rule` is the stored form of core/albums, or null for an album without one. */
  | { readonly kind: "rule"; readonly album: AlbumId; readonly rule: Uint8Array | null }
  | { readonly kind: "albumCover"; readonly album: AlbumId; readonly photo: PhotoId }
  | { readonly kind: "pin"; readonly album: AlbumId; readonly photos: readonly PhotoId[] }
  | { readonly kind: "exclude"; readonly album: AlbumId; readonly photos: readonly PhotoId[] }
  | { readonly kind: "favourite"; readonly photos: readonly PhotoId[]; readonly flag: boolean }
  | { readonly kind: "hidePhoto"; readonly photos: readonly PhotoId[]; readonly flag: boolean }
  | { readonly kind: "caption"; readonly photos: readonly PhotoId[]; readonly text: string }
  /** Capture time in the form of `PhotoIndex.taken`; null where it is unknown. */
  | { readonly kind: "correctDate"; readonly photos: readonly PhotoId[]; readonly date: string | null }
  | { readonly kind: "correctPlace"; readonly photos: readonly PhotoId[]; readonly place: Place | null }
  | { readonly kind: "trash"; readonly photos: readonly PhotoId[] }
  | { readonly kind: "restore"; readonly photos: readonly PhotoId[] }
  /** Of two index records for one photo and pack, this one is right. */
  | { readonly kind: "settleIndex"; readonly photo: PhotoId; readonly index: IndexHash }
  | { readonly kind: "delete"; readonly entity: Entity }
  /** These statements are taken back. */
  | { readonly kind: "retract"; readonly targets: readonly FactReference[] }
  /** A setting of the library: "pack" (a pack id), "projection" (a version). Others are kept. */
  | { readonly kind: "setting"; readonly key: string; readonly text: string };

/** The names of the kinds of fact. */
export type FactKind = Fact["kind"];

/** A fact and the statements in its groups that its author saw live and that it supersedes. */
export interface ParsedFact {
  readonly fact: Fact;
  readonly supersedes: readonly FactReference[];
}

/** Why bytes are not a fact that this version understands; a `newer-fact` is kept, and never guessed. */
export interface FactError {
  readonly kind: "malformed-fact" | "newer-fact";
  readonly reason: string;
}
