/** Originals on this device: in Node the path of the file that was imported, in the browser its bytes. */
import type { PhotoId } from "@albumen/core/ids/ids.ts";
import type { StoreWrite } from "@albumen/core/ports/store.ts";
import { decodeCbor, encodeCbor, hasKeys } from "@albumen/core/primitives/cbor.ts";
import type { EngineParts } from "./parts.ts";

/** The write that remembers where the original of `photo` is. */
export function originalWrite(photo: PhotoId, path: string | null, bytes: Uint8Array): StoreWrite {
  return { table: "originals", key: photo, value: encodeCbor({ v: 1, path, bytes: path === null ? bytes : null }) };
}

/** The original's bytes; null where this device does not have it, or the file is gone. */
export async function readOriginal({ store, readOriginal: readPath }: EngineParts, photo: PhotoId): Promise<Uint8Array | null> {
  const value = await store.get("originals", photo);
  const decoded = value === null ? null : decodeCbor(value);
  if (decoded?.ok !== true || !hasKeys(decoded.value, ["v", "path", "bytes"])) return null;
  const { path, bytes } = decoded.value;
  if (bytes instanceof Uint8Array) return bytes;
  return typeof path === "string" && readPath !== undefined ? readPath(path) : null;
}
