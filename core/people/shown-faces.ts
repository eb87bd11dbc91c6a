/**
 * Shown faces: those of each photo's canonical index record, and those that people drew or named where no pack sees one.
 * A photo whose canonical index record is not here shows no faces at all.
 *
 * A face of no pack counts while the fact that draws it is live, or while a live assign names it: whoever named it elsewhere
 * keeps it when the drawing is taken back.
 */
import type { Assertion, EventSource } from "../facts/assertion.ts";
import type { Statement } from "../facts/statement.ts";
import { createFaceId, parseFaceId, photoOfFace, type Box, type FaceId } from "../ids/face.ts";
import type { PhotoId } from "../ids/ids.ts";
import type { IndexRecord } from "../index/index-record.ts";
import { compareText } from "../primitives/bytes.ts";
import { matchFaces } from "./face-matching.ts";

/** One photo with its canonical index record. */
export interface IndexedPhoto {
  readonly id: PhotoId;
  readonly record: IndexRecord;
  /** Where it was announced first. */
  readonly first: EventSource;
}

/** A face as it is shown. */
export interface ShownFace {
  readonly id: FaceId;
  readonly photo: PhotoId;
  readonly box: Box;
  readonly manual: boolean;
  /** 0 … 65535; 0 for manual faces. */
  readonly quality: number;
  /** Null for manual faces. */
  readonly vector: Int8Array | null;
  readonly first: EventSource;
}

/** The faces of a library. */
export interface ShownFaces {
  /** By photo; each list sorted by id. */
  readonly byPhoto: ReadonlyMap<PhotoId, readonly ShownFace[]>;
  /** The face that stands for a named one: itself where it is shown; null where nothing does. */
  readonly resolve: (named: FaceId) => FaceId | null;
}

/** The faces of `photos`; `naming` are the live assertions that name faces, of any kind. */
export function showFaces(photos: readonly IndexedPhoto[], naming: readonly Assertion[]): ShownFaces {
  const namedByPhoto = collectNamed(naming);
  const byPhoto = new Map<PhotoId, readonly ShownFace[]>();
  const standInByFace = new Map<FaceId, FaceId>();
  for (const photo of photos) {
    const indexed = indexedFaces(photo);
    const named = namedByPhoto.get(photo.id);
    if (named === undefined) {
      byPhoto.set(photo.id, [...indexed.values()].sort(byId));
      continue;
    }
    const foreign = [...named.keys()].filter((face) => !indexed.has(face)).sort(compareText);
    const matches = matchFaces(foreign, [...indexed.values()]);
    const manual = foreign
      .filter((face) => !matches.has(face) && named.get(face) === "makes")
      .map((face) => manualFace(face, photo));
    byPhoto.set(photo.id, [...indexed.values(), ...manual].sort(byId));
    for (const [face, standIn] of matches) standInByFace.set(face, standIn);
  }
  const shown = new Set([...byPhoto.values()].flatMap((faces) => faces.map((face) => face.id)));
  return { byPhoto, resolve: (named) => standInByFace.get(named) ?? (shown.has(named) ? named : null) };
}

/** For each photo the faces that facts name, and whether any of these facts makes a face where none is seen. */
function collectNamed(naming: readonly Assertion[]): ReadonlyMap<PhotoId, ReadonlyMap<FaceId, "makes" | "mentions">> {
  const namedByPhoto = new Map<PhotoId, Map<FaceId, "makes" | "mentions">>();
  for (const { statement } of naming) {
    const face = namedFace(statement);
    if (face === null) continue;
    const photo = photoOfFace(face);
    const named = namedByPhoto.get(photo) ?? new Map<FaceId, "makes" | "mentions">();
    const makes = statement.kind === "assign" || statement.kind === "manualFace" || named.get(face) === "makes";
    namedByPhoto.set(photo, named.set(face, makes ? "makes" : "mentions"));
  }
  return namedByPhoto;
}

function namedFace(statement: Statement): FaceId | null {
  return "face" in statement ? statement.face : null;
}

/** Of two faces in one box the first counts: they cannot be told apart by name. */
function indexedFaces({ id, record, first }: IndexedPhoto): ReadonlyMap<FaceId, ShownFace> {
  const faces = new Map<FaceId, ShownFace>();
  for (const { box, quality, vector } of record.faces) {
    const face = createFaceId({ photo: id, box, pack: record.pack });
    if (!faces.has(face)) faces.set(face, { id: face, photo: id, box, manual: false, quality, vector, first });
  }
  return faces;
}

function manualFace(face: FaceId, { id, first }: IndexedPhoto): ShownFace {
  const parts = parseFaceId(face);
  if (parts === null) throw new RangeError("a fact names no face");
  return { id: face, photo: id, box: parts.box, manual: true, quality: 0, vector: null, first };
}

function byId(a: ShownFace, b: ShownFace): number {
  return compareText(a.id, b.id);
}
