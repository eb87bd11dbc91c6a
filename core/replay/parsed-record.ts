/**
 * Parsed records: the facts and announcements of a verified record, taken apart once. Parsing depends on nothing but the
 * record's bytes, so what was parsed is remembered with the record for as long as the record itself is held.
 */
import { parseAnnouncement, type AnnouncedPhoto } from "../facts/announcement.ts";
import type { FactReference } from "../facts/fact.ts";
import { parseFact } from "../facts/fact-codec.ts";
import { factToStatements, type Statement } from "../facts/statement.ts";
import type { StatedFact, VerifiedEvent, VerifiedRecord } from "../facts/verified-record.ts";
import type { FactId } from "../ids/ids.ts";

/** A fact, taken apart; one that this version cannot read has no statements and says why. */
export interface ReadFact {
  readonly id: FactId;
  readonly statements: readonly Statement[];
  readonly supersedes: readonly FactReference[];
  /** Why it cannot be read, as one sentence; null where it can. */
  readonly unread: string | null;
}

/** An event, taken apart. */
export interface ParsedEvent {
  readonly event: VerifiedEvent;
  readonly facts: readonly ReadFact[];
  /** Null where the event announces nothing. */
  readonly photos: readonly AnnouncedPhoto[] | null;
  /** Why some of it cannot be read; null where all can. */
  readonly unread: string | null;
}

const parsedByRecord = new WeakMap<VerifiedRecord, readonly ParsedEvent[]>();

/** The events of `record`, taken apart. */
export function parseEvents(record: VerifiedRecord): readonly ParsedEvent[] {
  const known = parsedByRecord.get(record);
  if (known !== undefined) return known;
  const parsed = record.events.map(parseEvent);
  parsedByRecord.set(record, parsed);
  return parsed;
}

function parseEvent(event: VerifiedEvent): ParsedEvent {
  const facts = event.facts.map(readFact);
  const announcement = event.announcement === null ? null : parseAnnouncement(event.announcement);
  const refused =
    announcement !== null && !announcement.ok
      ? unreadReason(announcement.error.kind === "unknown-version", "announcement")
      : null;
  return {
    event,
    facts,
    photos: announcement?.ok === true ? announcement.value : null,
    unread: facts.find((fact) => fact.unread !== null)?.unread ?? refused,
  };
}

function readFact({ id, bytes }: StatedFact): ReadFact {
  const parsed = parseFact(bytes);
  if (!parsed.ok) {
    return { id, statements: [], supersedes: [], unread: unreadReason(parsed.error.kind === "newer-fact", "fact") };
  }
  return { id, statements: factToStatements(parsed.value.fact), supersedes: parsed.value.supersedes, unread: null };
}

function unreadReason(newer: boolean, what: string): string {
  return newer ? `needs a newer version: it holds a kind of ${what} that this one does not know` : `holds a damaged ${what}`;
}
