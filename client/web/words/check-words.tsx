/** All 24 words from paper, compared with the library. */
import { useState, type ReactElement } from "react";
import { useLibrary } from "../app/library.tsx";
import { useToast } from "../app/toasts.tsx";
import { sentence } from "../app/use-edit.ts";
import { Dialog } from "../ui/dialog.tsx";
import { WordsField } from "./words-field.tsx";

/** The dialog. */
export function CheckWords({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { engine } = useLibrary();
  const show = useToast();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const check = async (): Promise<void> => {
    const checked = await engine.checkWords(text);
    if (!checked.ok) return setProblem(sentence(checked.error.reason));
    show({ text: "These are the recovery words of this library." });
    onClose();
  };
  return (
    <Dialog title="Check your recovery words" onClose={onClose}>
      <form
        className="stack"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void check();
        }}
      >
        <p>Type the 24 words from your paper. They stay on this device.</p>
        <WordsField
          label="Recovery words"
          value={text}
          problem={problem}
          onChange={(next) => {
            setText(next);
            setProblem(null);
          }}
        />
        <footer className="actions">
          <button type="button" className="button" onClick={onClose}>
            Close
          </button>
          <button type="submit" className="button primary" disabled={text.trim() === ""}>
            Check
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
