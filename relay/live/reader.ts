/**
 * One live socket: from `open` on it gets every record after its place (feed.ts). At most 16 MiB of credit count at once; the
 * short text frames cost nothing. Close codes: 1001 the relay is closing, 1008 refused, 1011 a defect, 1013 too many sockets or
 * the log failed.
 */
import type { LibraryId } from "@albumen/core/ids/ids.ts";
import type { LiveFrame, LiveRequest } from "@albumen/core/wire/relay-api.ts";
import { tokenToCaller } from "../access/caller.ts";
import type { RelayContext } from "../context.ts";
import { createFeed, type FeedEnds, type FeedState } from "./feed.ts";
import { parseLiveRequest } from "./request.ts";
import type { LiveReader, LiveSocket } from "./socket.ts";

type OpenRequest = LiveRequest & { readonly type: "open" };

/** The reader behind `socket`; it has to say `open` soon. */
export function createLiveReader(socket: LiveSocket, library: LibraryId, context: RelayContext): LiveReader {
  const { clock, hub, limits } = context;
  const state: FeedState = { device: null, sent: 0, credit: 0, isEnded: false };
  let isOpening = false;
  let silentPings = 0;
  const finish = (): void => {
    state.isEnded = true;
    stopWaiting();
    hub.leave(reader);
  };
  const end = (reason: string, code = 1008): void => {
    if (state.isEnded) return;
    finish();
    void socket.send(toText({ type: "closed", reason }));
    socket.close(code, reason);
  };
  const stopWaiting = clock.after(1000 * limits.liveOpenSeconds, () => end(`no "open" came within ${limits.liveOpenSeconds} s`));
  const feed = createFeed({ socket, library, state, end }, context);
  const addCredit = (bytes: number): void => {
    state.credit = Math.min(state.credit + bytes, limits.liveCreditBytes);
    feed();
  };
  const reader: LiveReader = {
    receive: (text) => {
      silentPings = 0;
      if (state.isEnded) return;
      const request = parseLiveRequest(text);
      if (request === null) return end("the frame is neither open nor credit");
      if (request.type === "credit") return isOpening ? addCredit(request.bytes) : end('"open" comes before "credit"');
      if (isOpening) return end("the socket is open already");
      isOpening = true;
      stopWaiting();
      void openFeed(request, { socket, library, state, end, reader, addCredit }, context).catch(() =>
        end("the relay failed", 1011),
      );
    },
    alive: () => {
      silentPings = 0;
    },
    checkAlive: () => {
      if (state.isEnded) return;
      if (silentPings < 2) {
        silentPings++;
        return socket.ping();
      }
      finish();
      socket.terminate();
    },
    wake: feed,
    end,
    gone: finish,
  };
  return reader;
}

interface Opening extends FeedEnds {
  readonly reader: LiveReader;
  readonly addCredit: (bytes: number) => void;
}

/** Lets the pages flow, where the token is a member's or a removed key's. */
async function openFeed({ token, after, credit }: OpenRequest, opening: Opening, context: RelayContext): Promise<void> {
  const { socket, library, state, end, reader, addCredit } = opening;
  const caller = await tokenToCaller(token, library, context);
  if (!caller.ok) return end(caller.error.reason);
  const usage = await context.logStore.usage(library);
  if (!usage.ok) return end(usage.error.reason, 1013);
  if (state.isEnded) return;
  context.hub.subscribe(library, reader);
  await socket.send(toText({ type: "opened", last: usage.value.records }));
  state.device = caller.value.device;
  state.sent = after;
  addCredit(credit);
}

function toText(frame: LiveFrame): string {
  return JSON.stringify(frame);
}
