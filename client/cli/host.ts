/** What commands get from the machine; `main.ts` makes it, tests make their own. */
import type { EngineParts } from "../engine/open.ts";
import type { CliResult } from "./error.ts";

/** The person in front of the screen. */
export interface Terminal {
  /** Whether documents are wanted instead of text. */
  readonly json: boolean;
  /** Prints `document` where documents are wanted, else the lines of `text`, on stdout. */
  readonly print: (document: unknown, text: () => readonly string[]) => void;
  /** One line on stderr: progress and remarks. */
  readonly note: (line: string) => void;
  /** A line on stderr that the next one replaces, where the screen can do that; else printed every few seconds. */
  readonly progress: (line: string) => void;
  /** The answer to a question, read from stdin. */
  readonly ask: (question: string) => Promise<string>;
  /** Aborted by the first Ctrl-C. */
  readonly interrupted: AbortSignal;
}

/** A relay in this process. */
export interface RunningRelay {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** The machine. */
export interface Host {
  readonly terminal: Terminal;
  readonly home: string;
  /** What this machine calls itself. */
  readonly machineName: string;
  readonly openParts: (options: {
    readonly create: boolean;
    readonly downloadModels: boolean;
  }) => Promise<CliResult<EngineParts>>;
  readonly startRelay: (data: string, port: number, log: (line: string) => void) => Promise<CliResult<RunningRelay>>;
}
