/** History: every event held, with what it said and how it fares, by (height, id). */
import type { FactReference } from "../facts/fact.ts";
import { eventId, type LoggedEvent } from "../replay/event-log.ts";
import type { Replay } from "../replay/replay.ts";
import { describeFact } from "./fact-text.ts";
import type { HistoryEntry } from "./view.ts";
import type { Words } from "./words.ts";

/** The entries of all events. */
export function viewHistory({ log, live }: Replay, words: Words): readonly HistoryEntry[] {
  return log.events.map((event) => ({
    id: eventId(event),
    record: event.source.record,
    device: event.source.device,
    at: event.source.at,
    height: event.source.height,
    what: event.source.what,
    text: eventText(event, words),
    facts: event.parsed.facts.map((fact) => fact.id),
    undone: event.parsed.facts.length > 0 && statementsOf(event).every((reference) => live.stateOf(reference) === "retracted"),
    apart: apartReason(event),
  }));
}

/** Every statement of an event; a fact that cannot be read counts as one. */
export function statementsOf(event: LoggedEvent): readonly FactReference[] {
  return event.parsed.facts.flatMap(({ id, statements }) =>
    statements.length === 0 ? [{ fact: id, index: 0 }] : statements.map((_, index) => ({ fact: id, index })),
  );
}

function eventText({ parsed: { photos, facts, event } }: LoggedEvent, words: Words): string {
  if (photos !== null) return `${photos.length === 1 ? (photos[0]?.file ?? "1 photo") : `${photos.length} photos`} added.`;
  if (facts.length === 0) return event.announcement === null ? "Nothing is said." : "Something that this version cannot read.";
  const clauses = facts.slice(0, 4).map(({ statements }) => describeFact(statements, words));
  const text = [...clauses, ...(facts.length > 4 ? [`${facts.length - 4} more`] : [])].join("; ");
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

function apartReason({ source, waits, parsed: { unread } }: LoggedEvent): string | null {
  if (source.isVoid) return "Set aside: its device was removed before it.";
  if (waits) return "Waits: its height is far above everything else that is here.";
  return unread === null ? null : `It ${unread}.`;
}
