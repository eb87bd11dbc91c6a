/**
 * Starting a relay: the one place that knows the network, the clock, chance and the disk, and puts them together. Everything
 * it starts, `close` ends.
 */
import { randomBytes } from "node:crypto";
import { chmod, mkdir } from "node:fs/promises";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import { addressToKey } from "./address.ts";
import { createRelayApp, type RelayApp } from "./app.ts";
import { openFolderBlobStore } from "./blob-store/file-system.ts";
import type { BlobStore } from "./blob-store/blob-store.ts";
import type { Clock, Log } from "./effects.ts";
import type { RelayLimits } from "./limits.ts";
import type { LogStore } from "./log-store/log-store.ts";
import { openLogDatabase } from "./log-store/sqlite-schema.ts";
import { createSqliteLogStore } from "./log-store/sqlite.ts";
import { refusalResponse, refuse } from "./refusal.ts";
import { type Answer, createSockets, type Sockets } from "./serve-sockets.ts";
import { createStaticSite, type StaticFolders } from "./static.ts";

/** How to start. */
export interface RelayOptions extends StaticFolders {
  /** Folder of the relay's data; made where it is missing, and closed to everybody else (mode 0700). */
  readonly data: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Default "127.0.0.1". */
  readonly host?: string;
  /** What the operator should know, one line at a time; default nothing. */
  readonly log?: Log;
  /** The origin that challenges are bound to, as devices see it; default the address it listens on. */
  readonly origin?: string;
  /** What differs from `defaultLimits`. */
  readonly limits?: Partial<RelayLimits>;
  /** Whether `x-forwarded-for` says who asks: only behind a proxy that sets it. */
  readonly trustProxy?: boolean;
}

/** A running relay. */
export interface RunningRelay {
  /** "http://host:port", without a slash. */
  readonly url: string;
  readonly port: number;
  /** Ends sockets and waits, lets requests finish for a second, and lets go of the disk. */
  readonly close: () => Promise<void>;
}

/** Why a relay did not start; the message is one line for the operator. */
export class RelayStartError extends Error {
  override readonly name = "RelayStartError";
}

/** Starts a relay. Rejects with a RelayStartError where port, folder or data are not as they must be. */
export async function startRelay(options: RelayOptions): Promise<RunningRelay> {
  const { logStore, blobStore } = await openStores(options.data);
  const sockets = createSockets();
  let relay: RelayApp | null = null;
  const answer: Answer = (request, env) =>
    relay?.app.fetch(request, env) ?? refusalResponse(refuse("unavailable", "the relay is starting", 1));
  const server = createAdaptorServer({
    fetch: (request, { incoming }) => answer(request, { incoming: incoming as IncomingMessage }),
    overrideGlobalObjects: false,
    // A blob of 64 MiB over a line of 1 Mbit/s takes nine minutes.
    serverOptions: { requestTimeout: 1_800_000, headersTimeout: 30_000, keepAliveTimeout: 65_000 },
  }) as Server;
  sockets.attach(server, answer);
  try {
    const fallback = await createStaticSite(options).catch(() => {
      throw new RelayStartError(`the web folder ${String(options.web)} cannot be read`);
    });
    const port = await listen(server, options.port, options.host ?? "127.0.0.1");
    const host = options.host ?? "127.0.0.1";
    const url = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
    relay = createRelayApp({
      logStore,
      blobStore,
      clock: systemClock,
      random: (length) => new Uint8Array(randomBytes(length)),
      origin: options.origin ?? url,
      limits: options.limits ?? {},
      log: options.log ?? (() => undefined),
      addressOf: (request) => addressOf(request, options.trustProxy ?? false),
      upgrade: sockets.upgrade,
      fallback,
    });
    return { url, port, close: createClose(server, relay, sockets, logStore) };
  } catch (cause) {
    server.close();
    await logStore.close();
    throw cause;
  }
}

const systemClock: Clock = {
  // biome-ignore lint/nursery/noJsRestrictedProperties: this file is the relay's composition root, for its main and for the CLI.
  now: () => Date.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

async function openStores(data: string): Promise<{ logStore: LogStore; blobStore: BlobStore }> {
  try {
    await mkdir(data, { recursive: true, mode: 0o700 });
    await chmod(data, 0o700);
  } catch (cause) {
    throw new RelayStartError(`the folder ${data} cannot be used: ${codeOf(cause)}`);
  }
  const log = openLogDatabase(data, (length) => new Uint8Array(randomBytes(length)));
  if (!log.ok) throw new RelayStartError(log.error.reason);
  const blobs = await openFolderBlobStore(data);
  if (blobs.ok) return { logStore: createSqliteLogStore(log.value), blobStore: blobs.value };
  log.value.close();
  throw new RelayStartError(`the folder ${data} cannot be used: ${blobs.error.reason}`);
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause) => {
      const code = codeOf(cause);
      const reason = code === "EADDRINUSE" ? "the port is taken" : code === "EACCES" ? "the port is not allowed" : code;
      reject(new RelayStartError(`the relay cannot listen on ${host}:${port}: ${reason}`));
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function addressOf(request: Context, trustProxy: boolean): string {
  const forwarded = trustProxy ? request.req.header("x-forwarded-for")?.split(",").at(-1)?.trim() : undefined;
  return addressToKey(forwarded ?? getConnInfo(request).remote.address ?? "");
}

function createClose(server: Server, relay: RelayApp, sockets: Sockets, logStore: LogStore): () => Promise<void> {
  const close = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    relay.close();
    server.closeIdleConnections();
    const grace = setTimeout(() => {
      sockets.terminate();
      server.closeAllConnections();
    }, 1000);
    await closed;
    clearTimeout(grace);
    await logStore.close();
  };
  let closing: Promise<void> | null = null;
  return () => {
    closing ??= close();
    return closing;
  };
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
}
