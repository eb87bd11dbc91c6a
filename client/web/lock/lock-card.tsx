/** The lock among the things of privacy: whether there is a passphrase, when it locks, and how to change that. */
import { useId, useState, type ReactElement } from "react";
import { useToast } from "../app/toasts.tsx";
import { useLock } from "./lock.tsx";
import { PassphraseDialog, type PassphraseChange } from "./passphrase-dialog.tsx";

const choices = [
  [1, "1 minute"],
  [5, "5 minutes"],
  [15, "15 minutes"],
  [60, "1 hour"],
  [0, "Never"],
] as const;

/** The card. */
export function LockCard(): ReactElement | null {
  const { settings } = useLock();
  const [change, setChange] = useState<PassphraseChange | null>(null);
  if (settings === null) return null;
  return (
    <section className="card" aria-labelledby="lock-title">
      <h2 id="lock-title">Lock</h2>
      {settings.hasPassphrase ? (
        <Locking minutes={settings.minutes} onChange={setChange} />
      ) : (
        <>
          <p>
            Everything in this browser is stored encrypted, but whoever opens the browser opens the library too. With a passphrase
            it stays shut until you type it.
          </p>
          <footer className="actions start">
            <button type="button" className="button primary" onClick={() => setChange("set")}>
              Set a passphrase
            </button>
          </footer>
        </>
      )}
      {change !== null && <PassphraseDialog change={change} onClose={() => setChange(null)} />}
    </section>
  );
}

function Locking(props: { readonly minutes: number; readonly onChange: (change: PassphraseChange) => void }): ReactElement {
  const { lockNow } = useLock();
  return (
    <>
      <p>This browser shows nothing of the library until the passphrase is typed, and asks again in every new tab.</p>
      <Minutes minutes={props.minutes} />
      <footer className="actions start lock-actions">
        <button type="button" className="button primary" onClick={lockNow}>
          Lock now
        </button>
        <button type="button" className="button" aria-label="Change the passphrase" onClick={() => props.onChange("change")}>
          Change
        </button>
        <button type="button" className="button" aria-label="Turn off the passphrase" onClick={() => props.onChange("off")}>
          Turn off
        </button>
      </footer>
    </>
  );
}

function Minutes({ minutes }: { readonly minutes: number }): ReactElement {
  const { setMinutes } = useLock();
  const show = useToast();
  const id = useId();
  const choose = (value: number): void => {
    setMinutes(value).catch(() => show({ text: "The browser could not store that.", tone: "problem" }));
  };
  return (
    <fieldset className="minutes">
      <legend>Lock by itself after this time without input</legend>
      <div className="segments">
        {choices.map(([value, label]) => (
          <label key={value}>
            <input type="radio" name={id} checked={minutes === value} onChange={() => choose(value)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
      <small>An import that is running is finished first.</small>
    </fieldset>
  );
}
