/**
 * Index record: what one pack says about one photo, canonical CBOR; its BLAKE2b-256 is its name.
 *
 *   { v: 1, photo, pack, width, height, type, taken, place, camera, faces: [{ box, landmarks, score, quality, vector }] }
 *
 * Every number is an integer. It is a pure function of the file's bytes and of the pack: no file name, no clock, no device.
 * Limits: at most 1,000 faces, vectors of 16 … 1,024 values.
 */
import type { Box } from "../ids/face.ts";
import { bytesToId, idToBytes, type PackId, type PhotoId } from "../ids/ids.ts";
import { decodeCbor, encodeCbor, hasKeys, type CborValue } from "../primitives/cbor.ts";
import { err, ok, type Result } from "../primitives/result.ts";

/** One face that a pack found. */
export interface IndexedFace {
  readonly box: Box;
  /** Right eye, left eye, nose, right and left mouth corner as x, y each: 10 integers, 1/65536 of width or height; may lie outside. */
  readonly landmarks: readonly number[];
  /** The detector's confidence, 0 … 65535. */
  readonly score: number;
  /** Usefulness for recognition from size, sharpness and pose, 0 … 65535. */
  readonly quality: number;
  /** Embedding, L2-normalised, at scale 127: each value in −127 … 127. */
  readonly vector: Int8Array;
}

/** A place in 1e-7 degrees. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** What a photo's file says, without the photo's id: what the pipeline computes. */
export interface PhotoIndex {
  readonly pack: PackId;
  /** Upright size in pixels. */
  readonly width: number;
  readonly height: number;
  /** Media type of the file, such as "image/jpeg". */
  readonly type: string;
  /** Capture time as wall-clock text "YYYY-MM-DDTHH:MM:SS" with "+HH:MM" where the file has an offset; null where it has none. */
  readonly taken: string | null;
  readonly place: Place | null;
  /** Maker and model as the file writes them, joined by a space. */
  readonly camera: string | null;
  /** In order of box, then pack order. */
  readonly faces: readonly IndexedFace[];
}

/** The whole record. */
export interface IndexRecord extends PhotoIndex {
  readonly photo: PhotoId;
}

/** Why bytes are not an index record. */
export interface IndexRecordError {
  readonly kind: "malformed-index-record";
  readonly reason: string;
}

/** The canonical bytes of `record`. */
export function encodeIndexRecord(record: IndexRecord): Uint8Array {
  return encodeCbor({
    v: 1,
    photo: idToBytes(record.photo),
    pack: idToBytes(record.pack),
    width: record.width,
    height: record.height,
    type: record.type,
    taken: record.taken,
    place: record.place === null ? null : [record.place.latitude, record.place.longitude],
    camera: record.camera,
    faces: record.faces.map((face) => ({
      box: [face.box.x, face.box.y, face.box.w, face.box.h],
      landmarks: face.landmarks,
      score: face.score,
      quality: face.quality,
      vector: new Uint8Array(face.vector.buffer, face.vector.byteOffset, face.vector.length),
    })),
  });
}

/** The record in `bytes`, checked in full, or the reason why they are none. */
export function parseIndexRecord(bytes: Uint8Array): Result<IndexRecord, IndexRecordError> {
  const decoded = decodeCbor(bytes);
  if (!decoded.ok) return malformed(decoded.error.reason);
  const map = decoded.value;
  if (!hasKeys(map, ["v", "photo", "pack", "width", "height", "type", "taken", "place", "camera", "faces"])) {
    return malformed("its fields are not those of version 1");
  }
  const photo = bytesToId("PhotoId", map.photo);
  const pack = bytesToId("PackId", map.pack);
  const place = parsePlace(map.place);
  if (map.v !== 1 || photo === null || pack === null || place === undefined) return malformed("its ids or place are damaged");
  if (!isInteger(map.width, 1, 65535) || !isInteger(map.height, 1, 65535)) return malformed("its size is out of range");
  if (typeof map.type !== "string" || !isOptionalText(map.taken) || !isOptionalText(map.camera)) {
    return malformed("its texts are damaged");
  }
  const faces = Array.isArray(map.faces) && map.faces.length <= 1000 ? map.faces.map(parseFace) : [null];
  if (!faces.every((face) => face !== null)) return malformed("one of its faces is damaged");
  const { width, height, type, taken, camera } = map;
  return ok({ photo, pack, width, height, type, taken, place, camera, faces });
}

function malformed(reason: string): Result<never, IndexRecordError> {
  return err({ kind: "malformed-index-record", reason });
}

function parseFace(value: CborValue): IndexedFace | null {
  if (!hasKeys(value, ["box", "landmarks", "score", "quality", "vector"])) return null;
  const { box, landmarks, score, quality, vector } = value;
  if (!isIntegers(box, 4, 0, 65535) || !isIntegers(landmarks, 10, -(2 ** 20), 2 ** 20)) return null;
  if (!isInteger(score, 0, 65535) || !isInteger(quality, 0, 65535)) return null;
  if (!(vector instanceof Uint8Array) || vector.length < 16 || vector.length > 1024 || vector.includes(128)) return null;
  const [x = 0, y = 0, w = 0, h = 0] = box;
  return { box: { x, y, w, h }, landmarks, score, quality, vector: new Int8Array(vector) };
}

function parsePlace(value: CborValue): Place | null | undefined {
  if (value === null) return null;
  if (!isIntegers(value, 2, -1_800_000_000, 1_800_000_000)) return undefined;
  const [latitude = 0, longitude = 0] = value;
  return Math.abs(latitude) <= 900_000_000 ? { latitude, longitude } : undefined;
}

function isInteger(value: CborValue | undefined, low: number, high: number): value is number {
  return typeof value === "number" && value >= low && value <= high;
}

function isIntegers(value: CborValue, count: number, low: number, high: number): value is readonly number[] {
  return Array.isArray(value) && value.length === count && value.every((part) => isInteger(part, low, high));
}

function isOptionalText(value: CborValue): value is string | null {
  return value === null || (typeof value === "string" && value.length <= 200);
}
