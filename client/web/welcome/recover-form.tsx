/** Recovering a library with its words: the words, then what they open, then this device is one of its own. */
import { useState, type ReactElement } from "react";
import type { Engine } from "../../engine/api.ts";
import type { Boot } from "../app/boot.ts";
import { count, numberText } from "../model/words.ts";
import { WordsField } from "../words/words-field.tsx";
import { RecoverReview } from "./recover-review.tsx";
import { useRecovery, type Recovery } from "./use-recovery.ts";

/** The form. */
export function RecoverForm(props: {
  readonly boot: Boot;
  readonly onBack: () => void;
  readonly onRecovered: (engine: Engine) => void;
}): ReactElement {
  const { boot, onBack } = props;
  const [words, setWords] = useState("");
  const [name, setName] = useState(boot.suggestedName);
  const [relay, setRelay] = useState(boot.relay);
  const recovery = useRecovery(boot, props.onRecovered);
  const { phase, problem } = recovery;
  if (phase.kind === "review") return <RecoverReview found={phase.found} onAnswer={phase.answer} />;
  const busy = phase.kind !== "resting";
  return (
    <form
      className="stack welcome-form"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        void recovery.recover({ words, relay: relay.trim(), name: name.trim() });
      }}
    >
      <h1>Recover with the words</h1>
      <p>The 24 words from your paper bring the library back, from what your relay keeps. Nothing is changed before you agree.</p>
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <WordsField label="Recovery words" value={words} onChange={setWords} disabled={busy} />
      <div className="field-pair">
        <label className="field">
          <span>What is this device called?</span>
          <input value={name} maxLength={100} disabled={busy} onChange={(event) => setName(event.target.value)} />
        </label>
        <label className="field">
          <span>Relay of the library</span>
          <input
            value={relay}
            inputMode="url"
            disabled={busy}
            spellCheck={false}
            onChange={(event) => setRelay(event.target.value)}
          />
        </label>
      </div>
      <Progress phase={phase} />
      <footer className="actions">
        <button type="button" className="button" onClick={busy ? recovery.stop : onBack}>
          {busy ? "Stop" : "Back"}
        </button>
        <button type="submit" className="button primary" disabled={busy || words.trim() === "" || name.trim() === ""}>
          Find my library
        </button>
      </footer>
    </form>
  );
}

function Progress({ phase }: { readonly phase: Recovery["phase"] }): ReactElement | null {
  switch (phase.kind) {
    case "resting":
    case "review":
      return null;
    case "looking":
      return <p role="status">Asking the relay for the library of these words …</p>;
    case "entering":
      return <p role="status">Making this device one of yours …</p>;
    case "reading":
      return (
        <div className="stack tight">
          <progress max={phase.of} value={phase.read} aria-label="Records read" />
          <span role="status">
            {numberText(phase.read)} of {count(phase.of, "record")} read …
          </span>
        </div>
      );
  }
}
