/**
 * `npm run eval`: measures the full pack on public photos, both outside of the project.
 *
 *   ALBUMEN_MODEL_DIR   folder with the weights that packs/manifest.ts names
 *   ALBUMEN_TEST_DATA   folder with photos/{dlib-scenes,immich,lfw,lfw-pairs.json}
 *   --identities N      people of LFW that are clustered (100)
 *   --pairs N           pairs of LFW that are compared (600)
 *   --json              one line of JSON and no table
 *
 * Without the folders it says so and ends with 0; a wrong argument ends with 2.
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createIndexer, type Indexer } from "../pipeline/indexer.ts";
import { createEmbedder, measureClustering, measureVerification } from "./lfw.ts";
import { readParts } from "./parts.ts";
import { measureDetection } from "./scenes.ts";

interface Arguments {
  readonly identities: number;
  readonly pairs: number;
  readonly json: boolean;
}

process.exitCode = await main();

async function main(): Promise<number> {
  const wanted = readArguments();
  if (typeof wanted === "string") {
    console.error(wanted);
    return 2;
  }
  const models = process.env["ALBUMEN_MODEL_DIR"];
  const data = process.env["ALBUMEN_TEST_DATA"];
  const missing = Object.entries({ ALBUMEN_MODEL_DIR: models, ALBUMEN_TEST_DATA: data }).flatMap(([name, value]) =>
    value ? [] : name,
  );
  if (models === undefined || data === undefined || missing.length > 0) {
    console.log(
      `Nothing was measured: ${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} not set (a folder of weights, a folder of public photos).`,
    );
    return 0;
  }
  const indexer = await openIndexer(models);
  if (typeof indexer === "string") {
    console.error(indexer);
    return 1;
  }
  const results = await measure(indexer, join(data, "photos"), wanted);
  await indexer.close();
  console.log(wanted.json ? JSON.stringify({ pack: indexer.pack, ...results }) : toTable(results));
  return 0;
}

function readArguments(): Arguments | string {
  try {
    const options = { identities: { type: "string" }, pairs: { type: "string" }, json: { type: "boolean" } } as const;
    const { values } = parseArgs({ options });
    const [identities, pairs] = [Number(values.identities ?? 100), Number(values.pairs ?? 600)];
    if (!Number.isInteger(identities) || identities < 1) return `--identities ${values.identities}: a number from 1 is right`;
    if (!Number.isInteger(pairs) || pairs < 1) return `--pairs ${values.pairs}: a number from 1 is right`;
    return { identities, pairs, json: values.json ?? false };
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}

async function openIndexer(folder: string): Promise<Indexer | string> {
  const parts = await readParts(folder);
  if (!parts.ok) return parts.error.reason;
  const indexer = await createIndexer(parts.value);
  return indexer.ok ? indexer.value : indexer.error.reason;
}

type Results = Awaited<ReturnType<typeof measure>>;

async function measure(indexer: Indexer, photos: string, { identities, pairs }: Arguments) {
  const clock = (): number => performance.now();
  const detection = await measureDetection(indexer, photos, clock);
  const embedder = createEmbedder(indexer, photos);
  const clustering = await measureClustering(embedder, photos, identities, clock);
  const verification = await measureVerification(embedder, photos, pairs);
  return { detection, clustering, verification };
}

function toTable({ detection, clustering, verification }: Results): string {
  const { precision, recall, f1, clusters, faces, images } = clustering;
  const rows: readonly (readonly [string, string])[] = [
    ["labelled faces found (dlib scenes)", `${detection.recalled} of ${detection.labelled}`],
    ["false boxes (nature)", `${detection.falseBoxes} in ${detection.naturePhotos} photos`],
    ["index one of these photos", `${detection.millisecondsPerPhoto.toFixed(0)} ms`],
    ["LFW images with a face", `${faces} of ${images}, ${clustering.identities} people`],
    ["LFW clusters", `${clusters} in ${clustering.milliseconds.toFixed(0)} ms`],
    ["LFW pairwise precision / recall / F1", [precision, recall, f1].map((share) => share.toFixed(4)).join(" / ")],
    ["LFW verification accuracy", `${(100 * verification.accuracy).toFixed(2)} % of ${verification.pairs} pairs`],
    [
      "LFW true accepts at 1e-3",
      verification.trueAcceptRate === null ? "too few pairs" : `${(100 * verification.trueAcceptRate).toFixed(1)} %`,
    ],
  ];
  return rows.map(([name, value]) => `${name.padEnd(38)} ${value}`).join("\n");
}
