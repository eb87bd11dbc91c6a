/** Real processes for end-to-end tests: the CLI as a person starts it, and the relay. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const cli = join(root, "client/cli/main.ts");
const relayMain = join(root, "relay/main.ts");
/** Compiled code is kept here between tests; no weights are. */
const cache = join(root, "test-output/cache");

/** A process that has ended. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process that runs. */
export interface Running {
  /** The first JSON document on stdout that has the field; rejects where the process ends without one. */
  readonly document: (field: string) => Promise<Record<string, unknown>>;
  /** Resolves once what it has written to stderr fits. */
  readonly said: (pattern: RegExp) => Promise<void>;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly finished: Promise<Finished>;
}

/** What a process gets beside its words. */
export interface ProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** All that it can read from stdin; nothing where absent. */
  readonly input?: string;
}

/** For devices that shall find no weights. */
export const withoutModels: ProcessOptions = { env: { ALBUMEN_MODEL_DIR: "" } };

/** One device: a home, and commands in it. */
export interface Device {
  readonly home: string;
  /** Starts a command with --json. */
  readonly start: (...words: string[]) => Running;
  /** Runs a command with --json to its end, whatever that is. */
  readonly attempt: (...words: string[]) => Promise<Finished>;
  /** The last document of a command that succeeds; throws where it does not. */
  readonly run: <T>(...words: string[]) => Promise<T>;
}

/** What `digest --json` prints. */
export interface DigestDocument {
  readonly digest: string;
  readonly records: string;
  readonly index: string;
  readonly missing: number;
  readonly version: number;
  readonly photos: number;
  readonly faces: number;
  readonly people: number;
  readonly albums: number;
}

/** The device in `home`. */
export function createDevice(home: string, options: ProcessOptions = {}): Device {
  const start = (...words: string[]): Running => startProcess([cli, ...words, "--json", "--home", home], options);
  const attempt = (...words: string[]): Promise<Finished> => start(...words).finished;
  return {
    home,
    start,
    attempt,
    run: async <T>(...words: string[]) => {
      const { code, stdout, stderr } = await attempt(...words);
      if (code !== 0) throw new Error(`albumen ${words.join(" ")} ended with ${code}: ${stderr.slice(-2000)}`);
      return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "null") as T;
    },
  };
}

/** A relay over the folder `data`, whose challenges are bound to `origin` where that is given. */
export async function startRelayProcess(
  data: string,
  origin?: string,
): Promise<{ readonly url: string; readonly stop: () => Promise<Finished> }> {
  const running = startProcess([relayMain, "--data", data, "--port", "0", ...(origin === undefined ? [] : ["--origin", origin])]);
  await running.said(/listens on \S+/);
  const url = /listens on (\S+)/.exec(running.stderr())?.[1] ?? "";
  return {
    url,
    stop: () => {
      running.kill("SIGTERM");
      return running.finished;
    },
  };
}

/** Makes `joiner` a device of `member`'s library; both take the strings as compared. */
export async function pair(member: Device, joiner: Device, name: string): Promise<void> {
  const inviting = member.start("invite", "--yes");
  const { code } = await inviting.document("code");
  await joiner.run("join", String(code), "--yes", "--name", name);
  const { code: exit, stderr } = await inviting.finished;
  if (exit !== 0) throw new Error(`albumen invite ended with ${exit}: ${stderr}`);
}

function startProcess(
  words: readonly string[],
  { env = {}, input }: ProcessOptions = {},
): Running & { readonly stderr: () => string } {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", ...words], {
    env: { ...process.env, XDG_CACHE_HOME: cache, ...env },
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  // A process may end before it has read all of it.
  child.stdin?.on("error", () => {}).end(input);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const finished = once(child, "close").then(([code]): Finished => ({ code, stdout: stdout.text(), stderr: stderr.text() }));
  return {
    document: (field) =>
      waitFor(
        child,
        stdout,
        () => findDocument(stdout.text(), field),
        () => stderr.text(),
      ),
    said: async (pattern) =>
      void (await waitFor(
        child,
        stderr,
        () => pattern.exec(stderr.text()),
        () => stderr.text(),
      )),
    kill: (signal) => void child.kill(signal),
    finished,
    stderr: stderr.text,
  };
}

interface Collected {
  readonly text: () => string;
  readonly changed: (listener: () => void) => void;
}

function collect(stream: NodeJS.ReadableStream | null): Collected {
  const chunks: Buffer[] = [];
  const listeners: (() => void)[] = [];
  stream?.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    for (const listener of listeners) listener();
  });
  return { text: () => Buffer.concat(chunks).toString("utf8"), changed: (listener) => listeners.push(listener) };
}

function waitFor<T>(child: ChildProcess, output: Collected, find: () => T | null, said: () => string): Promise<T> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const found = find();
      if (found !== null) resolve(found);
    };
    output.changed(look);
    child.once("close", (code) => {
      look();
      reject(new Error(`the process ended with ${code} before: ${said().slice(-2000)}`));
    });
    look();
  });
}

/** The first complete line of JSON that is an object with the field. */
function findDocument(stdout: string, field: string): Record<string, unknown> | null {
  for (const line of stdout.split("\n").slice(0, -1)) {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null && field in value) return value as Record<string, unknown>;
  }
  return null;
}
