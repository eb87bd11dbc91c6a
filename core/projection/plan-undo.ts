/**
 * Undo: every statement of an event is retracted, so what stood before it stands again. A retract can be retracted as well, so
 * the undo of an undo is redo; where the same was taken back on several devices, redo takes all of these back.
 */
import type { FactReference } from "../facts/fact.ts";
import { groupKey } from "../facts/statement.ts";
import { eventId } from "../replay/event-log.ts";
import { refuse, stateAny, type Plan } from "./plan.ts";
import type { Projection } from "./project.ts";

/** Takes an event back; `id` is that of its history entry. */
export function planUndo(projection: Projection, id: string): Plan {
  const { live, log } = projection.replay;
  const event = log.events.find((candidate) => eventId(candidate) === id);
  if (event === undefined) return refuse("unknown-subject", "There is no such event; look at the history again.");
  if (event.parsed.photos !== null)
    return refuse("nothing-to-do", "Photos that were added are taken away by the trash, not by undo.");
  if (event.source.isVoid || event.waits)
    return refuse("nothing-to-do", "This event does not count, so there is nothing to undo.");
  const { facts, unread } = event.parsed;
  if (unread !== null) return refuse("nothing-to-do", `This event ${unread}; undo it with that version.`);
  const own = facts.flatMap(({ id: fact, statements }) => statements.map((_, index): FactReference => ({ fact, index })));
  const taken = new Set(
    facts.flatMap(({ statements }) =>
      statements.flatMap((statement) => (statement.kind === "retract" ? [groupKey(statement)] : [])),
    ),
  );
  const alike = log.facts.flatMap(({ id: fact, statements }) =>
    statements.flatMap((statement, index): readonly FactReference[] =>
      statement.kind === "retract" && taken.has(groupKey(statement)) ? [{ fact, index }] : [],
    ),
  );
  const targets = [...own, ...alike].filter((reference) => {
    const state = live.stateOf(reference);
    return state === "live" || state === "superseded";
  });
  return stateAny(
    targets.length === 0 ? [] : [{ kind: "retract", targets }],
    "This event was taken back already; undo the undo to redo it.",
  );
}
