/** `GET /v1`: the relay describes itself. `GET /healthz`: whether it can do its work. */
import type { RelayDescription } from "@albumen/core/wire/relay-api.ts";
import { pageLimits } from "@albumen/core/wire/page.ts";
import { recordLimits } from "@albumen/core/wire/record.ts";
import type { Hono } from "hono";
import type { RelayContext } from "../context.ts";
import { refusalResponse, storeRefusal } from "../refusal.ts";

/** Adds both routes. */
export function addDescriptionRoutes(app: Hono, { limits, origin, logStore }: RelayContext): void {
  const description: RelayDescription = {
    name: "albumen-relay",
    versions: [1],
    origin,
    limits: {
      recordBytes: recordLimits.maximum,
      pageBytes: pageLimits.bytes,
      pageRecords: pageLimits.records,
      blobBytes: limits.blobBytes,
      mailBytes: limits.mailBytes,
      mailboxSeconds: limits.mailboxSeconds,
      mailboxWaitSeconds: limits.mailboxWaitSeconds,
      sessionSeconds: limits.sessionSeconds,
    },
  };
  app.get("/v1", (request) => request.json(description));
  app.get("/healthz", async (request) => {
    const libraries = await logStore.libraries();
    return libraries.ok ? request.json({ status: "ok" }) : refusalResponse(storeRefusal(libraries.error));
  });
}
