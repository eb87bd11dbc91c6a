/** Setting, changing and turning off the passphrase of this browser. */
import { useState, type ReactElement } from "react";
import { useToast } from "../app/toasts.tsx";
import { sentence } from "../app/use-edit.ts";
import { Dialog } from "../ui/dialog.tsx";
import { useLock } from "./lock.tsx";
import { PassphraseField } from "./passphrase-field.tsx";

/** What is to be done. */
export type PassphraseChange = "set" | "change" | "off";

const words = {
  set: { title: "Set a passphrase", action: "Set it", done: "This browser now asks for the passphrase." },
  change: { title: "Change the passphrase", action: "Change it", done: "The passphrase was changed." },
  off: { title: "Turn off the passphrase", action: "Turn it off", done: "This browser no longer asks for a passphrase." },
} as const;

/** The dialog. */
export function PassphraseDialog(props: { readonly change: PassphraseChange; readonly onClose: () => void }): ReactElement {
  const { change, onClose } = props;
  const { setPassphrase } = useLock();
  const show = useToast();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (): Promise<void> => {
    if (change !== "off" && next !== again) return setProblem("The two passphrases are not the same.");
    setBusy(true);
    const reason = await reasonOf(setPassphrase(change === "set" ? null : current, change === "off" ? null : next));
    setBusy(false);
    if (reason !== null) return setProblem(sentence(reason));
    show({ text: words[change].done });
    onClose();
  };
  const isFilled = (change === "set" || current !== "") && (change === "off" || (next !== "" && again !== ""));
  return (
    <Dialog title={words[change].title} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {change !== "set" && (
          <PassphraseField label="Passphrase now" value={current} onChange={setCurrent} kind="current-password" autoFocus />
        )}
        {change !== "off" && <NewPassphrase {...{ next, setNext, again, setAgain }} autoFocus={change === "set"} />}
        {problem !== null && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <footer className="actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={busy || !isFilled}>
            {busy ? "One moment …" : words[change].action}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

function NewPassphrase(props: {
  readonly next: string;
  readonly setNext: (text: string) => void;
  readonly again: string;
  readonly setAgain: (text: string) => void;
  readonly autoFocus: boolean;
}): ReactElement {
  const { next, setNext, again, setAgain, autoFocus } = props;
  const note = "At least 8 characters; a few words that you alone would put together are best.";
  return (
    <>
      <PassphraseField
        label="New passphrase"
        value={next}
        onChange={setNext}
        kind="new-password"
        note={note}
        autoFocus={autoFocus}
      />
      <PassphraseField label="The same again" value={again} onChange={setAgain} kind="new-password" />
      <p className="hint">
        Nobody can open this browser’s copy without it, Albumen neither. Were it forgotten, your library would come back from
        another of your devices or by your recovery words.
      </p>
    </>
  );
}

/** Why it was not done; null where it was. */
async function reasonOf(changed: ReturnType<ReturnType<typeof useLock>["setPassphrase"]>): Promise<string | null> {
  try {
    const result = await changed;
    return result.ok ? null : result.error.reason;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}
