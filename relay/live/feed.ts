/**
 * The feed behind a live socket: it turns the log after a place into binary pages, as fast as credit and network allow.
 *
 * It sends no more bytes of pages than it has credit for, waits until each page is handed to the network before it reads the
 * next one from the log, and so holds at most one page (≤ 1 MiB + 68 bytes), however slow the reader is and however much credit
 * it gives. A page that would need more credit than there is waits. At the end of the log a removed key is sent away: by then it
 * has read why.
 */
import type { DeviceId, LibraryId } from "@albumen/core/ids/ids.ts";
import { encodePage, pageLimits } from "@albumen/core/wire/page.ts";
import { recordLimits } from "@albumen/core/wire/record.ts";
import type { RelayContext } from "../context.ts";
import type { LiveReader, LiveSocket } from "./socket.ts";

/** How far a feed is. */
export interface FeedState {
  /** Null until the reader has shown who it is; then pages flow. */
  device: DeviceId | null;
  /** Place in the log after which it goes on. */
  sent: number;
  /** Bytes of pages that may still be sent. */
  credit: number;
  isEnded: boolean;
}

/** What a feed needs of its reader. */
export interface FeedEnds {
  readonly socket: LiveSocket;
  readonly library: LibraryId;
  readonly state: FeedState;
  readonly end: LiveReader["end"];
}

/** Bytes of one page: the largest record fits. */
const livePageBytes = pageLimits.head + 4 + recordLimits.maximum;

/** The function that sends what there is to send. Calls while it is sending are seen before it rests. */
export function createFeed(ends: FeedEnds, context: RelayContext): () => void {
  let isRunning = false;
  let isAskedAgain = false;
  const run = async (): Promise<void> => {
    isRunning = true;
    do {
      isAskedAgain = false;
      while ((await sendPage(ends, context)) === "sent");
    } while (isAskedAgain);
    isRunning = false;
  };
  return () => {
    isAskedAgain = true;
    if (!isRunning) void run().catch(() => ends.end("the relay failed", 1011));
  };
}

async function sendPage({ socket, library, state, end }: FeedEnds, context: RelayContext): Promise<"sent" | "rest"> {
  if (state.isEnded || state.device === null) return "rest";
  const bounds = { records: pageLimits.records, bytes: Math.min(state.credit, livePageBytes) };
  const page = await context.logStore.page(library, state.sent, bounds);
  if (!page.ok) {
    end(page.error.reason, 1013);
    return "rest";
  }
  const { cursor, last, records } = page.value;
  if (records.length === 0) {
    if (cursor.sequence === last && !(await isMember(library, state.device, context)))
      end("this device was removed from the library");
    return "rest";
  }
  const frame = encodePage(page.value);
  state.sent = cursor.sequence;
  state.credit -= frame.length;
  return (await socket.send(frame)) ? "sent" : "rest";
}

async function isMember(library: LibraryId, device: DeviceId, { rosters }: RelayContext): Promise<boolean> {
  const members = await rosters.of(library);
  return !members.ok || members.value?.roleByDevice.get(device) === "member";
}
