/** Lines of a stream, one at a time. Between two of them it is paused, so that it keeps no process alive. */
import { createInterface, type Interface } from "node:readline";

/** How the next line is read; null at the end of the stream and after `interrupted`. Nothing is read before the first call. */
export function createLineReader(stream: NodeJS.ReadableStream, interrupted: AbortSignal): () => Promise<string | null> {
  const ready: string[] = [];
  let waiting: ((line: string | null) => void) | null = null;
  let hasEnded = false;
  let lines: Interface | null = null;
  const answer = (line: string | null): void => {
    const resolve = waiting;
    waiting = null;
    if (!hasEnded) lines?.pause();
    resolve?.(line);
  };
  const open = (): Interface => {
    const opened = createInterface({ input: stream });
    opened.on("line", (line) => (waiting === null ? void ready.push(line) : answer(line)));
    opened.on("close", () => {
      hasEnded = true;
      answer(null);
    });
    interrupted.addEventListener("abort", () => answer(null));
    return opened;
  };
  return () => {
    const line = ready.shift();
    if (line !== undefined || hasEnded || interrupted.aborted) return Promise.resolve(line ?? null);
    lines ??= open();
    lines.resume();
    return new Promise((resolve) => {
      waiting = resolve;
    });
  };
}
