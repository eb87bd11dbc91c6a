/**
 * `PUT`, `GET` and `HEAD /v1/libraries/L/blobs/NAME`: encrypted blobs. A removed key has no part in them: it could open those
 * that existed before its removal, so this is where a lost device stops.
 */
import { type BlobName, type LibraryId, parseId } from "@albumen/core/ids/ids.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import type { BlobReply, RelayError } from "@albumen/core/wire/relay-api.ts";
import type { Context, Hono } from "hono";
import { libraryOf, requireCaller } from "../access/caller.ts";
import type { BlobStoreError } from "../blob-store/blob-store.ts";
import { readBody } from "../body.ts";
import type { RelayContext } from "../context.ts";
import { parseRange } from "../range.ts";
import { refusalResponse, refuse } from "../refusal.ts";

const route = "/v1/libraries/:library/blobs/:name";

/** Adds the routes. */
export function addBlobRoutes(app: Hono, context: RelayContext): void {
  let inFlight = 0;
  app.put(route, async (request) => {
    const blob = await blobOf(request, context);
    if (!blob.ok) return refusalResponse(blob.error);
    let own = 0;
    const admit = (bytes: number): RelayError | null => {
      own += bytes;
      inFlight += bytes;
      return inFlight > context.limits.blobBytesInFlight ? refuse("unavailable", "too many blobs are being received", 2) : null;
    };
    try {
      const body = await readBody(request.req.raw, context.limits.blobBytes, admit);
      if (!body.ok) return refusalResponse(body.error);
      const { library, name } = blob.value;
      const stored = await context.blobStore.put(library, name, body.value, context.limits.libraryBlobBytes);
      return stored.ok ? request.json({ outcome: stored.value } satisfies BlobReply) : refusalResponse(toRefusal(stored.error));
    } finally {
      inFlight -= own;
    }
  });
  // Hono answers HEAD with this as well, and leaves the body out.
  app.get(route, async (request) => {
    const blob = await blobOf(request, context);
    if (!blob.ok) return refusalResponse(blob.error);
    return readBlob(request, blob.value.library, blob.value.name, context);
  });
}

async function readBlob(request: Context, library: LibraryId, name: BlobName, { blobStore }: RelayContext): Promise<Response> {
  const size = await blobStore.size(library, name);
  if (!size.ok) return refusalResponse(toRefusal(size.error));
  if (size.value === null) return refusalResponse(notHeld);
  const range = parseRange(request.req.header("range"), size.value);
  if (range === "unsatisfiable") {
    const refusal = refuse("bad-request", `the range begins behind the blob's ${size.value} bytes`);
    return refusalResponse(refusal, { "content-range": `bytes */${size.value}` }, 416);
  }
  const { start, end } = range ?? { start: 0, end: size.value };
  const part: Record<string, string> = range === null ? {} : { "content-range": `bytes ${start}-${end - 1}/${size.value}` };
  const headers = {
    "content-type": "application/octet-stream",
    "content-length": String(end - start),
    "accept-ranges": "bytes",
    etag: `"${name}"`,
    ...part,
  };
  const status = range === null ? 200 : 206;
  if (request.req.method === "HEAD") return new Response(null, { status, headers });
  const stream = await blobStore.read(library, name, start, end);
  if (!stream.ok) return refusalResponse(toRefusal(stream.error));
  return stream.value === null ? refusalResponse(notHeld) : new Response(stream.value, { status, headers });
}

const notHeld = refuse("not-found", "this relay does not hold the blob");

async function blobOf(
  request: Context,
  context: RelayContext,
): Promise<Result<{ library: LibraryId; name: BlobName }, RelayError>> {
  const library = libraryOf(request);
  if (!library.ok) return library;
  const name = parseId("BlobName", request.req.param("name"));
  if (name === null) return err(refuse("bad-request", "the blob's name is not 64 hexadecimal digits"));
  const caller = await requireCaller(request, library.value, context);
  if (!caller.ok) return caller;
  if (caller.value.role === "removed") return err(refuse("forbidden", "this device was removed from the library"));
  return ok({ library: library.value, name });
}

function toRefusal(error: BlobStoreError): RelayError {
  switch (error.kind) {
    case "wrong-name":
      return refuse("bad-request", error.reason);
    case "blob-quota":
      return refuse("quota-exceeded", error.reason);
    case "blob-store-unavailable":
      return refuse("unavailable", error.reason, 5);
  }
}
