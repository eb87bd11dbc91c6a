/** Detection: labelled boxes of dlib's scenes (PASCAL VOC photos), and photos of nature, where every box is false. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Box } from "@albumen/core/ids/face.ts";
import type { Indexer } from "../pipeline/indexer.ts";

/** What the detector found. */
export interface DetectionScores {
  readonly labelled: number;
  readonly recalled: number;
  readonly naturePhotos: number;
  readonly falseBoxes: number;
  /** Mean time to index a photo of these folders, in milliseconds. */
  readonly millisecondsPerPhoto: number;
}

/** A labelled face counts as found where a box overlaps it by this much; dlib's boxes are squarer than YuNet's. */
const minimalOverlap = 0.35;

/** Measures `indexer` on the photos under `photos`; `clock` gives milliseconds. */
export async function measureDetection(indexer: Indexer, photos: string, clock: () => number): Promise<DetectionScores> {
  const scenes = join(photos, "dlib-scenes");
  const nature = join(photos, "immich/albums/nature");
  const labels = await readLabels(scenes);
  const naturePhotos = (await readdir(nature)).filter((name) => name.endsWith(".jpg")).sort();
  const start = clock();
  let labelled = 0;
  let recalled = 0;
  for (const [name, boxes] of labels) {
    const found = await findBoxes(indexer, join(scenes, name));
    labelled += boxes.length;
    recalled += boxes.filter((box) => found.some((other) => overlap(box, other) >= minimalOverlap)).length;
  }
  let falseBoxes = 0;
  for (const name of naturePhotos) falseBoxes += (await findBoxes(indexer, join(nature, name))).length;
  const millisecondsPerPhoto = (clock() - start) / (labels.size + naturePhotos.length);
  return { labelled, recalled, naturePhotos: naturePhotos.length, falseBoxes, millisecondsPerPhoto };
}

/** The labelled boxes in pixels by file name, from both lists. */
async function readLabels(scenes: string): Promise<ReadonlyMap<string, readonly Box[]>> {
  const labels = new Map<string, readonly Box[]>();
  for (const list of ["testing.xml", "training.xml"]) {
    const xml = await readFile(join(scenes, list), "latin1");
    for (const [, name = "", body = ""] of xml.matchAll(/<image file='([^']+)'[^>]*>([\s\S]*?)<\/image>/g)) {
      const boxes = [...body.matchAll(/<box top='(-?\d+)' left='(-?\d+)' width='(\d+)' height='(\d+)'/g)];
      labels.set(
        name,
        boxes.map(([, top, left, width, height]) => ({ x: Number(left), y: Number(top), w: Number(width), h: Number(height) })),
      );
    }
  }
  return labels;
}

async function findBoxes(indexer: Indexer, path: string): Promise<readonly Box[]> {
  const indexed = await indexer.index(new Uint8Array(await readFile(path)));
  if (!indexed.ok) return [];
  const { width, height, faces } = indexed.value.index;
  return faces.map(({ box }) => ({
    x: (box.x * width) / 65536,
    y: (box.y * height) / 65536,
    w: (box.w * width) / 65536,
    h: (box.h * height) / 65536,
  }));
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared / (a.w * a.h + b.w * b.h - shared);
}
