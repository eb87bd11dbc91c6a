/** Recognition on Labeled Faces in the Wild: clustering of its identities with several images, and its pairs. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createFaceId, type FaceId } from "@albumen/core/ids/face.ts";
import { bytesToId } from "@albumen/core/ids/ids.ts";
import type { IndexedFace } from "@albumen/core/index/index-record.ts";
import { clusterFaces, type ClusterFace } from "../cluster/cluster.ts";
import { faceSimilarity } from "../kernels/similarity.ts";
import type { Indexer } from "../pipeline/indexer.ts";
import { foldAccuracy, scorePairs, trueAcceptRate, type Comparison, type PairScores } from "./metrics.ts";

/** How many images of one person are asked for, at least and at most. */
const imagesPerIdentity = { least: 5, most: 30 };

/** The face of each image by its path below `photos`; an image without a face is left out. */
export type Embedder = (path: string) => Promise<IndexedFace | null>;

/** An embedder with a memory: the face next to the middle of the image, where LFW has its person. */
export function createEmbedder(indexer: Indexer, photos: string): Embedder {
  const known = new Map<string, Promise<IndexedFace | null>>();
  const embed = async (path: string): Promise<IndexedFace | null> => {
    const indexed = await indexer.index(new Uint8Array(await readFile(join(photos, path))));
    if (!indexed.ok) return null;
    const distance = ({ box }: IndexedFace): number => (box.x + box.w / 2 - 32768) ** 2 + (box.y + box.h / 2 - 32768) ** 2;
    return [...indexed.value.index.faces].sort((a, b) => distance(a) - distance(b))[0] ?? null;
  };
  return (path) => {
    const face = known.get(path) ?? embed(path);
    known.set(path, face);
    return face;
  };
}

/** What clustering gave. */
export interface ClusterScores extends PairScores {
  readonly identities: number;
  readonly images: number;
  readonly faces: number;
  readonly milliseconds: number;
}

/** Clusters the first `identities` people with at least five images. */
export async function measureClustering(
  embedder: Embedder,
  photos: string,
  identities: number,
  clock: () => number,
): Promise<ClusterScores> {
  const people = await listPeople(photos, identities);
  const faces: ClusterFace[] = [];
  const personById = new Map<FaceId, string>();
  let images = 0;
  for (const [person, paths] of people) {
    for (const path of paths) {
      images++;
      const face = await embedder(path);
      if (face === null) continue;
      const id = nameFace(path, face);
      personById.set(id, person);
      faces.push({ id, vector: face.vector, quality: face.quality });
    }
  }
  const start = clock();
  const clusters = clusterFaces({ faces, mustLink: [], cannotLink: [] });
  const milliseconds = clock() - start;
  const scores = scorePairs(clusters, (id) => personById.get(id) ?? "");
  return { ...scores, identities: people.length, images, faces: faces.length, milliseconds };
}

/** What comparing pairs gave. */
export interface VerificationScores {
  readonly pairs: number;
  readonly accuracy: number;
  /** True accept rate at a false accept rate of 1e-3; null with fewer than 1,000 impostor pairs. */
  readonly trueAcceptRate: number | null;
}

/** Compares every n-th of LFW's pairs, so that about `sample` are compared. */
export async function measureVerification(embedder: Embedder, photos: string, sample: number): Promise<VerificationScores> {
  const listed = JSON.parse(await readFile(join(photos, "lfw-pairs.json"), "utf8")) as readonly {
    readonly a: string;
    readonly b: string;
    readonly same: boolean;
  }[];
  const step = Math.max(1, Math.ceil(listed.length / sample));
  const comparisons: Comparison[] = [];
  for (const { a, b, same } of listed.filter((_, i) => i % step === 0)) {
    const [left, right] = [await embedder(a), await embedder(b)];
    if (left !== null && right !== null) comparisons.push({ similarity: faceSimilarity(left.vector, right.vector), same });
  }
  const impostors = comparisons.filter(({ same }) => !same).length;
  const rate = impostors < 1000 ? null : trueAcceptRate(comparisons, 0.001);
  return { pairs: comparisons.length, accuracy: foldAccuracy(comparisons), trueAcceptRate: rate };
}

async function listPeople(photos: string, identities: number): Promise<readonly (readonly [string, readonly string[]])[]> {
  const people: (readonly [string, readonly string[]])[] = [];
  for (const person of (await readdir(join(photos, "lfw"))).sort()) {
    if (people.length === identities) break;
    const images = (await readdir(join(photos, "lfw", person))).filter((name) => name.endsWith(".jpg")).sort();
    if (images.length < imagesPerIdentity.least) continue;
    people.push([person, images.slice(0, imagesPerIdentity.most).map((name) => `lfw/${person}/${name}`)]);
  }
  return people;
}

function nameFace(path: string, face: IndexedFace): FaceId {
  const digest = (text: string): Uint8Array => new Uint8Array(createHash("sha256").update(text).digest()).slice(0, 16);
  const [photo, pack] = [bytesToId("PhotoId", digest(path)), bytesToId("PackId", digest("eval"))];
  if (photo === null || pack === null) throw new Error("a hash has the wrong size");
  return createFaceId({ photo, box: face.box, pack });
}
