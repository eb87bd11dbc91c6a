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
  /** Whether a person types the answers; else each is one line of stdin. */
  readonly isInteractive: boolean;
  /** The answer to a question, read from stdin; empty where there is none, or where `withdrawn` aborts. */
  readonly ask: (question: string, withdrawn?: AbortSignal) => Promise<string>;
  /** The answer to a question that nobody else shall read: not shown while it is typed. Null where there is none. */
  readonly askSecret: (question: string) => Promise<string | null>;
  /** Aborted by the first Ctrl-C. */
  readonly interrupted: AbortSignal;
}

/** The questions for a passphrase, with their answers from a person, from stdin or from a file. */
export interface PassphraseQuestions {
  /** The passphrase that is set, after `wrong` wrong answers; null where there is no further answer. */
  readonly current: (wrong: number) => Promise<string | null>;
  /** The one to be set; null where there is none, or where a person typed two. */
  readonly next: () => Promise<string | null>;
  /** For a home that is made now: what --passphrase-file says, else null. */
  readonly first: () => Promise<string | null>;
}

/** HOME with its key. */
export interface HomeKey {
  readonly hasPassphrase: boolean;
  /** Another passphrase, or none; where it fails nothing has changed. */
  readonly setPassphrase: (next: string | null) => CliResult;
  readonly close: () => Promise<void>;
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
  readonly questions: PassphraseQuestions;
  /** HOME for a change of its passphrase; `current` as in `questions`. */
  readonly openHome: (current: PassphraseQuestions["current"]) => Promise<CliResult<HomeKey>>;
  readonly startRelay: (data: string, port: number, log: (line: string) => void) => Promise<CliResult<RunningRelay>>;
}
