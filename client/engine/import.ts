/**
 * Import: files in, announced photos out, one after the other. A batch of photos is one announcement event, durable together
 * with its index records, thumbnails and blobs; what is counted in the progress has been stored. A file that cannot be read is
 * listed with its reason and the import goes on.
 */
import { plainHash } from "@albumen/core/crypto/hash.ts";
import { photoId, type LibrarySecret } from "@albumen/core/crypto/keys.ts";
import { encodeAnnouncement, type AnnouncedPhoto } from "@albumen/core/facts/announcement.ts";
import type { IndexHash, PhotoId } from "@albumen/core/ids/ids.ts";
import { encodeIndexRecord, type IndexRecord } from "@albumen/core/index/index-record.ts";
import type { StoreWrite } from "@albumen/core/ports/store.ts";
import { bytesToHex } from "@albumen/core/primitives/bytes.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import type { Indexer } from "@albumen/models/pipeline/indexer.ts";
import type { ImportFile, ImportProgress, ImportReport } from "./api.ts";
import type { Desk } from "./desk.ts";
import { originalWrite } from "./originals.ts";
import type { WriteError } from "../log/api.ts";
import { removedError } from "../log/log.ts";
import { blobSecrets } from "./blob-secrets.ts";
import { sealPhotoBlob } from "./photo-blobs.ts";

/** Milliseconds after which a batch is written, and the most photos that one announcement event holds. */
const batchMilliseconds = 1000;
const maximalBatch = 200;

/** How an import is watched and stopped. */
export interface ImportOptions {
  readonly progress?: (progress: ImportProgress) => void;
  readonly signal?: AbortSignal;
}

/** One photo that is ready to be stored. */
interface ReadyPhoto {
  readonly writes: readonly StoreWrite[];
  /** Null where another device announced the photo: adopting it says nothing. */
  readonly announced: AnnouncedPhoto | null;
  readonly record: IndexRecord | null;
  readonly faces: number;
}

type Outcome =
  | { readonly kind: "ready"; readonly photo: PhotoId; readonly ready: ReadyPhoto }
  | { readonly kind: "duplicate" }
  | { readonly kind: "skipped"; readonly reason: string };

/** Imports `files` in their order. */
export async function importFiles(
  desk: Desk,
  files: readonly ImportFile[],
  options: ImportOptions = {},
): Promise<Result<ImportReport, WriteError>> {
  if (!desk.log.isMember()) return err(removedError);
  const secret = desk.secret();
  if (secret === null)
    return err({ kind: "store-failed", reason: "the library's secret has not arrived: sync once, then import" });
  const { clock } = desk.parts;
  const started = clock();
  const { indexer, problem } = await desk.parts.indexer();
  desk.setModelProblem(problem);
  const known = new Set<string>(await desk.parts.store.keys("originals"));
  const skipped: { file: string; reason: string }[] = [];
  let [imported, duplicates, faces, done] = [0, 0, 0, 0];
  let batch: ReadyPhoto[] = [];
  let batchSince = started;
  let patience = batchMilliseconds;
  const flush = async (): Promise<Result<null, WriteError>> => {
    const before = clock();
    const stored = await storeBatch(desk, batch);
    if (stored.ok) imported += batch.length;
    batch = [];
    // Storing ends with a projection of the whole library: it may take a fifth of the time, however large the library is.
    patience = Math.max(batchMilliseconds, 4 * (clock() - before));
    batchSince = clock();
    return stored;
  };
  // Only what is stored is done: a file that waits in the batch would be lost with a crash.
  const report = (file: string): void => {
    options.progress?.(progressOf(done - batch.length, files.length, faces, (clock() - started) / 1000, file));
  };
  for (const file of files) {
    if (options.signal?.aborted === true) break;
    const outcome = await prepareFile(desk, indexer, secret, known, file);
    if (outcome.kind === "duplicate") duplicates++;
    else if (outcome.kind === "skipped") skipped.push({ file: file.name, reason: outcome.reason });
    else {
      known.add(outcome.photo);
      faces += outcome.ready.faces;
      batch.push(outcome.ready);
    }
    if (batch.length >= maximalBatch || clock() - batchSince >= patience) {
      const flushed = await flush();
      if (!flushed.ok) return flushed;
    }
    done++;
    report(file.name);
  }
  const flushed = await flush();
  if (!flushed.ok) return flushed;
  report(files[done - 1]?.name ?? "");
  const seconds = (clock() - started) / 1000;
  return ok({ imported, duplicates, skipped, faces, seconds, stopped: done < files.length });
}

async function prepareFile(
  desk: Desk,
  indexer: Indexer,
  secret: LibrarySecret,
  known: ReadonlySet<string>,
  file: ImportFile,
): Promise<Outcome> {
  let bytes: Uint8Array;
  try {
    bytes = await file.read();
  } catch (cause) {
    const why = cause instanceof Error ? `: ${cause.message}` : "";
    return { kind: "skipped", reason: `the file cannot be read${why}` };
  }
  const photo = photoId(secret, bytes);
  if (known.has(photo)) return { kind: "duplicate" };
  const original = originalWrite(photo, file.path, bytes);
  const view = desk.photo(photo);
  if (view?.indexed === true && isSamePack(desk, view.index, indexer)) {
    return { kind: "ready", photo, ready: { writes: [original], announced: null, record: null, faces: view.faces.length } };
  }
  const indexed = await indexer.index(bytes);
  if (!indexed.ok) return { kind: "skipped", reason: indexed.error.reason };
  const record: IndexRecord = { photo, ...indexed.value.index };
  const recordBytes = encodeIndexRecord(record);
  const index = bytesToHex(plainHash(recordBytes)) as IndexHash;
  const { thumbnail } = indexed.value;
  const secrets = await blobSecrets(desk.log);
  if (!secrets.ok) return { kind: "skipped", reason: secrets.error.reason };
  const sealing = secrets.value ?? { secret, epoch: null };
  const blobs = [sealPhotoBlob(sealing, photo, "index", recordBytes), sealPhotoBlob(sealing, photo, "thumbnail", thumbnail)];
  const writes: StoreWrite[] = [
    original,
    { table: "index", key: index, value: recordBytes },
    { table: "thumbnails", key: photo, value: thumbnail },
    ...blobs.map((blob): StoreWrite => ({ table: "blobs", key: blob.announced.name, value: blob.ciphertext })),
  ];
  const fileName = [...file.name].slice(-120).join("");
  const announced = { photo, pack: record.pack, index, file: fileName, blobs: blobs.map((blob) => blob.announced) };
  return { kind: "ready", photo, ready: { writes, announced, record, faces: record.faces.length } };
}

/** Whether the index record that the library goes by is of the pack that this device would use. */
function isSamePack(desk: Desk, index: IndexHash, indexer: Indexer): boolean {
  const pack = desk.indexPack(index);
  return pack !== null && (indexer.pack === null || pack === indexer.pack);
}

function storeBatch(desk: Desk, batch: readonly ReadyPhoto[]): Promise<Result<null, WriteError>> {
  return desk.log.exclusive(async () => {
    const writes = batch.flatMap((ready) => ready.writes);
    const announced = batch.flatMap((ready) => ready.announced ?? []);
    const records = batch.flatMap((ready) => ready.record ?? []);
    if (announced.length === 0) return writes.length === 0 ? ok(null) : desk.parts.store.write(writes);
    desk.learnIndex(announced.flatMap((entry, at) => (records[at] === undefined ? [] : [[entry.index, records[at]] as const])));
    const announcement = encodeAnnouncement(announced);
    const written = await desk.writeEvent({ what: "import", says: { kind: "announcement", announcement } }, writes);
    return written.ok ? ok(null) : written;
  });
}

function progressOf(done: number, total: number, faces: number, seconds: number, file: string): ImportProgress {
  const rate = seconds > 0 ? done / seconds : 0;
  return { done, total, faces, rate, secondsLeft: rate > 0 ? (total - done) / rate : null, file };
}
