/** What was noticed of a relay or a device that does not behave, in the words of the log. Nothing of it stops any work. */
import type { ReactElement } from "react";
import { useLibrary } from "../app/library.tsx";
import { momentText } from "../model/words.ts";
import { Icon } from "../ui/icon.tsx";

/** The card, newest first; nothing where all is well. */
export function Notices(): ReactElement | null {
  const { state } = useLibrary();
  if (state.evidence.length === 0) return null;
  return (
    <section className="card" aria-labelledby="notices-title">
      <h2 id="notices-title">Noticed</h2>
      <p className="hint">None of this stops your work. It is kept here so that you know.</p>
      <ul className="lines">
        {state.evidence
          .toSorted((a, b) => (b.at ?? Number.MAX_SAFE_INTEGER) - (a.at ?? Number.MAX_SAFE_INTEGER))
          .map(({ at, text }) => (
            <li key={`${at} ${text}`} className="notice">
              <Icon name="warning" />
              <span>
                {text}
                <small>{at === null ? "As it is now" : momentText(at)}</small>
              </span>
            </li>
          ))}
      </ul>
    </section>
  );
}
