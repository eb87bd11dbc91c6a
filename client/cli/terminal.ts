/** The terminal over a process's streams: documents or text on stdout, progress and remarks on stderr. */
import { createInterface } from "node:readline/promises";
import type { Terminal } from "./host.ts";

/** The streams of a process. */
export interface Streams {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
}

/** Where the screen cannot replace a line, this many milliseconds pass between two lines of progress. */
const progressMilliseconds = 3000;

/** A terminal over `streams`. */
export function createTerminal(streams: Streams, json: boolean, interrupted: AbortSignal, now: () => number): Terminal {
  const { stdin, stdout, stderr } = streams;
  let transient = false;
  let lastProgress = now();
  const clearProgress = (): void => {
    if (transient) stderr.write("\r\u001b[K");
    transient = false;
  };
  return {
    json,
    interrupted,
    print: (document, text) => {
      clearProgress();
      const lines = json ? [JSON.stringify(document)] : text();
      for (const line of lines) stdout.write(`${line}\n`);
    },
    note: (line) => {
      clearProgress();
      stderr.write(`${line}\n`);
    },
    progress: (line) => {
      if (stderr.isTTY === true) {
        stderr.write(`\r\u001b[K${line.slice(0, (stderr.columns ?? 80) - 1)}`);
        transient = true;
      } else if (now() - lastProgress >= progressMilliseconds) {
        lastProgress = now();
        stderr.write(`${line}\n`);
      }
    },
    ask: async (question) => {
      clearProgress();
      const lines = createInterface({ input: stdin, output: stderr });
      // A stdin that ends answers nothing.
      const ended = new Promise<string>((resolve) => lines.once("close", () => resolve("")));
      try {
        return await Promise.race([lines.question(question, { signal: interrupted }), ended]);
      } catch {
        return "";
      } finally {
        lines.close();
      }
    },
  };
}
