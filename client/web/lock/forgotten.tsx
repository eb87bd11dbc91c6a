/** What to do where the passphrase is forgotten: nobody can open this copy, so the only way is to begin again from another. */
import { useState, type ReactElement } from "react";
import { Dialog } from "../ui/dialog.tsx";

/** The dialog. */
export function Forgotten({
  erase,
  onClose,
}: {
  readonly erase: () => Promise<void>;
  readonly onClose: () => void;
}): ReactElement {
  const [isSure, setSure] = useState(false);
  const [isErasing, setErasing] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const eraseAll = (): void => {
    setErasing(true);
    erase().catch(() => {
      setErasing(false);
      setProblem("The browser did not remove it. Close the other tabs of Albumen and try again.");
    });
  };
  return (
    <Dialog title="Forgotten the passphrase" onClose={onClose}>
      <div className="stack">
        <p>
          Then this browser’s copy cannot be read any more, by you, by us or by anybody. Your library is not lost: another device
          of yours has it, and your recovery words open it.
        </p>
        <p>
          Erase the copy here, then join again with a code from another device, or with your recovery words. What you did in this
          browser and what had not reached the relay yet is lost, and so are originals that you added only here.
        </p>
        <label className="tick-line">
          <input type="checkbox" checked={isSure} onChange={(event) => setSure(event.target.checked)} />
          <span>I want to erase the copy in this browser for good.</span>
        </label>
        {problem !== null && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <footer className="actions">
          <button type="button" className="button" onClick={onClose}>
            Keep it
          </button>
          <button type="button" className="button grave" disabled={!isSure || isErasing} onClick={eraseAll}>
            {isErasing ? "Erasing …" : "Erase this copy"}
          </button>
        </footer>
      </div>
    </Dialog>
  );
}
