/** Index records made up for tests: identity k looks like the k-th axis of a space of 32 dimensions. */
import { createFaceId, type FaceId } from "@albumen/core/ids/face.ts";
import type { PackId, PhotoId } from "@albumen/core/ids/ids.ts";
import type { IndexRecord } from "@albumen/core/index/index-record.ts";

/** The pack of made-up photos. */
export const testPack = "ab".repeat(16) as PackId;

/** What a test may say about a photo; faces are identities from 0 to 23. */
export type PhotoDetails = Partial<Omit<IndexRecord, "photo" | "faces">>;

/** Photo `number` with one face per identity, from left to right; a number with a fraction is that identity seen badly. */
export function madeUpRecord(number: number, identities: readonly number[], details: PhotoDetails = {}): IndexRecord {
  return {
    photo: number.toString(16).padStart(32, "0") as PhotoId,
    pack: testPack,
    width: 4000,
    height: 3000,
    type: "image/jpeg",
    taken: `2024-06-${(1 + (number % 28)).toString().padStart(2, "0")}T12:00:00`,
    place: null,
    camera: null,
    ...details,
    faces: identities.map((identity, place) => ({
      box: { x: 1000 + 8000 * place, y: 1000, w: 6000, h: 9000 },
      landmarks: Array.from({ length: 10 }, () => 0),
      score: 65000,
      quality: 1000 + place,
      vector: vectorOf(identity, number),
    })),
  };
}

/** The name of the `place`-th face of a made-up photo. */
export function faceOf(record: IndexRecord, place = 0): FaceId {
  const face = record.faces[place];
  if (face === undefined) throw new Error(`the photo has no face ${place}`);
  return createFaceId({ photo: record.photo, box: face.box, pack: record.pack });
}

/** Seen badly: cosine 0.46 to its identity, with the rest in an axis of the photo's own. */
function vectorOf(identity: number, number: number): Int8Array {
  const vector = new Int8Array(32);
  const axis = Math.floor(identity);
  vector[axis] = axis === identity ? 127 : 59;
  if (axis !== identity) vector[24 + (number % 8)] = 112;
  return vector;
}
