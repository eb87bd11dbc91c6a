/**
 * Log sync: one round with a relay as a state machine, (state, message) → (state, effects as data). It pushes what the relay
 * has not acknowledged, then reads pages from its cursor until the relay's log ends.
 *
 * A cursor is (store id, sequence, running hash). Where a page does not continue the cursor (another store, a shorter log,
 * another running hash) the relay was restored, copied or lies: the round starts over at the log's beginning, and afterwards
 * pushes whatever the relay turned out to lack. Nothing that this device accepted is ever forgotten for it.
 */
import type { RecordHash } from "../ids/ids.ts";
import { equalBytes } from "../primitives/bytes.ts";
import type { AppendOutcome } from "../wire/relay-api.ts";
import type { Cursor, Page } from "../wire/page.ts";

/** Where a round stands. */
export interface LogSyncState {
  /** Null at the log's beginning. */
  readonly cursor: Cursor | null;
  readonly phase: "push" | "pull" | "heal" | "done";
  /** Whether this round reads from the log's beginning, so that afterwards it knows all that the relay has. */
  readonly fromStart: boolean;
  /** Whether the relay contradicted an earlier cursor in this round. */
  readonly contradicted: boolean;
}

/** What happened. */
export type LogSyncMessage =
  | {
      readonly kind: "pushed";
      readonly records: readonly RecordHash[];
      readonly outcomes: readonly AppendOutcome[];
      readonly left: number;
    }
  /** `running` is the running hash that this device computed over the cursor's and the page's records. */
  | { readonly kind: "page"; readonly page: Page; readonly running: Uint8Array };

/** What is to be done. */
export type LogSyncEffect =
  /** Send the next batch of the outbox; answer with "pushed". */
  | { readonly kind: "push" }
  /** Read the page after `after`; answer with "page". */
  | { readonly kind: "read"; readonly after: number }
  /** Verify and store the page's records together with the cursor. */
  | { readonly kind: "accept"; readonly records: readonly Uint8Array[]; readonly cursor: Cursor | null }
  /** The relay has these; take them out of the outbox. */
  | { readonly kind: "acknowledge"; readonly records: readonly RecordHash[] }
  /** The relay refused a record; keep it, tell the person. */
  | { readonly kind: "refused"; readonly record: RecordHash; readonly reason: string }
  /** Put every record that the relay did not show in this round into the outbox. */
  | { readonly kind: "queueMissing" }
  /** The relay's log is not the one this device knew: `shown` does not continue `known`. */
  | { readonly kind: "contradiction"; readonly known: Cursor; readonly shown: Cursor }
  /** The relay says that its log goes on, and shows nothing of it: `hidden` records. */
  | { readonly kind: "stalled"; readonly hidden: number };

/** A state and what follows from it. */
export interface LogSyncStep {
  readonly state: LogSyncState;
  readonly effects: readonly LogSyncEffect[];
}

/** The beginning of a round. */
export function startLogSync(cursor: Cursor | null, outbox: number): LogSyncStep {
  const state: LogSyncState = { cursor, phase: outbox > 0 ? "push" : "pull", fromStart: cursor === null, contradicted: false };
  return { state, effects: [outbox > 0 ? { kind: "push" } : readFrom(cursor)] };
}

/** What follows from `message`. */
export function stepLogSync(state: LogSyncState, message: LogSyncMessage): LogSyncStep {
  switch (message.kind) {
    case "pushed":
      return afterPush(state, message);
    case "page":
      return continuesCursor(state.cursor, message.page, message.running)
        ? afterPage(state, message.page)
        : startOver(state, message.page.cursor);
  }
}

function afterPush(state: LogSyncState, message: LogSyncMessage & { readonly kind: "pushed" }): LogSyncStep {
  const effects: LogSyncEffect[] = [];
  const acknowledged: RecordHash[] = [];
  let refused = 0;
  for (const [at, record] of message.records.entries()) {
    const outcome = message.outcomes[at];
    if (outcome === undefined || outcome.outcome === "refused") {
      refused++;
      effects.push({ kind: "refused", record, reason: outcome?.reason ?? "the relay gave no outcome for it" });
    } else acknowledged.push(record);
  }
  if (acknowledged.length > 0) effects.push({ kind: "acknowledge", records: acknowledged });
  // Refused records stay in the outbox for the next round; pushing them again in this one would not end.
  if (message.left > 0 && refused === 0) return { state, effects: [...effects, { kind: "push" }] };
  if (state.phase === "heal") return { state: { ...state, phase: "done" }, effects };
  return { state: { ...state, phase: "pull" }, effects: [...effects, readFrom(state.cursor)] };
}

function afterPage(state: LogSyncState, page: Page): LogSyncStep {
  // An empty log may be of no store at all: a relay that lost the library has none until it is brought a record.
  const cursor = page.cursor.sequence === 0 ? null : page.cursor;
  const effects: LogSyncEffect[] = [{ kind: "accept", records: page.records, cursor }];
  const next = { ...state, cursor };
  const hidden = page.last - page.cursor.sequence;
  if (hidden > 0 && page.records.length > 0) return { state: next, effects: [...effects, readFrom(page.cursor)] };
  if (hidden > 0) effects.push({ kind: "stalled", hidden });
  if (!state.contradicted) return { state: { ...next, phase: "done" }, effects };
  return { state: { ...next, phase: "heal" }, effects: [...effects, { kind: "queueMissing" }, { kind: "push" }] };
}

function startOver(state: LogSyncState, shown: Cursor): LogSyncStep {
  const known = state.cursor;
  if (known === null) throw new Error("a page from the log's beginning cannot contradict a cursor that does not exist");
  const next: LogSyncState = { cursor: null, phase: "pull", fromStart: true, contradicted: true };
  return { state: next, effects: [{ kind: "contradiction", known, shown }, readFrom(null)] };
}

/** Whether `page` follows `cursor`; `running` is the running hash computed over the cursor and the page's records. */
export function continuesCursor(cursor: Cursor | null, page: Page, running: Uint8Array): boolean {
  if (cursor === null) return true;
  if (!equalBytes(cursor.store, page.cursor.store)) return false;
  return page.cursor.sequence === cursor.sequence + page.records.length && equalBytes(page.cursor.running, running);
}

function readFrom(cursor: Cursor | null): LogSyncEffect {
  return { kind: "read", after: cursor?.sequence ?? 0 };
}
