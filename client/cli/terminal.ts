/**
 * The terminal over a process's streams: documents or text on stdout, progress and remarks on stderr, answers from stdin. A
 * person edits a line and sees it, or does not where it is secret; from anything else than a person, an answer is one line.
 */
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { Terminal } from "./host.ts";
import { createLineReader } from "./line-reader.ts";

/** The streams of a process. */
export interface Streams {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
}

/** Where the screen cannot replace a line, this many milliseconds pass between two lines of progress. */
const progressMilliseconds = 3000;

/** A terminal over `streams`. */
export function createTerminal(streams: Streams, json: boolean, interrupted: AbortSignal, now: () => number): Terminal {
  const { stdin, stdout, stderr } = streams;
  const isInteractive = stdin.isTTY === true;
  const readLine = createLineReader(stdin, interrupted);
  let transient = false;
  let lastProgress = now();
  const clearProgress = (): void => {
    if (transient) stderr.write("\r\u001b[K");
    transient = false;
  };
  return {
    json,
    interrupted,
    isInteractive,
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
    ask: async (question, withdrawn) => {
      clearProgress();
      const signal = withdrawn === undefined ? interrupted : AbortSignal.any([interrupted, withdrawn]);
      if (isInteractive) return (await typeLine(streams, question, stderr, signal)) ?? "";
      stderr.write(question);
      return (await Promise.race([readLine(), aborted(signal)])) ?? "";
    },
    askSecret: async (question) => {
      clearProgress();
      // Nobody is there to read the question.
      if (!isInteractive) return readLine();
      const typed = await typeLine(streams, question, nowhere(), interrupted);
      stderr.write("\n");
      return typed;
    },
  };
}

/** The line that a person types, shown on `echo`; null where it ends in Ctrl-C or Ctrl-D. */
async function typeLine(
  { stdin, stderr }: Streams,
  question: string,
  echo: NodeJS.WritableStream,
  signal: AbortSignal,
): Promise<string | null> {
  const terminal = echo !== stderr || stderr.isTTY === true;
  // It takes the keys from the system, which would show them, before the question stands there.
  const lines = createInterface({ input: stdin, output: echo, terminal, historySize: 0 });
  const ended = new Promise<null>((resolve) => lines.once("close", () => resolve(null)));
  try {
    if (echo !== stderr) stderr.write(question);
    return await Promise.race([lines.question(question, { signal }), ended]);
  } catch {
    return null;
  } finally {
    lines.close();
  }
}

function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(null)));
}

function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}
