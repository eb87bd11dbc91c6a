/**
 * Port: encrypted blobs by library and name. A name is the BLAKE2b-256 of the bytes, so content under a name never changes,
 * putting it again does nothing, and any party can check what it got.
 */
import type { BlobName, LibraryId } from "@albumen/core/ids/ids.ts";
import type { Result } from "@albumen/core/primitives/result.ts";

/** Why a blob was not stored or read. */
export type BlobStoreError =
  | { readonly kind: "wrong-name"; readonly reason: string }
  | { readonly kind: "blob-quota"; readonly reason: string }
  | { readonly kind: "blob-store-unavailable"; readonly reason: string };

/** The port. */
export interface BlobStore {
  /** Stores `bytes` unless the library would then hold more than `quota` bytes; durable once answered. */
  readonly put: (
    library: LibraryId,
    name: BlobName,
    bytes: Uint8Array,
    quota: number,
  ) => Promise<Result<"stored" | "duplicate", BlobStoreError>>;
  /** Bytes of the blob, or null where it is not held. */
  readonly size: (library: LibraryId, name: BlobName) => Promise<Result<number | null, BlobStoreError>>;
  /** Bytes `start` … `end` − 1 of the blob, cut at its end, in chunks; null where it is not held. */
  readonly read: (
    library: LibraryId,
    name: BlobName,
    start: number,
    end: number,
  ) => Promise<Result<ReadableStream<Uint8Array> | null, BlobStoreError>>;
  /** Bytes of all blobs of the library. */
  readonly usage: (library: LibraryId) => Promise<Result<number, BlobStoreError>>;
}
