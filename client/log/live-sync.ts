/**
 * Live sync: a complete round, then a socket on which records arrive as they are written; whatever this device writes is pushed
 * at once. Where the relay cannot be reached it waits, longer each time, and tries again.
 */
import { equalBytes } from "@albumen/core/primitives/bytes.ts";
import { continuesCursor } from "@albumen/core/sync/log-sync.ts";
import type { Page } from "@albumen/core/wire/page.ts";
import { parseRecord } from "@albumen/core/wire/record.ts";
import type { Attachments } from "./attachments.ts";
import type { EncryptedLog } from "./log.ts";
import type { SyncRound } from "./one-at-a-time.ts";
import type { LiveConnection, RelayClient } from "./relay-port.ts";
import { acceptPage, runningOver } from "./round.ts";
import { tendKeys } from "./tend-keys.ts";

/** Milliseconds between attempts: from the first to the longest. */
const retryMilliseconds = { first: 1000, longest: 30_000 } as const;

/** What live sync works with. */
export interface LiveSyncContext {
  readonly log: EncryptedLog;
  readonly relay: RelayClient;
  readonly attachments: Attachments;
  /** Runs rounds one at a time with those that others ask for. */
  readonly round: SyncRound;
}

/** Starts; returns how to stop. */
export function startLiveSync({ log, relay, attachments, round: oneRound }: LiveSyncContext): () => void {
  let stopped = false;
  let wait: number = retryMilliseconds.first;
  let connection: LiveConnection | null = null;
  let opening = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pages: Promise<unknown> = Promise.resolve();

  const later = (reason: string): void => {
    connection = null;
    if (stopped) return;
    log.setSync({ phase: "offline", problem: reason });
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
    // Rounds that end together open one socket.
    if (opening) return;
    if (connection !== null) return log.setSync({ phase: "live" });
    opening = true;
    const opened = await relay.live(log.journal.cursor()?.sequence ?? 0, {
      page: (page) => {
        pages = pages.then(() => onPage(page)).catch(() => connection?.close());
      },
      closed: later,
    });
    opening = false;
    if (!opened.ok) return later(opened.error.reason);
    if (stopped) return opened.value.close();
    connection = opened.value;
    wait = retryMilliseconds.first;
    log.setSync({ phase: "live" });
  };
  const onPage = async (page: Page): Promise<void> => {
    if (stopped) return;
    const cursor = log.journal.cursor();
    // What this device pushed itself comes back on the socket after the round that pushed it has read it.
    if (cursor !== null && equalBytes(cursor.store, page.cursor.store) && page.cursor.sequence <= cursor.sequence) return;
    const follows = cursor !== null && continuesCursor(cursor, page, runningOver(cursor, page));
    const accepted = follows ? await acceptPage(log, page.records, page.cursor) : null;
    if (accepted?.ok !== true) return round();
    // Who joins, asks or is removed may leave somebody without a key; what this writes is pushed as any other record.
    if (page.records.some(isMembership)) await tendKeys(log);
    const fetched = await attachments.download(relay);
    if (!fetched.ok) connection?.close();
  };
  const writes = log.state$.subscribe(({ sync }) => {
    if (connection === null || sync.phase === "syncing") return;
    // A round that somebody else asked for ends idle; the socket is open all the same.
    if (sync.phase === "live" && log.journal.outboxUntried() > 0) void round();
    else if (sync.phase === "idle") queueMicrotask(() => connection !== null && log.setSync({ phase: "live" }));
  });
  void round();
  return () => {
    stopped = true;
    writes.unsubscribe();
    clearTimeout(timer);
    connection?.close();
    log.setSync({ phase: "idle", problem: null });
  };
}

function isMembership(record: Uint8Array): boolean {
  const parts = parseRecord(record);
  return parts.ok && parts.value.header.kind === "membership";
}
