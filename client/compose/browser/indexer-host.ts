/**
 * The indexer, in a worker of its own, so that nothing a photo does can freeze or take down the page. A worker that dies, or
 * takes longer than a minute over one photo, is ended: that photo is reported as damaged, and the next one gets a new worker.
 */
import type { PackId } from "@albumen/core/ids/ids.ts";
import { err, type Result } from "@albumen/core/primitives/result.ts";
import type { ImportError, IndexedFile, Indexer } from "@albumen/models/pipeline/indexer.ts";
import type { IndexWorkerReply, IndexWorkerRequest, OpenedIndexer } from "../../workers/index-messages.ts";
import { assetUrls } from "./assets.ts";

/** Milliseconds for one photo. */
const photoLimit = 60_000;
/** Milliseconds until decoders and models are ready: 20 MB over a slow network. */
const openLimit = 300_000;

/** Where the engine gets its indexer. */
export interface IndexerHost {
  readonly open: () => Promise<Indexer>;
  /** Why no faces are found, once it was opened; null where they are. */
  readonly problem: () => string | null;
}

/** A worker and how to ask it. */
interface Session {
  readonly opened: OpenedIndexer;
  readonly index: (file: Uint8Array) => Promise<Result<IndexedFile, ImportError>>;
  readonly end: () => void;
}

/** The host; no worker runs before `open`. */
export function createIndexerHost(): IndexerHost {
  let session: Promise<Session> | null = null;
  let problem: string | null = null;
  const start = (): Promise<Session> => {
    session ??= openSession();
    return session;
  };
  const index = async (file: Uint8Array): Promise<Result<IndexedFile, ImportError>> => {
    const current = await start();
    try {
      return await current.index(file);
    } catch (cause) {
      current.end();
      session = null;
      return err({ kind: "damaged", reason: cause instanceof Error ? cause.message : String(cause) });
    }
  };
  return {
    problem: () => problem,
    open: async () => {
      const { opened } = await start();
      problem = opened.problem;
      const pack: PackId | null = opened.pack;
      return {
        pack,
        index,
        close: async () => {
          (await session)?.end();
          session = null;
        },
      };
    },
  };
}

async function openSession(): Promise<Session> {
  const worker = new Worker(new URL("../../workers/index-worker.ts", import.meta.url), { type: "module", name: "albumen-index" });
  try {
    const opened = await ask(worker, { kind: "open", assets: assetUrls }, openLimit, "the recognition took too long to start");
    if (opened.kind !== "opened") throw new Error("the worker of the recognition cannot start");
    return {
      opened: opened.opened,
      end: () => worker.terminate(),
      index: async (file) => {
        const late = `it took longer than ${photoLimit / 1000} seconds and was given up`;
        const reply = await ask(worker, { kind: "index", file }, photoLimit, late);
        if (reply.kind !== "indexed") throw new Error("the decoder stopped over it");
        return reply.result;
      },
    };
  } catch (cause) {
    worker.terminate();
    throw cause;
  }
}

/** One question, one answer: the engine imports one photo after the other. */
function ask(worker: Worker, request: IndexWorkerRequest, limit: number, late: string): Promise<IndexWorkerReply> {
  return new Promise((resolve, reject) => {
    const abort = new AbortController();
    const { signal } = abort;
    const timer = window.setTimeout(() => done(() => reject(new Error(late))), limit);
    const done = (settle: () => void): void => {
      window.clearTimeout(timer);
      abort.abort();
      settle();
    };
    const failed = (): void => done(() => reject(new Error("the decoder stopped over it")));
    worker.addEventListener("message", ({ data }: MessageEvent<IndexWorkerReply>) => done(() => resolve(data)), { signal });
    worker.addEventListener("error", failed, { signal });
    worker.addEventListener("messageerror", failed, { signal });
    worker.postMessage(request);
  });
}
