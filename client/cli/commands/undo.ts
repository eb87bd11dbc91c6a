/** `albumen undo [EVENT]`: takes back what an event said; without EVENT this device's newest that still holds. */
import { selectEvent } from "../candidates.ts";
import type { RunCommand } from "../command.ts";
import { failed } from "../error.ts";
import { stateEdit, withLibrary } from "../library.ts";

/** Undoes it. Undoing an undo, by its id, states the event again. */
export const run: RunCommand = (invocation, host) =>
  withLibrary(host, async (engine) => {
    const { view, device } = engine.state;
    if (invocation.word("EVENT") !== "") {
      const event = selectEvent(view, invocation.word("EVENT"));
      return event.ok ? stateEdit(engine, host, { kind: "undo", event: event.value.id }, { undid: event.value.id }) : event;
    }
    const mine = view.history.filter((entry) => entry.device === device && !entry.undone && entry.apart === null);
    const newest = mine.findLast(({ what, facts }) => facts.length > 0 && what !== "undo");
    if (newest === undefined) return failed("this device has nothing to undo; albumen history shows the events of the others");
    return stateEdit(engine, host, { kind: "undo", event: newest.id }, { undid: newest.id });
  });
