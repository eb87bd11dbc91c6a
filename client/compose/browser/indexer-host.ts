/**
 * The indexer, in a worker of its own, so that nothing a photo does can freeze or take down the page. A worker that dies, or
 * takes longer than a minute over one photo, is ended: that photo is reported as damaged, and the next one gets a new worker.
 */
import { err, type Result } from "@albumen/core/primitives/result.ts";
import type { ImportError, IndexedFile } from "@albumen/models/pipeline/indexer.ts";
import type { EngineParts } from "../../engine/open.ts";
import type { IndexWorkerReply, IndexWorkerRequest, Readiness } from "../../workers/index-messages.ts";
import { askWorker } from "./ask-worker.ts";
import { assetUrls } from "./assets.ts";

/** Milliseconds for one photo. */
const photoLimit = 60_000;
/** Milliseconds until decoders and models are ready: 20 MB over a slow network. */
const openLimit = 300_000;

/** What still works where no faces are found. */
const allTheSame = "photos are added all the same, and faces can be drawn and named by hand";

/** A worker and how to ask it. */
interface Session {
  readonly opened: Readiness;
  readonly index: (file: Uint8Array) => Promise<Result<IndexedFile, ImportError>>;
  readonly end: () => void;
}

/** How the engine opens the indexer; no worker runs before it does. */
export function createIndexerHost(): EngineParts["indexer"] {
  let session: Promise<Session> | null = null;
  const start = (): Promise<Session> => {
    session ??= openSession().catch((cause: unknown) => {
      session = null;
      throw cause;
    });
    return session;
  };
  const index = async (file: Uint8Array): Promise<Result<IndexedFile, ImportError>> => {
    let current: Session | null = null;
    try {
      current = await start();
      return await current.index(file);
    } catch (cause) {
      current?.end();
      session = null;
      return err({ kind: "damaged", reason: cause instanceof Error ? cause.message : String(cause) });
    }
  };
  const close = async (): Promise<void> => {
    (await session)?.end();
    session = null;
  };
  return async () => {
    const { pack, problem } = (await start()).opened;
    return { indexer: { pack, index, close }, problem: problem === null ? null : `${problem}: ${allTheSame}` };
  };
}

async function openSession(): Promise<Session> {
  const worker = new Worker(new URL("../../workers/index-worker.ts", import.meta.url), { type: "module", name: "albumen-index" });
  try {
    const ask = (request: IndexWorkerRequest, milliseconds: number, late: string): Promise<IndexWorkerReply> =>
      askWorker(worker, request, { milliseconds, late, broken: "the decoder stopped over it" });
    const opened = await ask({ kind: "open", assets: assetUrls }, openLimit, "the recognition took too long to start");
    if (opened.kind !== "opened") throw new Error("the worker of the recognition cannot start");
    return {
      opened: opened.opened,
      end: () => worker.terminate(),
      index: async (file) => {
        const late = `it took longer than ${photoLimit / 1000} seconds and was given up`;
        const reply = await ask({ kind: "index", file }, photoLimit, late);
        if (reply.kind !== "indexed") throw new Error("the decoder stopped over it");
        return reply.result;
      },
    };
  } catch (cause) {
    worker.terminate();
    throw cause;
  }
}
