/** A dialog that asks for one line of text. */
import { useState, type ReactElement } from "react";
import { Dialog } from "./dialog.tsx";

/** What is asked. */
export interface AskTextProps {
  readonly title: string;
  readonly label: string;
  readonly start: string;
  readonly action: string;
  /** Resolves to whether it was done; the dialog closes then. */
  readonly onDone: (text: string) => Promise<boolean>;
  readonly onClose: () => void;
}

/** The dialog. */
export function AskText({ title, label, start, action, onDone, onClose }: AskTextProps): ReactElement {
  const [text, setText] = useState(start);
  const submit = async (): Promise<void> => {
    if (await onDone(text.trim())) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <label className="field">
          <span>{label}</span>
          <input value={text} maxLength={100} autoFocus onChange={(event) => setText(event.target.value)} />
        </label>
        <footer className="actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={text.trim() === ""}>
            {action}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
