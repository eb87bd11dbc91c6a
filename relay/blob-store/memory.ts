/** Blob store in memory, for tests and throw-away relays. */
import { blobName } from "@albumen/core/crypto/verify.ts";
import type { BlobName, LibraryId } from "@albumen/core/ids/ids.ts";
import { err, ok } from "@albumen/core/primitives/result.ts";
import type { BlobStore } from "./blob-store.ts";

/** An empty store. */
export function createMemoryBlobStore(): BlobStore {
  const blobsByLibrary = new Map<LibraryId, Map<BlobName, Uint8Array>>();
  const blobsOf = (library: LibraryId): Map<BlobName, Uint8Array> => blobsByLibrary.get(library) ?? new Map();
  const usage = (library: LibraryId): number => [...blobsOf(library).values()].reduce((sum, blob) => sum + blob.length, 0);
  return {
    put: async (library, name, bytes, quota) => {
      if (blobName(bytes) !== name) return err({ kind: "wrong-name", reason: "the name is not the hash of the bytes" });
      const blobs = blobsOf(library);
      if (blobs.has(name)) return ok("duplicate");
      if (usage(library) + bytes.length > quota) return err({ kind: "blob-quota", reason: "the library's space is used up" });
      blobsByLibrary.set(library, blobs.set(name, bytes.slice()));
      return ok("stored");
    },
    size: async (library, name) => ok(blobsOf(library).get(name)?.length ?? null),
    read: async (library, name, start, end) => {
      const blob = blobsOf(library).get(name);
      return ok(blob === undefined ? null : streamOf(blob.slice(start, Math.max(start, end))));
    },
    usage: async (library) => ok(usage(library)),
  };
}

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
}
