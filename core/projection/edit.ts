/**
 * Edits: what a person does, in the words of the fronts. `planEdit` turns one into the facts that state it, each superseding
 * the live facts its author sees in its groups (DESIGN: groups and supersedes), so that fronts never build facts themselves.
 */
import type { Box, FaceId } from "../ids/face.ts";
import type { AlbumId, ClusterId, IndexHash, PackId, PersonId, PhotoId } from "../ids/ids.ts";
import type { Place } from "../index/index-record.ts";

/** One user action; each becomes exactly one event. */
export type Edit =
  | { readonly kind: "nameCluster"; readonly cluster: ClusterId; readonly person: PersonId; readonly name: string }
  | { readonly kind: "name"; readonly person: PersonId; readonly name: string }
  | { readonly kind: "assign"; readonly faces: readonly FaceId[]; readonly person: PersonId }
  /** Assigns and names in one action: for a face whose person is new. */
  | { readonly kind: "assignNew"; readonly faces: readonly FaceId[]; readonly person: PersonId; readonly name: string }
  | { readonly kind: "deny"; readonly face: FaceId; readonly person: PersonId }
  /** Answers "is this …?" with "I cannot tell": the question is not asked again. */
  | { readonly kind: "notSure"; readonly face: FaceId; readonly person: PersonId }
  | { readonly kind: "ignore"; readonly faces: readonly FaceId[] }
  | { readonly kind: "manualFace"; readonly photo: PhotoId; readonly box: Box }
  | { readonly kind: "merge"; readonly a: PersonId; readonly b: PersonId }
  /** Retracts the union edges that hold the class of `person` together. */
  | { readonly kind: "unmerge"; readonly person: PersonId }
  | { readonly kind: "distinct"; readonly a: PersonId; readonly b: PersonId }
  | { readonly kind: "hidePerson"; readonly person: PersonId; readonly hidden: boolean }
  | { readonly kind: "cover"; readonly person: PersonId; readonly face: FaceId }
  /** Deletes a person with everything said of them; undo brings all of it back. */
  | { readonly kind: "deletePerson"; readonly person: PersonId }
  | { readonly kind: "createAlbum"; readonly album: AlbumId; readonly name: string; readonly rule: string }
  | { readonly kind: "renameAlbum"; readonly album: AlbumId; readonly name: string }
  | { readonly kind: "rule"; readonly album: AlbumId; readonly rule: string }
  | { readonly kind: "pin"; readonly album: AlbumId; readonly photos: readonly PhotoId[] }
  | { readonly kind: "exclude"; readonly album: AlbumId; readonly photos: readonly PhotoId[] }
  | { readonly kind: "deleteAlbum"; readonly album: AlbumId }
  | { readonly kind: "favourite"; readonly photo: PhotoId; readonly favourite: boolean }
  | { readonly kind: "hidePhoto"; readonly photo: PhotoId; readonly hidden: boolean }
  | { readonly kind: "caption"; readonly photo: PhotoId; readonly text: string }
  | { readonly kind: "trash"; readonly photos: readonly PhotoId[] }
  | { readonly kind: "restore"; readonly photos: readonly PhotoId[] }
  /** "YYYY-MM-DDTHH:MM:SS", with "+HH:MM" where the offset is known; null where nobody knows. */
  | { readonly kind: "correctDate"; readonly photos: readonly PhotoId[]; readonly date: string | null }
  | { readonly kind: "correctPlace"; readonly photos: readonly PhotoId[]; readonly place: Place | null }
  /** Decides which of the index records that devices announced for a photo is right. */
  | { readonly kind: "settleIndex"; readonly photo: PhotoId; readonly index: IndexHash }
  /** Chooses the library's pack. */
  | { readonly kind: "choosePack"; readonly pack: PackId }
  /** Retracts the facts of an event; `event` is a `HistoryEntry` id. */
  | { readonly kind: "undo"; readonly event: string };

/** Why an edit was refused; `reason` says what, where and what would be right, in one sentence. */
export interface EditError {
  readonly kind: "unknown-subject" | "bad-rule" | "bad-text" | "nothing-to-do";
  readonly reason: string;
}
