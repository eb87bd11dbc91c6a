/** `POST` and `GET /v1/libraries/L/records`: appending to a library's log, and reading it in pages. */
import { encodePage, pageLimits, parseRecords } from "@albumen/core/wire/page.ts";
import type { Hono } from "hono";
import { callerOf, libraryOf, requireCaller } from "../access/caller.ts";
import { appendRecords } from "../append/append-records.ts";
import { readBody } from "../body.ts";
import type { RelayContext } from "../context.ts";
import { refusalResponse, refuse, storeRefusal } from "../refusal.ts";

/** Adds both routes. */
export function addRecordRoutes(app: Hono, context: RelayContext): void {
  app.post("/v1/libraries/:library/records", async (request) => {
    const library = libraryOf(request);
    if (!library.ok) return refusalResponse(library.error);
    const caller = await callerOf(request, library.value, context);
    if (!caller.ok) return refusalResponse(caller.error);
    const body = await readBody(request.req.raw, pageLimits.bytes);
    if (!body.ok) return refusalResponse(body.error);
    const records = parseRecords(body.value);
    if (!records.ok) return refusalResponse(refuse("bad-request", `the upload is malformed: ${records.error.reason}`));
    const upload = { library: library.value, caller: caller.value, address: context.addressOf(request), records: records.value };
    const reply = await appendRecords(upload, context);
    // Also after a failure: an earlier run of the upload may stand in the log.
    context.hub.wake(library.value);
    if (!reply.ok) return refusalResponse(reply.error);
    const forks = reply.value.outcomes.filter(({ outcome }) => outcome === "forked").length;
    if (forks > 0) context.log(`library ${library.value.slice(0, 8)}: ${forks} forked records`);
    return request.json(reply.value);
  });
  app.get("/v1/libraries/:library/records", async (request) => {
    const library = libraryOf(request);
    if (!library.ok) return refusalResponse(library.error);
    const after = parseCount(request.req.query("after") ?? "0");
    const limit = parseCount(request.req.query("limit") ?? String(pageLimits.records));
    if (after === null) return refusalResponse(refuse("bad-request", '"after" is not a place in a log'));
    if (limit === null || limit === 0) return refusalResponse(refuse("bad-request", '"limit" is not a number of records'));
    const caller = await requireCaller(request, library.value, context);
    if (!caller.ok) return refusalResponse(caller.error);
    const bounds = { records: Math.min(limit, pageLimits.records), bytes: pageLimits.bytes };
    const page = await context.logStore.page(library.value, after, bounds);
    if (!page.ok) return refusalResponse(storeRefusal(page.error));
    return request.body(encodePage(page.value) as Uint8Array<ArrayBuffer>, 200, { "content-type": "application/octet-stream" });
  });
}

function parseCount(text: string): number | null {
  const count = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(count) ? count : null;
}
