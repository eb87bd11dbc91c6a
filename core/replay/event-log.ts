/**
 * Event log: the set of records as events, whatever the order and repetition of their delivery. Each fact counts once, also
 * where both branches of a fork state it: of its copies those that are not void come first, then the least height, then the
 * least record hash.
 */
import type { EventSource } from "../facts/assertion.ts";
import type { LivenessFact } from "../facts/liveness.ts";
import { indexFacts } from "../facts/statement-table.ts";
import type { VerifiedRecord } from "../facts/verified-record.ts";
import { greatestCountedHeight } from "../facts/waiting.ts";
import type { FactId, RecordHash } from "../ids/ids.ts";
import { compareText } from "../primitives/bytes.ts";
import { sortByText, sortInBuckets } from "../primitives/sorting.ts";
import { parseEvents, type ParsedEvent, type ReadFact } from "./parsed-record.ts";

/** One event in its place. */
export interface LoggedEvent {
  readonly parsed: ParsedEvent;
  readonly source: EventSource;
  /** Whether it waits for its height. */
  readonly waits: boolean;
}

/** A fact in its place. */
export interface LoggedFact extends ReadFact, LivenessFact {
  readonly source: EventSource;
}

/** The records held, in a canonical order. */
export interface EventLog {
  /** Each record once, by hash. */
  readonly records: readonly VerifiedRecord[];
  /** Those that the roster sets aside. */
  readonly voided: ReadonlySet<RecordHash>;
  /** By (height, id). */
  readonly events: readonly LoggedEvent[];
  /** The facts of events that do not wait, by (height, id). */
  readonly facts: readonly LoggedFact[];
  /** Where each fact stands among them. */
  readonly positionByFact: ReadonlyMap<FactId, number>;
  /** The greatest height of an event that does not wait; 0 where there is none. */
  readonly height: number;
}

/** The log of `records`. */
export function createEventLog(records: readonly VerifiedRecord[], isVoid: (record: VerifiedRecord) => boolean): EventLog {
  const distinct = onceByHash(records);
  const voided = new Set<RecordHash>();
  let count = 0;
  for (const record of distinct) {
    if (isVoid(record)) voided.add(record.hash);
    count += record.events.length;
  }
  const limit = greatestCountedHeight(count);
  const events = sortByHeight(logEvents(distinct, voided, limit), limit, compareEvents);
  const counted = events.filter((event) => !event.waits);
  const height = counted[counted.length - 1]?.source.height ?? 0;
  const stated = sortByHeight(counted.flatMap(factsOf), limit, compareFacts);
  const positions = indexFacts(stated);
  if (positions.size === stated.length)
    return { records: distinct, voided, events, facts: stated, positionByFact: positions, height };
  const facts = sortByHeight(onceEach(counted.flatMap(factsOf)), limit, compareFacts);
  return { records: distinct, voided, events, facts, positionByFact: indexFacts(facts), height };
}

/** The name of an event: "<record hash>.<place>". */
export function eventId({ source }: LoggedEvent): string {
  return `${source.record}.${source.place}`;
}

/** By hash; of copies of one record the last that was given. */
function onceByHash(records: readonly VerifiedRecord[]): readonly VerifiedRecord[] {
  const sorted = sortByText(records, ({ hash }) => hash);
  return sorted.filter(({ hash }, at) => sorted[at + 1]?.hash !== hash);
}

function logEvents(records: readonly VerifiedRecord[], voided: ReadonlySet<RecordHash>, limit: number): readonly LoggedEvent[] {
  const events: LoggedEvent[] = [];
  for (const record of records) {
    const isVoid = voided.size > 0 && voided.has(record.hash);
    for (const [place, parsed] of parseEvents(record).entries()) {
      const { what, at, height } = parsed.event;
      const source: EventSource = { record: record.hash, place, device: record.device, what, at, height, isVoid };
      events.push({ parsed, source, waits: height > limit });
    }
  }
  return events;
}

/** Heights count up from 1, and few events share one; those that wait are beyond `limit`. */
function sortByHeight<T extends { readonly source: EventSource }>(
  items: readonly T[],
  limit: number,
  compare: (a: T, b: T) => number,
): readonly T[] {
  return sortInBuckets(items, limit + 2, ({ source }) => Math.min(source.height, limit + 1), compare);
}

function compareEvents({ source: a }: LoggedEvent, { source: b }: LoggedEvent): number {
  return a.height - b.height || compareText(a.record, b.record) || a.place - b.place;
}

function compareFacts(a: LoggedFact, b: LoggedFact): number {
  return a.height - b.height || compareText(a.id, b.id);
}

function factsOf({ source, parsed }: LoggedEvent): readonly LoggedFact[] {
  const { height, isVoid } = source;
  return parsed.facts.map(({ id, statements, supersedes, unread }) => ({
    id,
    statements,
    supersedes,
    unread,
    source,
    height,
    isVoid,
  }));
}

/** Facts come by (height, record hash) of their events, so of two copies with the same standing the first is the one that counts. */
function onceEach(facts: readonly LoggedFact[]): readonly LoggedFact[] {
  const factById = new Map<FactId, LoggedFact>();
  for (const fact of facts) {
    const known = factById.get(fact.id);
    if (known === undefined || (known.isVoid && !fact.isVoid)) factById.set(fact.id, fact);
  }
  return [...factById.values()];
}
