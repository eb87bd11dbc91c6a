/**
 * `npm start`: a relay on this machine that also serves the web app and, where they are installed, the face models.
 * Options: --port N (default 8787), --data DIR (default .albumen/relay in the project), --download-models.
 */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { fullPack } from "@albumen/models/packs/manifest.ts";
import { type RunningRelay, startRelay } from "./node-relay.ts";
import { buildWebApp, projectRoot } from "./node-web.ts";
import { findWeightsFolder, loadWeights, readWeightsOptions } from "./node-weights.ts";

interface Options {
  readonly port: number;
  readonly data: string;
  readonly downloadModels: boolean;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const fail = (line: string, code: number): never => {
  process.stderr.write(`albumen: ${line}\n`);
  process.exit(code);
};

await start(readOptions());

async function start({ port, data, downloadModels }: Options): Promise<void> {
  const weights = readWeightsOptions(downloadModels, say, "npm start -- --download-models");
  const pack = await loadWeights(weights);
  const folder = pack.ok ? findWeightsFolder(weights) : null;
  const models = folder === null ? {} : { models: { dir: folder, files: fullPack.weights.map(({ file }) => file) } };
  const web = buildWebApp(say) ?? fail("the web app could not be built; what Vite says stands above", 1);
  const relay = await startRelay({ data, port, web, ...models }).catch((cause: unknown) => fail(describeFailure(cause), 1));
  for (const line of greeting(relay.url, pack.ok ? null : pack.error)) say(line);
  stopOnSignal(relay);
}

function greeting(url: string, modelProblem: string | null): readonly string[] {
  return [
    "",
    `Albumen is ready:     ${url}`,
    "In the browser:       open it, start a new library and drop a folder of photos on the page.",
    "A second device:      open it in a private window and join with the code that Devices shows.",
    `On the command line:  npx albumen init --relay ${url}, then npx albumen import FOLDER.`,
    modelProblem === null
      ? "Face recognition:     ready; it runs on each device, and nothing of a photo leaves it unencrypted."
      : `Face recognition:     ${modelProblem}.`,
    "Ctrl-C stops it; what the relay keeps is ciphertext.",
  ];
}

function stopOnSignal(relay: RunningRelay): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(130);
    stopping = true;
    relay.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}

function describeFailure(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.includes("port is taken") ? `${message}; npm start -- --port N takes another` : message;
}

function readOptions(): Options {
  const options = { port: { type: "string" }, data: { type: "string" }, "download-models": { type: "boolean" } } as const;
  try {
    const { values } = parseArgs({ options, strict: true });
    const port = Number(values.port ?? "8787");
    if (!Number.isInteger(port) || port < 0 || port > 65535)
      return fail(`--port ${values.port} is not a number from 0 to 65535`, 2);
    const data = resolve(values.data ?? join(projectRoot, ".albumen/relay"));
    return { port, data, downloadModels: values["download-models"] === true };
  } catch {
    return fail("npm start takes --port N, --data DIR and --download-models, after two dashes: npm start -- --port N", 2);
  }
}
