/** Everything that was done, on any device, newest first, each with its undo. */
import { useMemo, useState, type ReactElement } from "react";
import { useLibrary } from "../app/library.tsx";
import { sentence, useEdit } from "../app/use-edit.ts";
import type { HistoryEntry } from "../model/types.ts";
import { momentText } from "../model/words.ts";

/** Entries that are shown at first, and with each "Show more". */
const step = 12;

/** The history. */
export function History(): ReactElement {
  const { state } = useLibrary();
  const [shown, setShown] = useState(step);
  const entries = useMemo(() => joinImports(state.view.history), [state.view.history]);
  const nameOf = (id: string): string => state.devices.find((device) => device.id === id)?.name ?? "a device";
  return (
    <section className="card" aria-labelledby="history-title">
      <h2 id="history-title">History</h2>
      {entries.length === 0 && <p className="hint">What you and your other devices do is listed here, and can be undone.</p>}
      <ul className="lines history">
        {entries
          .slice(-shown)
          .reverse()
          .map(({ entry, more }) => (
            <Entry key={entry.id} entry={entry} more={more} by={nameOf(entry.device)} />
          ))}
      </ul>
      {entries.length > shown && (
        <button type="button" className="button quiet" onClick={() => setShown(shown + 4 * step)}>
          Show more
        </button>
      )}
    </section>
  );
}

interface Line {
  readonly entry: HistoryEntry;
  /** How many batches of the same import stand behind it. */
  readonly more: number;
}

/** An import is written in small batches, so that a crash loses little; people think of it as one. */
function joinImports(history: readonly HistoryEntry[]): readonly Line[] {
  const lines: Line[] = [];
  for (const entry of history) {
    const last = lines.at(-1);
    const same = entry.what === "import" && last?.entry.what === "import" && last.entry.device === entry.device;
    if (same) lines.splice(-1, 1, { entry, more: last.more + 1 });
    else lines.push({ entry, more: 0 });
  }
  return lines;
}

function Entry({ entry, more, by }: Line & { readonly by: string }): ReactElement {
  const edit = useEdit();
  const mayUndo = !entry.undone && entry.apart === null && entry.facts.length > 0 && entry.what !== "import";
  return (
    <li className={entry.undone ? "undone" : ""}>
      <span>
        {more === 0 ? sentence(entry.text) : `Photos added, in ${more + 1} batches.`}
        <small>
          {by}, {momentText(entry.at)}
          {entry.undone && " · undone"}
          {entry.apart !== null && ` · ${entry.apart}`}
        </small>
      </span>
      {mayUndo && (
        <button
          type="button"
          className="link"
          onClick={() => void edit({ kind: "undo", event: entry.id }, `Undone: ${entry.text}`)}
        >
          Undo
        </button>
      )}
    </li>
  );
}
