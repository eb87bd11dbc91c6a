/** Joining a library: the code from another device, then the same pictures on both screens. */
import { useMemo, useRef, useState, type ReactElement } from "react";
import type { Engine } from "../../engine/api.ts";
import type { Boot } from "../app/boot.ts";
import { sentence } from "../app/use-edit.ts";
import { CompareScreens, type Comparison } from "./compare-screens.tsx";

/** The form. */
export function JoinForm(props: {
  readonly boot: Boot;
  readonly onBack: () => void;
  readonly onJoined: (engine: Engine) => void;
}): ReactElement {
  const [code, setCode] = useState("");
  const [name, setName] = useState(props.boot.suggestedName);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [comparison, setComparison] = useState<Comparison | null>(null);
  const abort = useRef<AbortController | null>(null);
  const join = async (): Promise<void> => {
    abort.current = new AbortController();
    setBusy(true);
    setProblem(null);
    const confirm = (string: string, other: string): Promise<boolean> =>
      new Promise((answer) => setComparison({ string, other, answer }));
    const joined = await props.boot.join(code.trim(), name.trim(), { confirm, signal: abort.current.signal });
    setBusy(false);
    setComparison(null);
    if (joined.ok) props.onJoined(joined.value);
    else setProblem(sentence(joined.error.reason));
  };
  const back = (): void => {
    abort.current?.abort();
    props.onBack();
  };
  const fields = useMemo(() => ({ code, setCode, name, setName }), [code, name]);
  if (comparison !== null) return <CompareScreens comparison={comparison} />;
  return (
    <form
      className="stack welcome-form"
      onSubmit={(event) => {
        event.preventDefault();
        void join();
      }}
    >
      <h1>Join with a code</h1>
      <p>On the device that has your library, open Devices and choose “Pair a device”. It shows a code.</p>
      <JoinFields {...fields} />
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <footer className="actions">
        <button type="button" className="button" onClick={back}>
          Back
        </button>
        <button type="submit" className="button primary" disabled={busy || code.trim() === "" || name.trim() === ""}>
          {busy ? "Looking for the other device …" : "Join"}
        </button>
      </footer>
    </form>
  );
}

function JoinFields(props: {
  readonly code: string;
  readonly setCode: (code: string) => void;
  readonly name: string;
  readonly setName: (name: string) => void;
}): ReactElement {
  return (
    <>
      <label className="field">
        <span>Code from the other device</span>
        <textarea
          className="code-input"
          rows={3}
          spellCheck={false}
          autoCapitalize="characters"
          placeholder="7K2M-9QXZ-…@https://…"
          value={props.code}
          onChange={(event) => props.setCode(event.target.value)}
        />
      </label>
      <label className="field">
        <span>What is this device called?</span>
        <input value={props.name} maxLength={100} onChange={(event) => props.setName(event.target.value)} />
      </label>
    </>
  );
}
