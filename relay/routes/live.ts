/** `GET /v1/libraries/L/live`: the WebSocket that carries new records. The token comes in its first frame, never in the URL. */
import type { Context, Hono, MiddlewareHandler } from "hono";
import { libraryOf } from "../access/caller.ts";
import type { RelayContext } from "../context.ts";
import { createLiveReader } from "../live/reader.ts";
import type { LiveReader, LiveSocket } from "../live/socket.ts";
import { refusalResponse, refuse } from "../refusal.ts";

/** Makes a WebSocket of a request, once it is open: who knows the server hands this in. */
export type Upgrade = (connect: (request: Context) => (socket: LiveSocket) => LiveReader) => MiddlewareHandler;

/** Adds the route; without `upgrade` it says that this relay has no sockets. */
export function addLiveRoute(app: Hono, context: RelayContext, upgrade: Upgrade | null): void {
  const path = "/v1/libraries/:library/live";
  app.use(path, async (request, next) => {
    const library = libraryOf(request);
    if (!library.ok) return refusalResponse(library.error);
    const isUpgrade = request.req.header("upgrade")?.toLowerCase() === "websocket";
    if (!isUpgrade || upgrade === null) return refusalResponse(noSocket, {}, isUpgrade ? 503 : 426);
    return next();
  });
  if (upgrade === null) return;
  const connect = (request: Context): ((socket: LiveSocket) => LiveReader) => {
    const library = libraryOf(request);
    const address = context.addressOf(request);
    if (!library.ok) throw new Error("the route lets only libraries through");
    return (socket) => {
      const reader = createLiveReader(socket, library.value, context);
      const refusal = context.hub.join(reader, address);
      if (refusal !== null) reader.end(refusal, 1013);
      return reader;
    };
  };
  app.get(path, upgrade(connect));
}

const noSocket = refuse("bad-request", "this address speaks WebSocket only");
