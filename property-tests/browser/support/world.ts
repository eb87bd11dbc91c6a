/**
 * A world for browser tests: a real relay that serves the built app, and Chromium. Each visitor is an isolated context, as a
 * device of its own. Every request that leaves for another origin and every error on a console is kept, for a test to see.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from "playwright-core";
import { fullPack } from "@albumen/models/packs/manifest.ts";
import { startRelay, type RunningRelay } from "@albumen/relay/serve.ts";
import { buildWebApp } from "@albumen/client/compose/node-web.ts";
import { requireChromium } from "../../../scripts/chromium.mjs";

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** One device: a context and its page. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
}

/** The world. */
export interface World {
  readonly relay: RunningRelay;
  readonly browser: Browser;
  /** Addresses of requests to any other origin. */
  readonly strangers: readonly string[];
  /** Errors on consoles and uncaught ones, each with its page's path. */
  readonly complaints: readonly string[];
  /** In the world's browser, or in another one. */
  readonly visit: (options?: BrowserContextOptions, where?: Browser) => Promise<Visitor>;
  /** Stops the relay, lets `change` at the folder of its data, and starts it again at the same address. */
  readonly restartRelay: (change: (data: string) => Promise<void>) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A Chromium, with `args` beside those that keep it quiet. */
export function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: requireChromium(), args: [...quiet, ...args] });
}

/** Starts the world; `models` is the folder of weights that the relay serves, null for none. */
export async function startWorld(models: string | null = null): Promise<World> {
  const web = buildWebApp(() => undefined);
  if (web === null) throw new Error("the web app could not be built");
  const data = await mkdtemp(join(tmpdir(), "albumen-browser-"));
  const files = fullPack.weights.map(({ file }) => file);
  const start = (port: number): Promise<RunningRelay> =>
    startRelay({ data, port, web, ...(models !== null && { models: { dir: models, files } }) });
  let relay = await start(0);
  const browser = await launchBrowser();
  const strangers: string[] = [];
  const complaints: string[] = [];
  const visit = async (options: BrowserContextOptions = {}, where = browser): Promise<Visitor> => {
    const context = await where.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB", ...options });
    context.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      if (origin !== relay.url && protocol !== "blob:" && protocol !== "data:") strangers.push(request.url());
    });
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    listen(page, complaints);
    await page.goto(relay.url);
    return { page, context };
  };
  const restartRelay: World["restartRelay"] = async (change) => {
    await relay.close();
    await change(data);
    relay = await start(relay.port);
  };
  const close = async (): Promise<void> => {
    await browser.close();
    await relay.close();
    await rm(data, { recursive: true, force: true });
  };
  return {
    get relay() {
      return relay;
    },
    browser,
    strangers,
    complaints,
    visit,
    restartRelay,
    close,
  };
}

/**
 * Chromium writes each refused request to the console, also where that is expected: without a network, where no models are
 * served, where a blob was announced and is still on its way to the relay, and where a library is so new that the relay has none
 * of its records yet.
 */
const expected =
  /net::ERR_INTERNET_DISCONNECTED|net::ERR_CONNECTION|\/models\/[a-z0-9_]+\.onnx|404 \(Not Found\).*(\/blobs\/|\/v1\/sessions)/;

function listen(page: Page, complaints: string[]): void {
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.stack ?? error.message}`));
  page.on("console", (message) => {
    const text = `${message.text()} ${message.location().url}`;
    if (message.type() === "error" && !expected.test(text)) complaints.push(text);
  });
}
