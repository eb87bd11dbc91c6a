/**
 * The relay: a function of requests, blind to what it carries. The contract is core/wire/relay-api.ts; what a relay may know
 * stands in README.md. Every response of the API says `no-store` and may be read from any origin: there are no cookies, and a
 * token is in nobody's hands by accident. Nothing is written down about who asks: no access log.
 */
import type { RelayError } from "@albumen/core/wire/relay-api.ts";
import { type Context, Hono } from "hono";
import { cors } from "hono/cors";
import { createChallenges } from "./access/challenges.ts";
import { createRosters } from "./access/rosters.ts";
import { createSessions } from "./access/sessions.ts";
import type { BlobStore } from "./blob-store/blob-store.ts";
import type { RelayContext } from "./context.ts";
import type { Clock, Log, Random } from "./effects.ts";
import { defaultLimits, type RelayLimits } from "./limits.ts";
import { createLiveHub } from "./live/hub.ts";
import type { LogStore } from "./log-store/log-store.ts";
import { createMailboxes } from "./mailboxes.ts";
import { refusalResponse, refuse } from "./refusal.ts";
import { addBlobRoutes } from "./routes/blobs.ts";
import { addDescriptionRoutes } from "./routes/description.ts";
import { addLibraryRoutes } from "./routes/libraries.ts";
import { addLiveRoute, type Upgrade } from "./routes/live.ts";
import { addMailboxRoutes } from "./routes/mailboxes.ts";
import { addRecordRoutes } from "./routes/records.ts";
import { addSessionRoutes } from "./routes/sessions.ts";
import { createTokenBuckets, type TokenBuckets } from "./token-buckets.ts";

/** What a relay is made of. */
export interface RelayParts {
  readonly logStore: LogStore;
  readonly blobStore: BlobStore;
  readonly clock: Clock;
  readonly random: Random;
  /** The origin that challenges are bound to, such as "https://relay.example". */
  readonly origin: string;
  /** What differs from `defaultLimits`. */
  readonly limits?: Partial<RelayLimits>;
  readonly log?: Log;
  /** Who asks, as far as rates go; without it everybody shares one rate. */
  readonly addressOf?: (request: Context) => string;
  readonly upgrade?: Upgrade;
  /** Answers what the API does not: the web app, where it is served. */
  readonly fallback?: (request: Context) => Promise<Response | null>;
}

/** A relay's app and the way to end its sockets and waits. */
export interface RelayApp {
  readonly app: Hono;
  readonly close: () => void;
}

/** The relay over these parts. */
export function createRelayApp(parts: RelayParts): RelayApp {
  const context = createContext(parts);
  const app = new Hono();
  const addressBuckets = createTokenBuckets(context.limits.addressRate, context.clock);
  app.use("/v1/*", cors({ origin: "*", allowHeaders, allowMethods, exposeHeaders, maxAge: 86_400 }));
  app.use("/v1/*", async (request, next) => {
    const refusal = checkRate(context.addressOf(request), addressBuckets);
    if (refusal !== null) request.res = refusalResponse(refusal);
    else await next();
    request.res.headers.set("cache-control", "no-store");
    request.res.headers.set("x-content-type-options", "nosniff");
  });
  addDescriptionRoutes(app, context);
  addSessionRoutes(app, context);
  addLibraryRoutes(app, context);
  addRecordRoutes(app, context);
  addLiveRoute(app, context, parts.upgrade ?? null);
  addBlobRoutes(app, context);
  addMailboxRoutes(app, context);
  app.notFound(async (request) => {
    const { path } = request.req;
    if (/^\/v1(\/|$)/.test(path)) return refusalResponse(refuse("not-found", "the relay has nothing at this address"));
    if (/^\/v\d+(\/|$)/.test(path))
      return refusalResponse(refuse("unsupported-version", "this relay speaks version 1: see GET /v1"));
    return (await parts.fallback?.(request)) ?? refusalResponse(refuse("not-found", "there is nothing at this address"));
  });
  app.onError((cause) => {
    context.log(`defect: ${cause.stack ?? cause.message}`);
    return refusalResponse(refuse("unavailable", "the relay failed at this request"), {}, 500);
  });
  return {
    app,
    close: () => {
      context.hub.close();
      context.mailboxes.close();
    },
  };
}

const allowHeaders = ["Authorization", "Content-Type", "Range"];
const allowMethods = ["GET", "HEAD", "POST", "PUT"];
const exposeHeaders = ["Accept-Ranges", "Content-Length", "Content-Range", "ETag", "Retry-After"];

function createContext(parts: RelayParts): RelayContext {
  const { logStore, blobStore, clock, random, origin } = parts;
  const limits: RelayLimits = { ...defaultLimits, ...parts.limits };
  return {
    logStore,
    blobStore,
    clock,
    log: parts.log ?? (() => undefined),
    limits,
    origin,
    challenges: createChallenges({ clock, random, origin, seconds: limits.challengeSeconds }),
    sessions: createSessions(clock, random, limits),
    rosters: createRosters(logStore),
    mailboxes: createMailboxes(clock, limits),
    hub: createLiveHub(clock, limits),
    deviceBuckets: createTokenBuckets(limits.deviceRate, clock),
    findBuckets: createTokenBuckets(limits.findRate, clock),
    membershipBuckets: createTokenBuckets(limits.membershipRate, clock),
    addressOf: parts.addressOf ?? (() => ""),
  };
}

function checkRate(address: string, buckets: TokenBuckets): RelayError | null {
  const wait = buckets.take(address);
  return wait === null ? null : refuse("too-many-requests", "this address asks too often", wait);
}
