/** Erasing this browser's copy of the library, after a clear yes. */
import { useState, type ReactElement, type ReactNode } from "react";
import { Dialog } from "../ui/dialog.tsx";

/** The dialog; `children` say why and what is lost. */
export function EraseDialog(props: {
  readonly title: string;
  readonly children: ReactNode;
  readonly erase: () => Promise<void>;
  readonly onClose: () => void;
}): ReactElement {
  const { title, children, erase, onClose } = props;
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
    <Dialog title={title} onClose={onClose}>
      <div className="stack">
        {children}
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
