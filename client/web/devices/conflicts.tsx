/** The inbox: what two devices said differently while they did not know of each other, and what holds until somebody decides. */
import type { ReactElement } from "react";
import { useLibrary } from "../app/library.tsx";
import { sentence } from "../app/use-edit.ts";
import { Icon } from "../ui/icon.tsx";

/** The inbox. */
export function Conflicts(): ReactElement {
  const { state } = useLibrary();
  const { conflicts } = state.view;
  return (
    <section className="card" aria-labelledby="conflicts-title">
      <h2 id="conflicts-title">Where your devices disagree</h2>
      {conflicts.length === 0 ? (
        <p className="hint">They agree about everything.</p>
      ) : (
        <ul className="lines">
          {conflicts.map((conflict) => (
            <li key={conflict.facts.join(" ")}>
              <Icon name="info" />
              <span>{sentence(conflict.text)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
