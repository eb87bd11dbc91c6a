/**
 * From a file's bytes to what a pack says about it, the same bits on every engine:
 *
 *   header and bounds → decoder → Exif → upright RGB → shrink → detector → boxes and landmarks as integers
 *   → aligned faces → embedder → int8 vectors and quality;   upright RGB → shrink → JPEG thumbnail
 *
 * A pure function of the bytes and of the pack: no clock, no file name, no state between files. Without weights it decodes,
 * reads and makes the thumbnail all the same, so that photos can be labelled by hand.
 */
import { manualPack } from "@albumen/core/ids/face.ts";
import type { PackId } from "@albumen/core/ids/ids.ts";
import type { IndexedFace, PhotoIndex } from "@albumen/core/index/index-record.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import { readHeader } from "../containers/header.ts";
import { createDecoders, type DecoderFiles, type Decoders } from "../decoders/decoders.ts";
import { orientPixels, toRgba } from "../kernels/orient.ts";
import { createPyramid, type Pyramid } from "../kernels/pyramid.ts";
import { fitSize } from "../kernels/resize.ts";
import { readMetadata } from "../metadata/exif.ts";
import type { LoadedPack, Sha256 } from "../packs/load.ts";
import { openModel, type Model, type RuntimeFiles } from "../runtime/session.ts";
import { alignFace } from "./align.ts";
import { detectFaces, shrinkFor } from "./detect.ts";
import { embedFace } from "./embed.ts";
import type { ImportError } from "./import-error.ts";
import { packId } from "./pack-id.ts";
import { faceQuality } from "./quality.ts";

export type { ImportError } from "./import-error.ts";

/** Longest side of a thumbnail in pixels. */
export const thumbnailSide = 768;
/** MozJPEG quality of a thumbnail, 1 … 100. */
export const thumbnailQuality = 82;

/** Computes what a pack says about photos; one file at a time. */
export interface Indexer {
  /** The pack, or null where no weights are loaded: then photos carry the manual pack and no faces. */
  readonly pack: PackId | null;
  /** What the pack says about the picture in `file`, or why it is not imported. */
  index(file: Uint8Array): Promise<Result<IndexedFile, ImportError>>;
  /** Frees the models. */
  close(): Promise<void>;
}

/** What one file gives. */
export interface IndexedFile {
  readonly index: PhotoIndex;
  /** JPEG, longest side ≤ 768 pixels, upright, without metadata. */
  readonly thumbnail: Uint8Array;
}

/** Weights and the runtime they need. */
export interface Recognition {
  readonly pack: LoadedPack;
  readonly runtime: RuntimeFiles;
}

/** What an indexer is made of: bytes that the host read, and its SHA-256. */
export interface IndexerParts {
  readonly decoders: DecoderFiles;
  /** Null to index without faces. */
  readonly recognition: Recognition | null;
  readonly sha256: Sha256;
}

/** Why no indexer could be made. */
export interface IndexerError {
  readonly kind: "runtime-failed";
  readonly reason: string;
}

/** The models of a pack, opened. */
interface Recogniser {
  readonly pack: PackId;
  readonly detector: Model;
  readonly embedder: Model;
}

/** The indexer over `parts`; an error where a binary or a model cannot start. */
export async function createIndexer(parts: IndexerParts): Promise<Result<Indexer, IndexerError>> {
  try {
    const decoders = await createDecoders(parts.decoders);
    const recogniser = parts.recognition === null ? null : await openPack(parts.recognition, parts);
    return ok({
      pack: recogniser?.pack ?? null,
      index: (file) => indexFile(file, decoders, recogniser),
      close: async () => {
        await recogniser?.detector.close();
        await recogniser?.embedder.close();
      },
    });
  } catch (cause) {
    return err({ kind: "runtime-failed", reason: `the recognition cannot start: ${String(cause)}` });
  }
}

async function openPack({ pack, runtime }: Recognition, { decoders, sha256 }: IndexerParts): Promise<Recogniser> {
  const id = await packId(pack.weights, { ...decoders, runtime: runtime.binary }, sha256);
  const detector = await openModel(pack.weights.detector, runtime);
  return { pack: id, detector, embedder: await openModel(pack.weights.embedder, runtime) };
}

async function indexFile(
  file: Uint8Array,
  decoders: Decoders,
  recogniser: Recogniser | null,
): Promise<Result<IndexedFile, ImportError>> {
  const header = readHeader(file);
  if (!header.ok) return header;
  const { type, exif } = header.value;
  const { orientation, taken, place, camera } = readMetadata(exif);
  const decoded = await decoders.decode(file, header.value);
  if (!decoded.ok) return decoded;
  const photo = orientPixels(decoded.value, orientation);
  const pyramid = createPyramid(photo);
  const small = shrinkFor(pyramid, fitSize(photo, thumbnailSide));
  const thumbnail = await decoders.encodeJpeg(toRgba(small), thumbnailQuality);
  const faces = recogniser === null ? [] : await recogniseFaces(recogniser, pyramid);
  const pack = recogniser?.pack ?? manualPack;
  return ok({ index: { pack, width: photo.width, height: photo.height, type, taken, place, camera, faces }, thumbnail });
}

async function recogniseFaces({ detector, embedder }: Recogniser, pyramid: Pyramid): Promise<readonly IndexedFace[]> {
  const faces: IndexedFace[] = [];
  for (const { box, landmarks, score } of await detectFaces(detector, pyramid)) {
    const aligned = alignFace(pyramid, landmarks);
    if (aligned === null) continue;
    const quality = faceQuality(box, landmarks, pyramid.level(0), aligned);
    faces.push({ box, landmarks, score, quality, vector: await embedFace(embedder, aligned) });
  }
  return faces;
}
