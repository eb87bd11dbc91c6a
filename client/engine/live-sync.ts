/**
 * Live sync: a complete round, then a socket on which records arrive as they are written; whatever this device writes is pushed
 * at once. Where the relay cannot be reached it waits, longer each time, and tries again.
 */
import { equalBytes } from "@albumen/core/primitives/bytes.ts";
import { continuesCursor } from "@albumen/core/sync/log-sync.ts";
import type { Page } from "@albumen/core/wire/page.ts";
import { downloadBlobs } from "./blob-sync.ts";
import type { Desk } from "./desk.ts";
import type { LiveConnection, RelayClient } from "./relay-port.ts";
import { acceptPage, type runRound, runningOver } from "./round.ts";

/** Milliseconds between attempts: from the first to the longest. */
const retryMilliseconds = { first: 1000, longest: 30_000 } as const;

/** Starts; returns how to stop. `oneRound` runs rounds one at a time with those that others ask for. */
export function startLiveSync(desk: Desk, relay: RelayClient, oneRound: () => ReturnType<typeof runRound>): () => void {
  let stopped = false;
  let wait: number = retryMilliseconds.first;
  let connection: LiveConnection | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pages: Promise<unknown> = Promise.resolve();

  const later = (reason: string): void => {
    connection = null;
    if (stopped) return;
    desk.setSync({ phase: "offline", problem: reason });
    timer = setTimeout(() => void round(), wait);
    wait = Math.min(2 * wait, retryMilliseconds.longest);
  };
  const round = async (): Promise<void> => {
    const done = await oneRound();
    if (stopped) return;
    if (!done.ok) {
      connection?.close();
      return connection === null ? later(done.error.reason) : undefined;
    }
    if (connection !== null) return desk.setSync({ phase: "live" });
    const opened = await relay.live(desk.journal.cursor()?.sequence ?? 0, {
      page: (page) => {
        pages = pages.then(() => onPage(page)).catch(() => connection?.close());
      },
      closed: later,
    });
    if (!opened.ok) return later(opened.error.reason);
    if (stopped) return opened.value.close();
    connection = opened.value;
    wait = retryMilliseconds.first;
    desk.setSync({ phase: "live" });
  };
  const onPage = async (page: Page): Promise<void> => {
    if (stopped) return;
    const cursor = desk.journal.cursor();
    // What this device pushed itself comes back on the socket after the round that pushed it has read it.
    if (cursor !== null && equalBytes(cursor.store, page.cursor.store) && page.cursor.sequence <= cursor.sequence) return;
    const follows = cursor !== null && continuesCursor(cursor, page, runningOver(cursor, page));
    const accepted = follows ? await acceptPage(desk, page.records, page.cursor) : null;
    if (accepted?.ok !== true) return round();
    const fetched = await downloadBlobs(desk, relay);
    if (!fetched.ok) connection?.close();
  };
  const writes = desk.state$.subscribe(({ sync }) => {
    if (connection === null || sync.phase === "syncing") return;
    // A round that somebody else asked for ends idle; the socket is open all the same.
    if (sync.outbox > 0 && sync.phase === "live") void round();
    else if (sync.phase === "idle") queueMicrotask(() => connection !== null && desk.setSync({ phase: "live" }));
  });
  void round();
  return () => {
    stopped = true;
    writes.unsubscribe();
    clearTimeout(timer);
    connection?.close();
    desk.setSync({ phase: "idle", problem: null });
  };
}
