/** Founding a library: this device gets a name. */
import { useState, type ReactElement } from "react";
import type { Engine } from "../../engine/api.ts";
import type { Boot } from "../app/boot.ts";
import { sentence } from "../app/use-edit.ts";
import type { NewWords } from "../words/recovery-words.tsx";

/** The form. */
export function FoundForm(props: {
  readonly boot: Boot;
  readonly onBack: () => void;
  readonly onFound: (engine: Engine, fresh: NewWords) => void;
}): ReactElement {
  const [name, setName] = useState(props.boot.suggestedName);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const found = async (): Promise<void> => {
    setBusy(true);
    const made = await props.boot.found(name.trim());
    setBusy(false);
    if (made.ok) props.onFound(made.value.engine, made.value);
    else setProblem(sentence(made.error.reason));
  };
  return (
    <form
      className="stack welcome-form"
      onSubmit={(event) => {
        event.preventDefault();
        void found();
      }}
    >
      <h1>Start a new library</h1>
      <label className="field">
        <span>What is this device called?</span>
        {/* biome-ignore lint/a11y/noAutofocus: the screen has one field, and it was opened to fill it in. */}
        <input value={name} maxLength={100} autoFocus onChange={(event) => setName(event.target.value)} />
        <small>Only your own devices see this name.</small>
      </label>
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <footer className="actions">
        <button type="button" className="button" onClick={props.onBack}>
          Back
        </button>
        <button type="submit" className="button primary" disabled={busy || name.trim() === ""}>
          {busy ? "Making keys …" : "Start library"}
        </button>
      </footer>
    </form>
  );
}
