/**
 * Ids, branded. Each is lower-case hexadecimal text of a fixed size, so that text order equals byte order and any of them
 * can be a key. One parser validates each; nothing else makes one.
 */
import type { Brand } from "../primitives/brand.ts";
import { bytesToHex, hexToBytes } from "../primitives/bytes.ts";

/** Hash of the library's `create` record; 32 bytes. */
export type LibraryId = Brand<string, "LibraryId">;
/** Ed25519 public key of a device or of the recovery words; 32 bytes. */
export type DeviceId = Brand<string, "DeviceId">;
/** BLAKE2b-256 of a whole record; 32 bytes. */
export type RecordHash = Brand<string, "RecordHash">;
/** Hash of the membership record that made the epoch; 32 bytes. */
export type EpochId = Brand<string, "EpochId">;
/** BLAKE2b-128 over (label, device, previous record hash, index, bytes) of a fact; 16 bytes. */
export type FactId = Brand<string, "FactId">;
/** BLAKE2b-128 of the file's bytes, keyed by the library secret; 16 bytes. */
export type PhotoId = Brand<string, "PhotoId">;
/** Drawn at random by the device that named the person first; 16 bytes. */
export type PersonId = Brand<string, "PersonId">;
/** Drawn at random by the device that made the album; 16 bytes. */
export type AlbumId = Brand<string, "AlbumId">;
/** Hash of models, binaries, options, tables and pipeline version; 16 bytes. */
export type PackId = Brand<string, "PackId">;
/** BLAKE2b-256 of an index record; 32 bytes. */
export type IndexHash = Brand<string, "IndexHash">;
/** BLAKE2b-256 of a blob's ciphertext; 32 bytes: the name under which the relay keeps it. */
export type BlobName = Brand<string, "BlobName">;
/** Hash of a cluster's earliest-announced face; 16 bytes. */
export type ClusterId = Brand<string, "ClusterId">;

/** What automerge-repo names a document by, drawn at random where the document is made; 16 bytes. */
export type FreeDocumentId = Brand<string, "FreeDocumentId">;

/** Size of each kind of id in bytes. */
export const idBytes = {
  LibraryId: 32,
  DeviceId: 32,
  RecordHash: 32,
  EpochId: 32,
  FactId: 16,
  PhotoId: 16,
  PersonId: 16,
  AlbumId: 16,
  PackId: 16,
  IndexHash: 32,
  BlobName: 32,
  ClusterId: 16,
  FreeDocumentId: 16,
} as const;

/** The names of the kinds of id. */
export type IdKind = keyof typeof idBytes;

/** The branded type of each kind of id. */
export interface IdByKind {
  readonly LibraryId: LibraryId;
  readonly DeviceId: DeviceId;
  readonly RecordHash: RecordHash;
  readonly EpochId: EpochId;
  readonly FactId: FactId;
  readonly PhotoId: PhotoId;
  readonly PersonId: PersonId;
  readonly AlbumId: AlbumId;
  readonly PackId: PackId;
  readonly IndexHash: IndexHash;
  readonly BlobName: BlobName;
  readonly ClusterId: ClusterId;
  readonly FreeDocumentId: FreeDocumentId;
}

/** `text` as an id of `kind`, or null where it is not lower-case hex of that kind's size. */
export function parseId<K extends IdKind>(kind: K, text: unknown): IdByKind[K] | null {
  if (typeof text !== "string" || text.length !== 2 * idBytes[kind] || !/^[0-9a-f]*$/.test(text)) return null;
  return text as IdByKind[K];
}

/** The id in `bytes`, or null where they are not exactly that kind's size. */
export function bytesToId<K extends IdKind>(kind: K, bytes: unknown): IdByKind[K] | null {
  if (!(bytes instanceof Uint8Array) || bytes.length !== idBytes[kind]) return null;
  return bytesToHex(bytes) as IdByKind[K];
}

/** The bytes of an id. @throws RangeError where it is none: ids are checked when they are made. */
export function idToBytes(id: IdByKind[IdKind]): Uint8Array {
  const bytes = hexToBytes(id);
  if (bytes === null) throw new RangeError("an id is not lower-case hex");
  return bytes;
}
