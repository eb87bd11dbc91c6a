/**
 * Event log: the set of records as events, whatever the order and repetition of their delivery. Each fact counts once, also
 * where both branches of a fork state it: of its copies those that are not void come first, then the least height, then the
 * least record hash.
 */
import type { EventSource } from "../facts/assertion.ts";
import type { LivenessFact } from "../facts/liveness.ts";
import type { VerifiedRecord } from "../facts/verified-record.ts";
import { greatestCountedHeight } from "../facts/waiting.ts";
import type { FactId, RecordHash } from "../ids/ids.ts";
import { compareText } from "../primitives/bytes.ts";
import { parseEvents, type ParsedEvent, type ReadFact } from "./parsed-record.ts";

/** One event in its place. */
export interface LoggedEvent extends ParsedEvent {
  /** "<record hash>.<place>". */
  readonly id: string;
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
  /** By (height, id). */
  readonly events: readonly LoggedEvent[];
  /** The facts of events that do not wait, by (height, id). */
  readonly facts: readonly LoggedFact[];
  /** The greatest height of an event that does not wait; 0 where there is none. */
  readonly height: number;
}

/** The log of `records`. */
export function createEventLog(records: readonly VerifiedRecord[], isVoid: (record: RecordHash) => boolean): EventLog {
  const distinct = [...new Map(records.map((record) => [record.hash, record])).values()];
  distinct.sort((a, b) => compareText(a.hash, b.hash));
  const limit = greatestCountedHeight(distinct.reduce((sum, record) => sum + record.events.length, 0));
  const events = distinct.flatMap((record) => logRecord(record, isVoid(record.hash), limit));
  events.sort(
    (a, b) =>
      a.source.height - b.source.height || compareText(a.source.record, b.source.record) || a.source.place - b.source.place,
  );
  const counted = events.filter((event) => !event.waits);
  return { records: distinct, events, facts: logFacts(counted), height: counted[counted.length - 1]?.source.height ?? 0 };
}

function logRecord(record: VerifiedRecord, isVoid: boolean, limit: number): readonly LoggedEvent[] {
  return parseEvents(record).map(({ event, facts, photos, unread }, place) => {
    const { what, at, height } = event;
    const source: EventSource = { record: record.hash, place, device: record.device, what, at, height, isVoid };
    return { event, facts, photos, unread, id: `${record.hash}.${place}`, source, waits: height > limit };
  });
}

/** Events come by (height, record hash), so of two copies with the same standing the first is the one that counts. */
function logFacts(events: readonly LoggedEvent[]): readonly LoggedFact[] {
  const factById = new Map<FactId, LoggedFact>();
  for (const { source, facts } of events) {
    for (const fact of facts) {
      const known = factById.get(fact.id);
      if (known !== undefined && (!known.isVoid || source.isVoid)) continue;
      const { id, statements, supersedes, unread } = fact;
      factById.set(id, { id, statements, supersedes, unread, source, height: source.height, isVoid: source.isVoid });
    }
  }
  return [...factById.values()].sort((a, b) => a.height - b.height || compareText(a.id, b.id));
}
