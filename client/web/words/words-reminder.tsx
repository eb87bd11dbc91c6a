/** A calm word, once a visit, to whoever went on without showing that the recovery words are on paper. */
import { useState, type ReactElement } from "react";
import { useLibrary } from "../app/library.tsx";
import { removedSelf } from "../model/devices.ts";
import { Icon } from "../ui/icon.tsx";
import { CheckWords } from "./check-words.tsx";

/** Kept by the browser for as long as the tab is open. */
const laterKey = "albumen-words-later";

/** The note; nothing where there is nothing to remind of. */
export function WordsReminder(): ReactElement | null {
  const { state } = useLibrary();
  const [later, setLater] = useState(() => sessionStorage.getItem(laterKey) !== null);
  const [checking, setChecking] = useState(false);
  const putOff = (): void => {
    sessionStorage.setItem(laterKey, "later");
    setLater(true);
  };
  if (!state.wordsUnchecked || later || removedSelf(state.devices) !== null) return null;
  return (
    <aside className="note words-reminder" aria-label="Recovery words">
      <Icon name="edit" />
      <div>
        Are your 24 recovery words on paper? Check them once: should every device be lost, only they bring this library back.
      </div>
      <span className="actions">
        <button type="button" className="button" onClick={() => setChecking(true)}>
          Check them
        </button>
        <button type="button" className="button quiet" onClick={putOff}>
          Later
        </button>
      </span>
      {checking && <CheckWords onClose={() => setChecking(false)} />}
    </aside>
  );
}
