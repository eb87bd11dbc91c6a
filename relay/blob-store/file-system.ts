/**
 * Blob store in a folder.
 *
 *   DIR/blobs/<library>/<first two hex digits of the name>/<name>
 *   DIR/incoming/<number>     being written; emptied when the store is opened
 *
 * A blob is written aside, synced to disk, renamed into place, and its folder synced: a name exists only with all its bytes,
 * whatever crashed. How much a library holds is counted from the folder once and kept in memory from then on. One process
 * writes to DIR at a time: the log's lock sees to that.
 */
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { blobName } from "@albumen/core/crypto/verify.ts";
import type { BlobName, LibraryId } from "@albumen/core/ids/ids.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import type { BlobStore, BlobStoreError } from "./blob-store.ts";
import { streamRange } from "./stream-range.ts";

type Put = ReturnType<BlobStore["put"]>;

/** The store in `folder`, which exists; what an earlier process left half-written is removed. */
export async function openFolderBlobStore(folder: string): Promise<Result<BlobStore, BlobStoreError>> {
  return attempt(async () => {
    await rm(`${folder}/incoming`, { recursive: true, force: true });
    await mkdir(`${folder}/incoming`, { recursive: true, mode: 0o700 });
    await mkdir(`${folder}/blobs`, { recursive: true, mode: 0o700 });
    return createFolderBlobStore(folder);
  });
}

function createFolderBlobStore(folder: string): BlobStore {
  const usage = createUsage(folder);
  const running = new Map<string, Put>();
  let written = 0;
  const store = async (library: LibraryId, name: BlobName, bytes: Uint8Array, quota: number): Put => {
    if (blobName(bytes) !== name) return err({ kind: "wrong-name", reason: "the name is not the hash of the bytes" });
    const path = pathOf(folder, library, name);
    const stored = await attempt(async () => {
      if ((await sizeOf(path)) !== null) return "duplicate" as const;
      if (!(await usage.reserve(library, bytes.length, quota))) return null;
      try {
        await writeDurably(`${folder}/incoming/${++written}`, path, bytes);
      } catch (cause) {
        usage.release(library, bytes.length);
        throw cause;
      }
      return "stored" as const;
    });
    if (!stored.ok) return stored;
    return stored.value === null ? err({ kind: "blob-quota", reason: "the library's space is used up" }) : ok(stored.value);
  };
  return {
    put: async (library, name, bytes, quota) => {
      const path = pathOf(folder, library, name);
      // Whoever puts the same blob meanwhile waits for the first and then finds it there.
      for (let before = running.get(path); before !== undefined; before = running.get(path)) await before;
      const put = store(library, name, bytes, quota).finally(() => running.delete(path));
      running.set(path, put);
      return put;
    },
    size: (library, name) => attempt(() => sizeOf(pathOf(folder, library, name))),
    read: (library, name, start, end) =>
      attempt(async () => {
        const path = pathOf(folder, library, name);
        return (await sizeOf(path)) === null ? null : streamRange(path, start, end);
      }),
    usage: (library) => attempt(() => usage.of(library)),
  };
}

function pathOf(folder: string, library: LibraryId, name: BlobName): string {
  return `${folder}/blobs/${library}/${name.slice(0, 2)}/${name}`;
}

async function writeDurably(temporary: string, path: string, bytes: Uint8Array): Promise<void> {
  const parent = path.slice(0, path.lastIndexOf("/"));
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const file = await open(temporary, "w", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  const directory = await open(parent, "r");
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

interface Usage {
  readonly of: (library: LibraryId) => Promise<number>;
  /** Counts `bytes` in, unless the library would then hold more than `quota`. */
  readonly reserve: (library: LibraryId, bytes: number, quota: number) => Promise<boolean>;
  readonly release: (library: LibraryId, bytes: number) => void;
}

function createUsage(folder: string): Usage {
  const counted = new Map<LibraryId, Promise<{ bytes: number }>>();
  const of = (library: LibraryId): Promise<{ bytes: number }> => {
    const held = counted.get(library) ?? countBytes(`${folder}/blobs/${library}`);
    counted.set(library, held);
    return held;
  };
  return {
    of: async (library) => (await of(library)).bytes,
    reserve: async (library, bytes, quota) => {
      const held = await of(library);
      if (held.bytes + bytes > quota) return false;
      held.bytes += bytes;
      return true;
    },
    release: (library, bytes) => void of(library).then((held) => (held.bytes -= bytes)),
  };
}

async function countBytes(folder: string): Promise<{ bytes: number }> {
  let bytes = 0;
  const files = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const file of files) if (file.isFile()) bytes += (await stat(`${file.parentPath}/${file.name}`)).size;
  return { bytes };
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return null;
    throw cause;
  }
}

async function attempt<T>(work: () => Promise<T>): Promise<Result<T, BlobStoreError>> {
  try {
    return ok(await work());
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    return err({ kind: "blob-store-unavailable", reason: `the blob store failed (${code})` });
  }
}
