/**
 * Bursts: local changes on their way into the log. A burst of edits becomes one record, with one event per document; it is
 * written 50 ms after its first edit, or at once by `flush`. What could not be written waits, and is tried again later and with
 * the next edit; it is in the document meanwhile, and nowhere else.
 */
import { freeChangeLimits, type FreeChange } from "@albumen/core/documents/free-change.ts";
import { maximalChanges } from "@albumen/core/documents/event-body.ts";
import type { FreeDocumentId } from "@albumen/core/ids/ids.ts";
import { ok, type Result } from "@albumen/core/primitives/result.ts";
import type { WriteError } from "../api.ts";
import { heightOf } from "../height.ts";
import type { EncryptedLog } from "../log.ts";

/** Runs `run` after `milliseconds`; returns how to give it up. */
export type After = (milliseconds: number, run: () => void) => () => void;

/** Changes of one document that the log lacks. */
export interface LackingChanges {
  readonly document: FreeDocumentId;
  /** At least one, in the order they were made. */
  readonly changes: readonly FreeChange[];
}

/** Writes bursts. */
export interface BurstWriter {
  /** There is something to write. */
  readonly touch: () => void;
  /** Writes what waits; resolves once it is durable. */
  readonly flush: () => Promise<Result<null, WriteError>>;
  /** Waits no longer for anything. */
  readonly stop: () => void;
}

/** What a writer works with. */
export interface BurstContext {
  readonly log: EncryptedLog;
  readonly after: After;
  /** What the log lacks now. */
  readonly lacking: () => readonly LackingChanges[];
  /** Tells why the last attempt failed; null where it did not. */
  readonly failed: (reason: string | null) => void;
}

/** Milliseconds: how long a burst lasts, and how long after a failure it is tried again, from the first to the longest. */
const waits = { burst: 50, retry: 1000, longestRetry: 30_000 } as const;

/** Largest sum of changes in one record, in bytes: a record of them stays below its limit even where nothing deflates. */
const recordBytes = freeChangeLimits.bytes;

/** Most documents that one record brings changes of. */
const recordEvents = 500;

/** A writer with nothing to write. */
export function createBurstWriter({ log, after, lacking, failed }: BurstContext): BurstWriter {
  let giveUp: (() => void) | null = null;
  let retry: number = waits.retry;
  let stopped = false;
  const schedule = (milliseconds: number): void => {
    if (stopped) return;
    giveUp ??= after(milliseconds, () => void flush());
  };
  const flush = async (): Promise<Result<null, WriteError>> => {
    giveUp?.();
    giveUp = null;
    const written = await log.exclusive(() => writeAll(log, lacking));
    failed(written.ok ? null : written.error.reason);
    if (written.ok) retry = waits.retry;
    else if (written.error.kind !== "removed") {
      schedule(retry);
      retry = Math.min(2 * retry, waits.longestRetry);
    }
    return written;
  };
  return {
    touch: () => schedule(waits.burst),
    flush,
    stop: () => {
      stopped = true;
      giveUp?.();
    },
  };
}

async function writeAll(log: EncryptedLog, lacking: BurstContext["lacking"]): Promise<Result<null, WriteError>> {
  for (let last = ""; ; ) {
    const events = firstRecord(lacking());
    const first = events[0]?.changes[0]?.hash;
    if (first === undefined) return ok(null);
    if (first === last) throw new Error("the log was given a change and still lacks it");
    last = first;
    const height = heightOf(log.journal.ledger.verified()) + 1;
    const written = await log.writeEvents(
      events.map(({ document, changes }) => {
        const bytes = changes.map((change) => change.bytes);
        return { what: "edit", height, says: { kind: "document", document, changes: bytes } } as const;
      }),
    );
    if (!written.ok) return written;
  }
}

/** As much of what is lacking as one record can bring. */
function firstRecord(lacking: readonly LackingChanges[]): readonly LackingChanges[] {
  const events: LackingChanges[] = [];
  let [bytes, operations] = [0, 0];
  for (const { document, changes } of lacking.slice(0, recordEvents)) {
    const fitting: FreeChange[] = [];
    for (const change of changes.slice(0, maximalChanges)) {
      bytes += change.bytes.length;
      operations += change.operations;
      const isFirst = events.length + fitting.length === 0;
      if (!isFirst && (bytes > recordBytes || operations > freeChangeLimits.rows)) break;
      fitting.push(change);
    }
    if (fitting.length === 0) break;
    events.push({ document, changes: fitting });
  }
  return events;
}
