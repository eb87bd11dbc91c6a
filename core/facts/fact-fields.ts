/**
 * Fields of facts. Lists stand in one order only, so that a fact has one encoding and the index of a statement one meaning:
 *
 *   faces       [pack, boxes, pack, boxes, …]: packs ascending; boxes = 24 bytes per face (photo 16 ‖ box 8), ascending
 *   photos      16 bytes each, ascending, in one byte string
 *   references  [fact, …]: 16 bytes for statement 0 of that fact alone, else [16 bytes, indices of 2 bytes each]; ascending
 */
import type { FaceId } from "../ids/face.ts";
import { bytesToId, idToBytes, type FactId, type PhotoId } from "../ids/ids.ts";
import { bytesToHex, compareText, concatBytes, hexToBytes } from "../primitives/bytes.ts";
import type { CborValue } from "../primitives/cbor.ts";
import { factLimits, type FactReference } from "./fact.ts";

const faceBytes = 24;

/** The field for `faces`, sorted and without repetition. */
export function encodeFaces(faces: readonly FaceId[]): CborValue {
  const facesByPack = new Map<string, Set<string>>();
  for (const face of faces) {
    const pack = face.slice(50);
    const boxes = facesByPack.get(pack) ?? new Set<string>();
    facesByPack.set(pack, boxes.add(face.slice(0, 32) + face.slice(33, 49)));
  }
  return [...facesByPack]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([pack, boxes]) => [hex(pack), hex([...boxes].sort(compareText).join(""))]);
}

/** The faces of the field, or null where it is malformed. */
export function parseFaces(value: CborValue | undefined): readonly FaceId[] | null {
  if (!Array.isArray(value) || value.length === 0 || value.length % 2 !== 0) return null;
  const faces: FaceId[] = [];
  let previousPack = "";
  for (let i = 0; i < value.length; i += 2) {
    const pack = bytesToId("PackId", value[i]);
    const boxes = chunks(value[i + 1], faceBytes);
    if (pack === null || boxes === null || pack <= previousPack || faces.length + boxes.length > factLimits.subjects) return null;
    previousPack = pack;
    for (const box of boxes) faces.push(`${box.slice(0, 32)}.${box.slice(32)}.${pack}` as FaceId);
  }
  return faces;
}

/** A single face as 40 bytes: photo 16 ‖ box 8 ‖ pack 16. */
export function faceToBytes(face: FaceId): Uint8Array {
  return hex(face.slice(0, 32) + face.slice(33, 49) + face.slice(50));
}

/** The face in exactly 40 bytes, or null. */
export function bytesToFace(value: CborValue | undefined): FaceId | null {
  if (!(value instanceof Uint8Array) || value.length !== 40) return null;
  const digits = bytesToHex(value);
  return `${digits.slice(0, 32)}.${digits.slice(32, 48)}.${digits.slice(48)}` as FaceId;
}

/** The field for `photos`, sorted and without repetition. */
export function encodePhotos(photos: readonly PhotoId[]): CborValue {
  return hex([...new Set(photos)].sort(compareText).join(""));
}

/** The photos of the field, or null where it is malformed. */
export function parsePhotos(value: CborValue | undefined): readonly PhotoId[] | null {
  const photos = chunks(value, 16);
  return photos === null || photos.length > factLimits.subjects ? null : (photos as PhotoId[]);
}

/** The field for `references`, sorted and without repetition. */
export function encodeReferences(references: readonly FactReference[]): CborValue {
  const indicesByFact = new Map<FactId, Set<number>>();
  for (const { fact, index } of references) {
    indicesByFact.set(fact, (indicesByFact.get(fact) ?? new Set<number>()).add(index));
  }
  return [...indicesByFact]
    .sort(([a], [b]) => compareText(a, b))
    .map(([fact, indices]) => {
      const sorted = [...indices].sort((a, b) => a - b);
      if (sorted.length === 1 && sorted[0] === 0) return idToBytes(fact);
      return [idToBytes(fact), concatBytes(...sorted.map((index) => new Uint8Array([index >> 8, index & 255])))];
    });
}

/** The references of the field, at least one, or null where it is malformed. */
export function parseReferences(value: CborValue | undefined): readonly FactReference[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const references: FactReference[] = [];
  let previous = "";
  for (const entry of value) {
    const parts: readonly CborValue[] = Array.isArray(entry) ? entry : [entry, new Uint8Array(2)];
    const fact = bytesToId("FactId", parts[0]);
    const indices = chunks(parts[1], 2)?.map((digits) => Number.parseInt(digits, 16)) ?? null;
    if (fact === null || indices === null || parts.length !== 2 || fact <= previous) return null;
    if (Array.isArray(entry) && indices.length === 1 && indices[0] === 0) return null;
    previous = fact;
    for (const index of indices) references.push({ fact, index });
    if (references.length > factLimits.references) return null;
  }
  return references;
}

/** `value` as text of at most `limit` UTF-16 units, or null. */
export function parseText(value: CborValue | undefined, limit: number = factLimits.text): string | null {
  return typeof value === "string" && value.length <= limit ? value : null;
}

/** The hex of each `size` bytes of a byte string, which must ascend strictly; null where there are none or it does not fit. */
function chunks(value: CborValue | undefined, size: number): readonly string[] | null {
  if (!(value instanceof Uint8Array) || value.length === 0 || value.length % size !== 0) return null;
  const parts: string[] = [];
  let previous = "";
  for (let at = 0; at < value.length; at += size) {
    const part = bytesToHex(value.subarray(at, at + size));
    if (part <= previous) return null;
    parts.push(part);
    previous = part;
  }
  return parts;
}

/** @throws RangeError where `text` is no hex: ids are checked when they are made. */
function hex(text: string): Uint8Array {
  const bytes = hexToBytes(text);
  if (bytes === null) throw new RangeError("an id is not lower-case hexadecimal");
  return bytes;
}
