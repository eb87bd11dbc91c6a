/** One question to a worker, one answer; an answer that is late, or none, is an error with words for a person. */

/** How long to wait, and what to say. */
export interface Patience {
  readonly milliseconds: number;
  /** Why it is given up then. */
  readonly late: string;
  /** Why there is no answer where the worker broke. */
  readonly broken: string;
}

/** The answer of `worker` to `request`. Nobody else may ask it meanwhile. */
export function askWorker<Reply>(worker: Worker, request: unknown, patience: Patience): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const abort = new AbortController();
    const { signal } = abort;
    const done = (settle: () => void): void => {
      window.clearTimeout(timer);
      abort.abort();
      settle();
    };
    const timer = window.setTimeout(() => done(() => reject(new Error(patience.late))), patience.milliseconds);
    const failed = (): void => done(() => reject(new Error(patience.broken)));
    worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => done(() => resolve(data)), { signal });
    worker.addEventListener("error", failed, { signal });
    worker.addEventListener("messageerror", failed, { signal });
    worker.postMessage(request);
  });
}
