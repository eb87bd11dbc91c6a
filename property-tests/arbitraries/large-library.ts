/** A large library made up from a seed: photos with index records, people, albums; ids drawn at random like the app's own. */
import { encodeAnnouncement } from "@albumen/core/facts/announcement.ts";
import { plainHash } from "@albumen/core/crypto/hash.ts";
import { createFaceId, type FaceId } from "@albumen/core/ids/face.ts";
import type { AlbumId, BlobName, IndexHash, PackId, PersonId, PhotoId } from "@albumen/core/ids/ids.ts";
import { encodeIndexRecord, type IndexedFace, type IndexRecord } from "@albumen/core/index/index-record.ts";
import type { Random } from "@albumen/core/ports/random.ts";
import { bytesToHex } from "@albumen/core/primitives/bytes.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";

/** How large a library is. */
export interface LibrarySize {
  readonly photos: number;
  readonly people: number;
  readonly albums: number;
}

/** A face with the number of the person it looks like. */
export interface MadeUpFace {
  readonly id: FaceId;
  readonly looksLike: number;
}

/** Everything there is to talk about. */
export interface LargeLibrary {
  readonly photos: readonly PhotoId[];
  readonly faces: readonly MadeUpFace[];
  readonly people: readonly PersonId[];
  readonly albums: readonly AlbumId[];
  readonly indexRecords: ReadonlyMap<IndexHash, IndexRecord>;
  /** The photos in groups of at most 200, as imports announce them. */
  readonly announcements: readonly Uint8Array[];
  /** A whole number from 0 up to, not including, `below` (at most 2²⁴). */
  readonly pick: (below: number) => number;
}

const pack = "ab".repeat(16) as PackId;
const photosPerImport = 200;

/** A library of `size`. */
export function createLargeLibrary(size: LibrarySize, seed: number): LargeLibrary {
  const random = seededRandom(seed);
  const pick = (below: number): number => {
    const [a = 0, b = 0, c = 0] = random(3);
    return ((a << 16) | (b << 8) | c) % below;
  };
  const id = (): string => bytesToHex(random(16));
  const faces: MadeUpFace[] = [];
  const records = Array.from({ length: size.photos }, () => {
    const { record, looks } = madeUpPhoto(id() as PhotoId, pick, size.people);
    for (const [at, { box }] of record.faces.entries()) {
      faces.push({ id: createFaceId({ photo: record.photo, box, pack }), looksLike: looks[at] ?? 0 });
    }
    return record;
  });
  const indexRecords = new Map(records.map((record) => [bytesToHex(plainHash(encodeIndexRecord(record))) as IndexHash, record]));
  const announced = [...indexRecords];
  return {
    photos: records.map(({ photo }) => photo),
    faces,
    people: Array.from({ length: size.people }, () => id() as PersonId),
    albums: Array.from({ length: size.albums }, () => id() as AlbumId),
    indexRecords,
    announcements: Array.from({ length: Math.ceil(announced.length / photosPerImport) }, (_, at) =>
      announcementOf(announced.slice(at * photosPerImport, (at + 1) * photosPerImport), random),
    ),
    pick,
  };
}

/** One photo with up to four faces; of the people the first ones are met most often. */
function madeUpPhoto(
  photo: PhotoId,
  pick: LargeLibrary["pick"],
  people: number,
): { readonly record: IndexRecord; readonly looks: readonly number[] } {
  const looks = Array.from({ length: [0, 1, 1, 1, 2, 2, 3, 4][pick(8)] ?? 0 }, () => pick(1 + pick(people)));
  const faces = looks.map((person, place): IndexedFace => {
    const box = { x: 1000 + 8000 * place, y: 1000 + pick(5000), w: 6000, h: 9000 };
    const landmarks = Array.from({ length: 10 }, () => 3000);
    return { box, landmarks, score: 65_000, quality: 1000 + pick(50_000), vector: vectorOf(person, pick) };
  });
  const two = (value: number): string => value.toString().padStart(2, "0");
  const day = `${2019 + pick(6)}-${two(1 + pick(12))}-${two(1 + pick(28))}`;
  const taken = `${day}T${two(pick(24))}:${two(pick(60))}:${two(pick(60))}`;
  const place = pick(3) === 0 ? null : { latitude: 480_000_000 + pick(9_000_000), longitude: 110_000_000 + pick(9_000_000) };
  const details = { pack, width: 4000, height: 3000, type: "image/jpeg", taken, place, camera: "Maker Model 7" };
  return { record: { ...details, photo, faces }, looks };
}

/** 128 values: two axes of the person's own and a little of one of chance, so that faces of one person look alike. */
function vectorOf(person: number, pick: LargeLibrary["pick"]): Int8Array {
  const vector = new Int8Array(128);
  vector[pick(128)] = 35;
  vector[person % 128] = 90;
  vector[(person + 1 + (Math.floor(person / 128) % 127)) % 128] = 80;
  return vector;
}

function announcementOf(records: readonly (readonly [IndexHash, IndexRecord])[], random: Random): Uint8Array {
  const blobOf = (kind: "index" | "thumbnail") =>
    ({ kind, hash: bytesToHex(random(32)), epoch: null, name: bytesToHex(random(32)) as BlobName }) as const;
  return encodeAnnouncement(
    records.map(([index, { photo }], at) => ({
      photo,
      pack,
      index,
      file: `IMG_${photo.slice(0, 4)}_${at}.jpg`,
      blobs: [blobOf("index"), blobOf("thumbnail")],
    })),
  );
}
