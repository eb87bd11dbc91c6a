/**
 * Node's composition: every effect and adapter that an engine on this machine gets. Nothing heavy is loaded before it is
 * needed: the models come with the first photo.
 */
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { initializeDocuments } from "@albumen/core/documents/automerge.ts";
import type { Random } from "@albumen/core/ports/random.ts";
import { ok, type Result } from "@albumen/core/primitives/result.ts";
import { clusterFaces } from "@albumen/models/cluster/cluster.ts";
import type { EngineParts } from "../engine/open.ts";
import { createTransport } from "../transport/transport.ts";
import { openHome, type HomeError, type HomeOptions, type OpenHome } from "./node-home.ts";
import { readWeightsOptions } from "./node-weights.ts";

/** What a program may choose. */
export interface NodeOptions extends Omit<HomeOptions, "random"> {
  /** Whether a person agreed to fetch missing models. */
  readonly downloadModels: boolean;
  /** Takes one line about slow things, such as fetching models. */
  readonly report: (line: string) => void;
}

/** `home` alone, for its key. */
export function openNodeHome(home: string, options: Omit<HomeOptions, "random">): Promise<Result<OpenHome, HomeError>> {
  return openHome(home, { ...options, random });
}

/** The parts of an engine over the store in `home`. */
export async function openNodeParts(home: string, options: NodeOptions): Promise<Result<EngineParts, HomeError>> {
  const opened = await openNodeHome(home, options);
  if (!opened.ok) return opened;
  await initializeDocuments(await readAutomergeBinary());
  return ok({
    store: opened.value.store,
    random,
    clock: Date.now,
    clusterer: clusterFaces,
    indexer: lazyIndexer(options),
    transport: createTransport(fetch, (url) => new WebSocket(url)),
    readOriginal: async (path) => readFile(path).catch(() => null),
  });
}

const random: Random = (length) => new Uint8Array(randomBytes(length));

function lazyIndexer({ downloadModels, report }: NodeOptions): EngineParts["indexer"] {
  let opened: ReturnType<EngineParts["indexer"]> | null = null;
  return () => {
    opened ??= import("./node-indexer.ts").then(async ({ openIndexer }) => {
      const { indexer, problem } = await openIndexer(readWeightsOptions(downloadModels, report));
      if (problem !== null) report(`Faces are not looked for: ${problem}.`);
      return { indexer, problem };
    });
    return opened;
  };
}

async function readAutomergeBinary(): Promise<Uint8Array> {
  const core = createRequire(new URL("../../core/package.json", import.meta.url));
  return new Uint8Array(await readFile(core.resolve("@automerge/automerge/automerge.wasm")));
}
