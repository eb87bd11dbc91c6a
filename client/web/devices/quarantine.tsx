/** Records that do not count, and why: kept apart, never deleted, never guessed at. */
import type { ReactElement } from "react";
import { useLibrary } from "../app/library.tsx";
import { sentence } from "../app/use-edit.ts";

/** The list; nothing where there is none. */
export function Quarantine(): ReactElement | null {
  const { state } = useLibrary();
  if (state.quarantine.length === 0) return null;
  return (
    <section className="card" aria-labelledby="quarantine-title">
      <h2 id="quarantine-title">Set aside</h2>
      <p className="hint">These records arrived, but do not count. Nothing else is affected.</p>
      <ul className="lines">
        {state.quarantine.slice(0, 50).map((record) => (
          <li key={record.id}>
            <span>
              {sentence(record.reason)}
              <small>
                <code>{record.id.slice(0, 16)}</code>
              </small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
