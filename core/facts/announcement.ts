/**
 * Announcement: how a photo enters the library. An announcement event carries canonical CBOR
 *
 *   { v: 1, photos: [{ photo, pack, index, file, blobs: [{ kind, hash, epoch, name }] }] }
 *
 * It is a grow-only set, outside Automerge: what a photo shows stands in its index record, which is a blob too.
 * Limits: 1 … 1,000 photos per event, at most 8 blobs per photo, file names of at most 255 UTF-16 units.
 */
import { bytesToId, idToBytes, type BlobName, type EpochId, type IndexHash, type PackId, type PhotoId } from "../ids/ids.ts";
import { bytesToHex, hexToBytes } from "../primitives/bytes.ts";
import { decodeCbor, encodeCbor, hasKeys, type CborValue } from "../primitives/cbor.ts";
import { err, ok, type Result } from "../primitives/result.ts";

/** What a blob holds. */
export type BlobKind = "index" | "thumbnail" | "original";

/** One encrypted blob of a photo. */
export interface AnnouncedBlob {
  readonly kind: BlobKind;
  /** BLAKE2b-256 of the plaintext, 64 hex digits: enters the blob's key, and proves what was opened. */
  readonly hash: string;
  /** Epoch whose key enters the blob's key, or null where only the library secret does. */
  readonly epoch: EpochId | null;
  readonly name: BlobName;
}

/** One photo as its announcer has it. */
export interface AnnouncedPhoto {
  readonly photo: PhotoId;
  readonly pack: PackId;
  readonly index: IndexHash;
  /** The file's name without its folder. */
  readonly file: string;
  readonly blobs: readonly AnnouncedBlob[];
}

/** Why bytes are not an announcement. */
export interface AnnouncementError {
  readonly kind: "malformed-announcement" | "unknown-version";
  readonly reason: string;
}

const blobKinds: readonly BlobKind[] = ["index", "thumbnail", "original"];

/** The canonical bytes of an announcement. */
export function encodeAnnouncement(photos: readonly AnnouncedPhoto[]): Uint8Array {
  return encodeCbor({
    v: 1,
    photos: photos.map((entry) => ({
      photo: idToBytes(entry.photo),
      pack: idToBytes(entry.pack),
      index: idToBytes(entry.index),
      file: entry.file,
      blobs: entry.blobs.map((blob) => ({
        kind: blob.kind,
        hash: hexToBytes(blob.hash),
        epoch: blob.epoch === null ? null : idToBytes(blob.epoch),
        name: idToBytes(blob.name),
      })),
    })),
  });
}

/** The photos of an announcement, checked in full. */
export function parseAnnouncement(bytes: Uint8Array): Result<readonly AnnouncedPhoto[], AnnouncementError> {
  const decoded = decodeCbor(bytes);
  if (!decoded.ok) return err({ kind: "malformed-announcement", reason: decoded.error.reason });
  if (!hasKeys(decoded.value, ["v", "photos"])) return err({ kind: "unknown-version", reason: "it is not of version 1" });
  if (decoded.value.v !== 1) return err({ kind: "unknown-version", reason: `its version is ${String(decoded.value.v)}` });
  const { photos } = decoded.value;
  if (!Array.isArray(photos) || photos.length < 1 || photos.length > 1000) {
    return err({ kind: "malformed-announcement", reason: "it lists no photos, or more than 1,000" });
  }
  const parsed = photos.map(parsePhoto);
  if (!parsed.every((photo) => photo !== null)) {
    return err({ kind: "malformed-announcement", reason: "one of its photos is damaged" });
  }
  return ok(parsed);
}

function parsePhoto(value: CborValue): AnnouncedPhoto | null {
  if (!hasKeys(value, ["photo", "pack", "index", "file", "blobs"])) return null;
  const photo = bytesToId("PhotoId", value.photo);
  const pack = bytesToId("PackId", value.pack);
  const index = bytesToId("IndexHash", value.index);
  const { file, blobs } = value;
  if (photo === null || pack === null || index === null || typeof file !== "string" || file.length > 255) return null;
  if (!Array.isArray(blobs) || blobs.length > 8) return null;
  const parsed = blobs.map(parseBlob);
  return parsed.every((blob) => blob !== null) ? { photo, pack, index, file, blobs: parsed } : null;
}

function parseBlob(value: CborValue): AnnouncedBlob | null {
  if (!hasKeys(value, ["kind", "hash", "epoch", "name"])) return null;
  const kind = blobKinds.find((known) => known === value.kind);
  const epoch = value.epoch === null ? null : (bytesToId("EpochId", value.epoch) ?? undefined);
  const name = bytesToId("BlobName", value.name);
  if (kind === undefined || epoch === undefined || name === null) return null;
  if (!(value.hash instanceof Uint8Array) || value.hash.length !== 32) return null;
  return { kind, hash: bytesToHex(value.hash), epoch, name };
}
