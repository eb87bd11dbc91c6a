/** Records that do not count, and why: kept apart, never deleted, never guessed at. */
import type { ReactElement } from "react";
import { useLibrary } from "../app/library.tsx";
import { sentence } from "../app/use-edit.ts";
import { removedSelf } from "../model/devices.ts";

/** The list; nothing where there is none. */
export function Quarantine(): ReactElement | null {
  const { state } = useLibrary();
  if (state.quarantine.length === 0) return null;
  return (
    <section className="card" aria-labelledby="quarantine-title">
      <h2 id="quarantine-title">Records that cannot be used</h2>
      <p className="hint">
        {removedSelf(state.devices) === null
          ? "They arrived, and do not count. Nothing else is affected."
          : "What was written after this device was removed is encrypted under a key that it does not get."}
      </p>
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
