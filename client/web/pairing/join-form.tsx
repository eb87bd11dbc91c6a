/** Joining a library: the code from another device, then the same pictures on both screens. */
import { useCallback, useEffect, useRef, useState, type ReactElement } from "react";
import type { Engine } from "../../engine/api.ts";
import type { Boot } from "../app/boot.ts";
import { sentence } from "../app/use-edit.ts";
import { CodeWays } from "./code-ways.tsx";
import { CompareScreens, type Comparison } from "./compare-screens.tsx";

/** The form. */
export function JoinForm(props: {
  readonly boot: Boot;
  readonly onBack: () => void;
  readonly onJoined: (engine: Engine) => void;
}): ReactElement {
  const [code, setCode] = useState("");
  const [name, setName] = useState(props.boot.suggestedName);
  const joining = useJoining(props.boot, props.onJoined);
  const { busy, problem, comparison } = joining;
  const start = (chosen: string): void => void joining.join(chosen.trim(), name.trim());
  if (comparison !== null) return <CompareScreens comparison={comparison} />;
  return (
    <form
      className="stack welcome-form"
      onSubmit={(event) => {
        event.preventDefault();
        start(code);
      }}
    >
      <h1>Join with a code</h1>
      <p>On the device that has your library, open Devices and choose “Pair a device”. It shows a code.</p>
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <label className="field">
        <span>What is this device called?</span>
        <input value={name} maxLength={100} disabled={busy} onChange={(event) => setName(event.target.value)} />
      </label>
      {!busy && (
        <CodeWays
          onCode={(read) => {
            setCode(read);
            if (name.trim() !== "") start(read);
          }}
        />
      )}
      <CodeField code={code} busy={busy} onType={setCode} />
      <footer className="actions">
        <button type="button" className="button" onClick={busy ? joining.stop : props.onBack}>
          {busy ? "Stop" : "Back"}
        </button>
        <button type="submit" className="button primary" disabled={busy || code.trim() === "" || name.trim() === ""}>
          {busy ? "Looking for the other device …" : "Join"}
        </button>
      </footer>
    </form>
  );
}

function CodeField(props: {
  readonly code: string;
  readonly busy: boolean;
  readonly onType: (code: string) => void;
}): ReactElement {
  return (
    <label className="field">
      <span>Code from the other device</span>
      <textarea
        className="code-input"
        rows={3}
        spellCheck={false}
        autoCapitalize="characters"
        placeholder="7K2M-9QXZ-…@https://…"
        value={props.code}
        disabled={props.busy}
        onChange={(event) => props.onType(event.target.value)}
      />
    </label>
  );
}

interface Joining {
  readonly busy: boolean;
  readonly problem: string | null;
  readonly comparison: Comparison | null;
  readonly join: (code: string, name: string) => Promise<void>;
  readonly stop: () => void;
}

/** An attempt to join; leaving the form breaks it off, and the other device is told. */
function useJoining(boot: Boot, onJoined: (engine: Engine) => void): Joining {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [comparison, setComparison] = useState<Comparison | null>(null);
  const abort = useRef(new AbortController());
  const stop = useCallback((): void => abort.current.abort(), []);
  useEffect(() => stop, [stop]);
  const join = async (code: string, name: string): Promise<void> => {
    abort.current = new AbortController();
    const { signal } = abort.current;
    setBusy(true);
    setProblem(null);
    const joined = await boot.join(code, name, {
      signal,
      confirm: (string, other) => new Promise((answer) => setComparison({ string, other, answer })),
    });
    setBusy(false);
    setComparison(null);
    if (joined.ok) onJoined(joined.value);
    else if (!signal.aborted) setProblem(sentence(joined.error.reason));
  };
  return { busy, problem, comparison, join, stop };
}
