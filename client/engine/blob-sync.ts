/**
 * Blob sync: sealed parts of photos up to the relay, and those of others down from it. Downloads go through the whole library
 * in order, index records before thumbnails, so that what is fetched when says nothing about what somebody looked at.
 */
import { parseIndexRecord, type IndexRecord } from "@albumen/core/index/index-record.ts";
import type { IndexHash } from "@albumen/core/ids/ids.ts";
import type { AnnouncedBlob, BlobKind } from "@albumen/core/facts/announcement.ts";
import type { StoreWrite } from "@albumen/core/ports/store.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import type { Membership } from "@albumen/core/membership/membership.ts";
import type { PhotoView } from "@albumen/core/projection/view.ts";
import type { Desk } from "./desk.ts";
import { openPhotoBlob } from "./photo-blobs.ts";
import type { RelayClient, TransportError } from "../log/relay-port.ts";

/** Downloads that are stored in one transaction, and shown at once. */
const downloadBatch = 24;

/** Sends every blob that waits; resolves to how many the relay took. */
export async function uploadBlobs(desk: Desk, relay: RelayClient): Promise<Result<number, TransportError>> {
  const { store } = desk.parts;
  const names = await store.keys("blobs");
  let refused: Result<never, TransportError> | null = null;
  let taken = 0;
  for (const [at, name] of names.entries()) {
    desk.log.setSync({ uploads: names.length - at });
    const bytes = await store.get("blobs", name);
    if (bytes === null) continue;
    const sent = await relay.putBlob(name, bytes);
    if (!sent.ok && sent.error.kind !== "refused") return sent;
    // A blob that is refused (too large, over quota) stays here and holds up neither the others nor the log.
    if (!sent.ok) refused = sent;
    if (!sent.ok) continue;
    taken++;
    const removed = await store.write([{ table: "blobs", key: name, value: null }]);
    if (!removed.ok) return storeFailed(removed.error.reason);
  }
  desk.log.setSync({ uploads: names.length - taken, ...(refused === null ? {} : { problem: refused.error.reason }) });
  return ok(taken);
}

/** Fetches the canonical index records and thumbnails that this device lacks; resolves to how many arrived. */
export async function downloadBlobs(desk: Desk, relay: RelayClient): Promise<Result<number, TransportError>> {
  const membership = desk.log.membership();
  if (membership.secret === null) return ok(0);
  let arrived = 0;
  for (const kind of ["index", "thumbnail"] as const) {
    const wanted = await wantedPhotos(desk, kind);
    for (let at = 0; at < wanted.length; at += downloadBatch) {
      desk.log.setSync({ downloads: wanted.length - at });
      const fetched = await fetchBatch(relay, membership, kind, wanted.slice(at, at + downloadBatch));
      if (!fetched.ok) return fetched;
      const stored = await storeFetched(desk, kind, fetched.value);
      if (!stored.ok) return stored;
      arrived += fetched.value.length;
    }
  }
  desk.log.setSync({ downloads: 0 });
  return ok(arrived);
}

interface Fetched {
  readonly photo: PhotoView;
  readonly content: Uint8Array;
}

async function wantedPhotos(desk: Desk, kind: "index" | "thumbnail"): Promise<readonly PhotoView[]> {
  const { photos } = desk.state().view;
  if (kind === "index") return photos.filter((photo) => !photo.indexed && desk.indexPack(photo.index) === null);
  const held = new Set(await desk.parts.store.keys("thumbnails"));
  return photos.filter((photo) => !held.has(photo.id));
}

async function fetchBatch(
  relay: RelayClient,
  membership: Membership,
  kind: BlobKind,
  photos: readonly PhotoView[],
): Promise<Result<readonly Fetched[], TransportError>> {
  const replies = await Promise.all(
    photos.map(async (photo) => {
      const announced = photo.blobs.find((blob) => blob.kind === kind);
      return announced === undefined ? null : fetchOne(relay, membership, photo, announced);
    }),
  );
  const fetched: Fetched[] = [];
  for (const reply of replies) {
    if (reply?.ok === false && reply.error.kind !== "not-found") return reply;
    if (reply?.ok === true && reply.value !== null) fetched.push(reply.value);
  }
  return ok(fetched);
}

async function fetchOne(
  relay: RelayClient,
  { secret, keys }: Membership,
  photo: PhotoView,
  announced: AnnouncedBlob,
): Promise<Result<Fetched | null, TransportError>> {
  const reply = await relay.getBlob(announced.name);
  if (!reply.ok) return reply;
  const content = secret === null ? null : openPhotoBlob({ secret, keys }, photo.id, announced, reply.value);
  return ok(content === null ? null : { photo, content });
}

/** Stores what was fetched: an index record only where it is the announced one, of this photo. */
function storeFetched(
  desk: Desk,
  kind: "index" | "thumbnail",
  fetched: readonly Fetched[],
): Promise<Result<null, TransportError>> {
  return desk.log.exclusive(async () => {
    const writes: StoreWrite[] = [];
    const learnt: (readonly [IndexHash, IndexRecord])[] = [];
    for (const { photo, content } of fetched) {
      if (kind === "thumbnail") {
        writes.push({ table: "thumbnails", key: photo.id, value: content });
        continue;
      }
      const record = parseIndexRecord(content);
      const announced = photo.blobs.find((blob) => blob.kind === "index");
      if (!record.ok || record.value.photo !== photo.id || announced?.hash !== (photo.index as string)) continue;
      writes.push({ table: "index", key: photo.index, value: content });
      learnt.push([photo.index, record.value]);
    }
    const stored = writes.length === 0 ? ok(null) : await desk.parts.store.write(writes);
    if (!stored.ok) return storeFailed(stored.error.reason);
    if (learnt.length === 0) return ok(null);
    desk.learnIndex(learnt);
    desk.refresh();
    return ok(null);
  });
}

function storeFailed(reason: string): Result<never, TransportError> {
  return err({ kind: "damaged", reason, retryAfter: null });
}
