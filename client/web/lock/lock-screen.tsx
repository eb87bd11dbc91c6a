/** The lock screen: before a passphrase opens it, nothing of the library is read, and nothing can be shown. */
import { useState, type ReactElement } from "react";
import { sentence } from "../app/use-edit.ts";
import { Logo } from "../ui/logo.tsx";
import { Forgotten } from "./forgotten.tsx";
import { PassphraseField } from "./passphrase-field.tsx";

/** Milliseconds until the next try, after so many wrong ones: 1, 2, 4 … 30 s, beside what each try costs by itself. */
const pauseAfter = (wrong: number): number => Math.min(30_000, 1_000 * 2 ** (wrong - 1));

/** The screen; `unlock` resolves to false where the passphrase is wrong. */
export function LockScreen(props: {
  readonly unlock: (passphrase: string) => Promise<boolean>;
  readonly erase: () => Promise<void>;
}): ReactElement {
  const [passphrase, setPassphrase] = useState("");
  const [wrong, setWrong] = useState(0);
  const [phase, setPhase] = useState<"ready" | "busy" | "pausing">("ready");
  const [isForgotten, setForgotten] = useState(false);
  const submit = async (): Promise<void> => {
    setPhase("busy");
    if (await props.unlock(passphrase)) return;
    setPassphrase("");
    setWrong(wrong + 1);
    setPhase("pausing");
    window.setTimeout(() => setPhase("ready"), pauseAfter(wrong + 1));
  };
  return (
    <main className="welcome">
      <Logo />
      <h1>Albumen is locked</h1>
      <form
        className="stack welcome-form unlock"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <PassphraseField
          // A new field for each try: empty, unseen, and with the focus.
          key={wrong}
          label="Passphrase"
          value={passphrase}
          onChange={setPassphrase}
          kind="current-password"
          readOnly={phase === "busy"}
          autoFocus
        />
        <p className={wrong > 0 ? "problem" : "hint"} role={wrong > 0 ? "alert" : undefined} hidden={phase === "busy"}>
          {wrong > 0
            ? sentence("that was not the passphrase")
            : "Your photos are still here, encrypted. Only the passphrase opens them."}
        </p>
        <footer className="actions">
          <button type="button" className="link" onClick={() => setForgotten(true)}>
            Forgotten?
          </button>
          <span className="spring" />
          <button type="submit" className="button primary" disabled={phase !== "ready" || passphrase === ""}>
            {phase === "busy" ? "Opening …" : "Unlock"}
          </button>
        </footer>
      </form>
      {isForgotten && <Forgotten erase={props.erase} onClose={() => setForgotten(false)} />}
    </main>
  );
}
