/** One complete round with the relay: blobs up, log both ways (the machine of `core/sync`), blobs down. */
import { runningHash, recordHash } from "@albumen/core/crypto/verify.ts";
import type { RecordHash } from "@albumen/core/ids/ids.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import { startLogSync, stepLogSync, type LogSyncEffect, type LogSyncMessage } from "@albumen/core/sync/log-sync.ts";
import { pageLimits, type Cursor, type Page } from "@albumen/core/wire/page.ts";
import type { AppendOutcome } from "@albumen/core/wire/relay-api.ts";
import type { SyncError, SyncReport } from "./api.ts";
import type { Attachments } from "./attachments.ts";
import { contradictionOf } from "./evidence.ts";
import { cursorWrite } from "./journal.ts";
import type { EncryptedLog } from "./log.ts";
import type { OutgoingRecord } from "./outbox.ts";
import type { RelayClient, TransportError } from "./relay-port.ts";

/** What a relay's contradiction is called in the state. */
export const contradictionText =
  "the relay's log is not the one this device knew: it was restored from a backup, copied, or it lies; everything was read and pushed again";

/** A relay that invents records without end ends the round after so many pages of them. */
const maximalBarrenPages = 20;

const emptyPage: Page = { cursor: { store: new Uint8Array(16), sequence: 0, running: new Uint8Array(32) }, last: 0, records: [] };

/** Runs one round; whatever it moved stays, also where it fails halfway. */
export async function runRound(
  log: EncryptedLog,
  relay: RelayClient,
  attachments: Attachments,
): Promise<Result<SyncReport, SyncError>> {
  log.setSync({ phase: "syncing", problem: null });
  const report = { pushed: 0, pulled: 0, uploaded: 0, downloaded: 0 };
  // Blobs go before the records that announce them, except in the first round: the relay must know the library first.
  const known = log.journal.cursor() !== null;
  // A removed device has no part in blobs any more; it still reads the log, where it learns why.
  const upload = async (): Promise<Result<null, TransportError>> =>
    log.isMember() ? tally(await attachments.upload(relay), (count) => (report.uploaded += count)) : ok(null);
  let isUploaded = false;
  const steps: (() => Promise<Result<unknown, TransportError>>)[] = [
    async () => {
      const early = known ? await upload() : null;
      isUploaded = early?.ok === true;
      // A relay that lost the library refuses its blobs: it must be brought the log first.
      return early === null || early.ok || early.error.kind !== "unreachable" ? ok(null) : early;
    },
    () => syncLog(log, relay, report),
    async () => (isUploaded ? ok(null) : upload()),
    async () => (log.isMember() ? tally(await attachments.download(relay), (count) => (report.downloaded += count)) : ok(null)),
  ];
  for (const step of steps) {
    const done = await step();
    if (!done.ok) {
      log.setSync({ phase: "offline", problem: done.error.reason });
      const kind = done.error.kind === "not-found" ? "refused" : done.error.kind;
      return err({ kind, reason: done.error.reason });
    }
  }
  log.setSync({ phase: "idle", lastComplete: log.parts.clock() });
  return ok(report);
}

/** Verifies and stores a page that follows the cursor; `barren` hears how many of its records were refused where none was accepted. */
export function acceptPage(
  log: EncryptedLog,
  records: readonly Uint8Array[],
  cursor: Cursor | null,
  barren: (refused: number) => void = () => undefined,
): Promise<Result<number, TransportError>> {
  return log.exclusive(async () => {
    const stored = await log.accept(records, [cursorWrite(cursor)]);
    if (stored.ok) barren(stored.value.accepted.length === 0 ? stored.value.refused.length : 0);
    if (stored.ok) log.setSync({});
    return stored.ok ? ok(stored.value.accepted.length) : err({ kind: "damaged", reason: stored.error.reason, retryAfter: null });
  });
}

/** The running hash over `cursor` and the records of `page`. */
export function runningOver(cursor: Cursor | null, page: Page): Uint8Array {
  return page.records.reduce(
    (running, record) => runningHash(running, recordHash(record)),
    cursor?.running ?? new Uint8Array(32),
  );
}

async function syncLog(
  log: EncryptedLog,
  relay: RelayClient,
  report: { pushed: number; pulled: number },
): Promise<Result<null, TransportError>> {
  const { journal } = log;
  const shown = new Set<RecordHash>();
  const barren = { pages: 0 };
  journal.beginRound();
  let step = startLogSync(journal.takeReread() ? null : journal.cursor(), journal.outboxUntried());
  for (;;) {
    let message: LogSyncMessage | null = null;
    for (const effect of step.effects) {
      const done = await perform(effect, { log, relay, report, shown, barren, cursor: step.state.cursor });
      if (!done.ok) return done;
      message = done.value ?? message;
    }
    if (message === null) return ok(null);
    step = stepLogSync(step.state, message);
  }
}

interface Performing {
  readonly log: EncryptedLog;
  readonly relay: RelayClient;
  readonly report: { pushed: number; pulled: number };
  /** Records that the relay showed in this round. */
  readonly shown: Set<RecordHash>;
  /** Pages in a row that held nothing to accept, and something to refuse. */
  readonly barren: { pages: number };
  readonly cursor: Cursor | null;
}

/** Carries out one effect; the message it answers with, or null. */
async function perform(effect: LogSyncEffect, context: Performing): Promise<Result<LogSyncMessage | null, TransportError>> {
  const { log, relay, report, shown } = context;
  switch (effect.kind) {
    case "push":
      return push(context);
    case "read": {
      const read = await relay.read(effect.after, pageLimits.records);
      // A relay that does not know the library has an empty log of it: one that lost it contradicts the cursor, and is healed.
      const page = !read.ok && read.error.kind === "not-found" ? ok(emptyPage) : read;
      if (!page.ok) return page;
      for (const record of page.value.records) shown.add(recordHash(record));
      const cursor = effect.after === 0 ? null : context.cursor;
      return ok({ kind: "page", page: page.value, running: runningOver(cursor, page.value) });
    }
    case "accept": {
      const accepted = await acceptPage(log, effect.records, effect.cursor, (refused) => {
        context.barren.pages = refused > 0 ? context.barren.pages + 1 : 0;
      });
      if (context.barren.pages >= maximalBarrenPages) {
        const reason = "the relay sends page after page of records that nobody of this library wrote";
        return err({ kind: "damaged", reason, retryAfter: null });
      }
      if (accepted.ok) report.pulled += accepted.value;
      return accepted.ok ? ok(null) : accepted;
    }
    case "taken":
      report.pushed += effect.records.length;
      return ok(null);
    case "refused":
      log.setSync({ problem: `the relay refused record ${effect.record.slice(0, 8)}: ${effect.reason}` });
      return ok(null);
    case "queueMissing": {
      const queued = await log.exclusive(() => log.journal.queueMissing(shown));
      return queued.ok ? ok(null) : err({ kind: "damaged", reason: queued.error.reason, retryAfter: null });
    }
    case "contradiction":
      log.setSync({ problem: contradictionText });
      await log.exclusive(() => log.noteIncident(contradictionOf(effect.known, effect.shown, log.parts.clock())));
      return ok(null);
    case "inconsistent":
      return err({ kind: "damaged", reason: "the relay's log does not fit its own running hash", retryAfter: null });
    case "stalled":
      log.setSync({ problem: `the relay says that it has ${effect.hidden} more records and shows none of them` });
      return ok(null);
  }
}

async function push({ log, relay }: Performing): Promise<Result<LogSyncMessage, TransportError>> {
  const batch = await log.journal.outboxBatch(500, pageLimits.bytes / 2);
  const outcomes = batch.length === 0 ? ok([]) : await relay.append(batch.map((record) => record.bytes));
  if (!outcomes.ok && outcomes.error.kind === "refused") return ok(await pushApart(batch, log, relay));
  if (!outcomes.ok) return outcomes;
  const left = log.journal.outboxUntried();
  return ok({ kind: "pushed", records: batch.map((record) => record.hash), outcomes: outcomes.value, left });
}

/**
 * What was refused as a whole, over a quota say, goes once more in parts: each membership record alone, for a removal may be taken
 * where nothing else is, and the content. What is refused again is kept for the next round, and this one goes on to read.
 */
async function pushApart(batch: readonly OutgoingRecord[], log: EncryptedLog, relay: RelayClient): Promise<LogSyncMessage> {
  const outcomes = new Map<RecordHash, AppendOutcome>();
  const content = batch.filter(({ bytes }) => bytes[1] !== 1);
  const parts = [...batch.filter(({ bytes }) => bytes[1] === 1).map((record) => [record]), content];
  for (const part of parts) {
    if (part.length === 0) continue;
    const taken = await relay.append(part.map(({ bytes }) => bytes));
    const refusal = { outcome: "refused", sequence: null, reason: taken.ok ? null : taken.error.reason } as const;
    for (const [at, { hash }] of part.entries()) outcomes.set(hash, (taken.ok ? taken.value[at] : undefined) ?? refusal);
  }
  const hashes = batch.map(({ hash }) => hash);
  const ordered = hashes.flatMap((hash) => outcomes.get(hash) ?? []);
  return { kind: "pushed", records: hashes, outcomes: ordered, left: log.journal.outboxUntried() };
}

function tally(result: Result<number, TransportError>, count: (value: number) => void): Result<null, TransportError> {
  if (!result.ok) return result;
  count(result.value);
  return ok(null);
}
