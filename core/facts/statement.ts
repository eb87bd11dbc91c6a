/**
 * Statements: a fact taken apart into one statement per subject. Each belongs to one *group*; supersedes edges count only
 * within a group:
 *
 *   assign, deny, ignore          the face
 *   pin, exclude                  the album and the photo
 *   union, distinct               the unordered pair
 *   trash, restore                the photo
 *   answer                        the face and the person
 *   everything else               its kind and its entity
 */
import { createFaceId, manualPack, type Box, type FaceId } from "../ids/face.ts";
import type { AlbumId, IndexHash, PersonId, PhotoId } from "../ids/ids.ts";
import type { Place } from "../index/index-record.ts";
import { compareText } from "../primitives/bytes.ts";
import type { Entity, Fact, FactReference } from "./fact.ts";

/** One member of the union per kind, all with the same fields. */
type Kinds<K extends string, Fields> = K extends string ? { readonly kind: K } & Readonly<Fields> : never;

/** One statement: a fact about exactly one subject. */
export type Statement =
  | Kinds<"assign" | "deny" | "answer", { face: FaceId; person: PersonId }>
  | Kinds<"ignore", { face: FaceId }>
  | Kinds<"manualFace", { face: FaceId; photo: PhotoId; box: Box }>
  | Kinds<"name" | "note" | "birth", { person: PersonId; text: string }>
  | Kinds<"cover", { person: PersonId; face: FaceId }>
  | Kinds<"hide", { person: PersonId; flag: boolean }>
  | Kinds<"union", { a: PersonId; b: PersonId; shown: PersonId }>
  | Kinds<"distinct", { a: PersonId; b: PersonId }>
  | Kinds<"albumName" | "sort", { album: AlbumId; text: string }>
  | Kinds<"rule", { album: AlbumId; rule: Uint8Array | null }>
  | Kinds<"albumCover" | "pin" | "exclude", { album: AlbumId; photo: PhotoId }>
  | Kinds<"favourite" | "hidePhoto", { photo: PhotoId; flag: boolean }>
  | Kinds<"caption", { photo: PhotoId; text: string }>
  | Kinds<"correctDate", { photo: PhotoId; date: string | null }>
  | Kinds<"correctPlace", { photo: PhotoId; place: Place | null }>
  | Kinds<"trash" | "restore", { photo: PhotoId }>
  | Kinds<"settleIndex", { photo: PhotoId; index: IndexHash }>
  | Kinds<"delete", { entity: Entity }>
  | Kinds<"retract", { target: FactReference }>
  | Kinds<"setting", { key: string; text: string }>;

/** The statements of one kind. */
export type StatementOf<K extends Statement["kind"]> = Extract<Statement, { readonly kind: K }>;

/** One statement per subject of `fact`, in the order of its list. */
export function factToStatements(fact: Fact): readonly Statement[] {
  switch (fact.kind) {
    case "assign":
    case "deny":
    case "answer":
      return fact.faces.map((face) => ({ kind: fact.kind, face, person: fact.person }));
    case "ignore":
      return fact.faces.map((face) => ({ kind: fact.kind, face }));
    case "manualFace": {
      const { photo, box } = fact;
      return [{ kind: fact.kind, face: createFaceId({ photo, box, pack: manualPack }), photo, box }];
    }
    case "pin":
    case "exclude":
      return fact.photos.map((photo) => ({ kind: fact.kind, album: fact.album, photo }));
    case "favourite":
    case "hidePhoto":
      return fact.photos.map((photo) => ({ kind: fact.kind, photo, flag: fact.flag }));
    case "caption":
      return fact.photos.map((photo) => ({ kind: fact.kind, photo, text: fact.text }));
    case "correctDate":
      return fact.photos.map((photo) => ({ kind: fact.kind, photo, date: fact.date }));
    case "correctPlace":
      return fact.photos.map((photo) => ({ kind: fact.kind, photo, place: fact.place }));
    case "trash":
    case "restore":
      return fact.photos.map((photo) => ({ kind: fact.kind, photo }));
    case "retract":
      return fact.targets.map((target) => ({ kind: fact.kind, target }));
    default:
      return [fact];
  }
}

/** The key of the group of `statement`; no two groups share one. */
export function groupKey(statement: Statement): string {
  switch (statement.kind) {
    case "assign":
    case "deny":
    case "ignore":
      return `face ${statement.face}`;
    case "pin":
    case "exclude":
      return `album photo ${statement.album} ${statement.photo}`;
    case "union":
    case "distinct":
      return `pair ${pairKey(statement.a, statement.b)}`;
    case "trash":
    case "restore":
      return `trash ${statement.photo}`;
    case "answer":
      return `answer ${statement.face} ${statement.person}`;
    case "manualFace":
      return `manualFace ${statement.face}`;
    case "name":
    case "note":
    case "birth":
    case "cover":
    case "hide":
      return `${statement.kind} ${statement.person}`;
    case "albumName":
    case "sort":
    case "rule":
    case "albumCover":
      return `${statement.kind} ${statement.album}`;
    case "favourite":
    case "hidePhoto":
    case "caption":
    case "correctDate":
    case "correctPlace":
    case "settleIndex":
      return `${statement.kind} ${statement.photo}`;
    case "delete":
      return `delete ${statement.entity.kind} ${statement.entity.id}`;
    case "retract":
      return `retract ${statement.target.fact} ${statement.target.index}`;
    case "setting":
      return `setting ${statement.key}`;
  }
}

/** Both ids, the lesser first: the same for either order. */
export function pairKey(a: PersonId, b: PersonId): string {
  return compareText(a, b) <= 0 ? `${a} ${b}` : `${b} ${a}`;
}
