/**
 * Log sync: one round with a relay as a state machine, (state, message) → (state, effects as data). It pushes what the relay has
 * not shown yet, then reads pages from its cursor until the relay's log ends.
 *
 * A record leaves the outbox when a page shows it, not when the relay says that it took it: a relay that takes and forgets is
 * brought it again in the next round. A cursor is (store id, sequence, running hash). Where a page does not continue the cursor
 * (another store, a shorter log, another running hash) the relay was restored, copied or lies: the round starts over at the log's
 * beginning. Whoever read from the beginning knows all that the relay has, and brings what it lacks. Nothing that this device
 * accepted is ever forgotten for it.
 */
import type { RecordHash } from "../ids/ids.ts";
import { equalBytes } from "../primitives/bytes.ts";
import type { AppendOutcome } from "../wire/relay-api.ts";
import type { Cursor, Page } from "../wire/page.ts";

/** Where a round stands. */
export interface LogSyncState {
  /** Null at the log's beginning. */
  readonly cursor: Cursor | null;
  /** "heal" brings what the relay lacked; what it then shows is read like anything else. */
  readonly phase: "push" | "pull" | "heal" | "done";
  /** Whether this round reads from the log's beginning, so that afterwards it knows all that the relay has. */
  readonly fromStart: boolean;
}

/** What happened. */
export type LogSyncMessage =
  /** `left`: records of the outbox that were not tried in this round. */
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
  /** Send the next batch of what was not tried in this round; answer with "pushed". */
  | { readonly kind: "push" }
  /** Read the page after `after`; answer with "page". */
  | { readonly kind: "read"; readonly after: number }
  /** Verify and store the page's records together with the cursor, and take them out of the outbox: the relay has them. */
  | { readonly kind: "accept"; readonly records: readonly Uint8Array[]; readonly cursor: Cursor | null }
  /** The relay says that it took these. */
  | { readonly kind: "taken"; readonly records: readonly RecordHash[] }
  /** The relay refused a record; keep it, tell the person. */
  | { readonly kind: "refused"; readonly record: RecordHash; readonly reason: string }
  /** Put every record that the relay did not show in this round into the outbox. */
  | { readonly kind: "queueMissing" }
  /** The relay's log is not the one this device knew: `shown` does not continue `known`. */
  | { readonly kind: "contradiction"; readonly known: Cursor; readonly shown: Cursor }
  /** The relay says that its log goes on, and shows nothing of it: `hidden` records. */
  | { readonly kind: "stalled"; readonly hidden: number }
  /** The relay's first page does not fit what it says of itself: nothing of it was taken. */
  | { readonly kind: "inconsistent" };

/** A state and what follows from it. */
export interface LogSyncStep {
  readonly state: LogSyncState;
  readonly effects: readonly LogSyncEffect[];
}

/** The beginning of a round. */
export function startLogSync(cursor: Cursor | null, outbox: number): LogSyncStep {
  const state: LogSyncState = { cursor, phase: outbox > 0 ? "push" : "pull", fromStart: cursor === null };
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
  const taken: RecordHash[] = [];
  for (const [at, record] of message.records.entries()) {
    const outcome = message.outcomes[at];
    if (outcome === undefined || outcome.outcome === "refused") {
      effects.push({ kind: "refused", record, reason: outcome?.reason ?? "the relay gave no outcome for it" });
    } else taken.push(record);
  }
  if (taken.length > 0) effects.push({ kind: "taken", records: taken });
  if (message.left > 0) return { state, effects: [...effects, { kind: "push" }] };
  // After healing nothing more is known to be missing: what the relay shows from here on ends the round.
  if (state.phase === "heal" && message.records.length === 0) return { state: { ...state, phase: "done" }, effects };
  const fromStart = state.phase === "heal" ? false : state.fromStart;
  return { state: { ...state, phase: "pull", fromStart }, effects: [...effects, readFrom(state.cursor)] };
}

function afterPage(state: LogSyncState, page: Page): LogSyncStep {
  // An empty log may be of no store at all: a relay that lost the library has none until it is brought a record.
  const cursor = page.cursor.sequence === 0 ? null : page.cursor;
  const effects: LogSyncEffect[] = [{ kind: "accept", records: page.records, cursor }];
  const next = { ...state, cursor };
  const hidden = page.last - page.cursor.sequence;
  if (hidden > 0 && page.records.length > 0) return { state: next, effects: [...effects, readFrom(page.cursor)] };
  if (hidden > 0) effects.push({ kind: "stalled", hidden });
  if (!state.fromStart) return { state: { ...next, phase: "done" }, effects };
  return { state: { ...next, phase: "heal" }, effects: [...effects, { kind: "queueMissing" }, { kind: "push" }] };
}

function startOver(state: LogSyncState, shown: Cursor): LogSyncStep {
  const known = state.cursor;
  if (known === null) return { state: { ...state, phase: "done" }, effects: [{ kind: "inconsistent" }] };
  const next: LogSyncState = { cursor: null, phase: "pull", fromStart: true };
  return { state: next, effects: [{ kind: "contradiction", known, shown }, readFrom(null)] };
}

/**
 * Whether `page` follows `cursor`, null being the log's beginning; `running` is the running hash computed over the cursor and the
 * page's records.
 */
export function continuesCursor(cursor: Cursor | null, page: Page, running: Uint8Array): boolean {
  if (cursor !== null && !equalBytes(cursor.store, page.cursor.store)) return false;
  const sequence = (cursor?.sequence ?? 0) + page.records.length;
  return page.cursor.sequence === sequence && equalBytes(page.cursor.running, running);
}

function readFrom(cursor: Cursor | null): LogSyncEffect {
  return { kind: "read", after: cursor?.sequence ?? 0 };
}
