/**
 * New recovery words for a library that exists: in place of the old ones where these are at hand, else beside them. They are shown
 * once, so this window is not closed by a stray key while they stand in it.
 */
import { useState, type ReactElement } from "react";
import { useLibrary } from "../app/library.tsx";
import { useToast } from "../app/toasts.tsx";
import { sentence } from "../app/use-edit.ts";
import { Dialog, useModal } from "../ui/dialog.tsx";
import { RecoveryWords, type NewWords } from "./recovery-words.tsx";
import { WordsField } from "./words-field.tsx";

/** The dialog. */
export function NewWordsDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const [made, setMade] = useState<(NewWords & { readonly replaced: boolean }) | null>(null);
  if (made === null) return <Making onClose={onClose} onMade={setMade} />;
  return <Showing made={made} onClose={onClose} />;
}

function Making(props: {
  readonly onClose: () => void;
  readonly onMade: (made: NewWords & { readonly replaced: boolean }) => void;
}): ReactElement {
  const { engine } = useLibrary();
  const [replacing, setReplacing] = useState(true);
  const [old, setOld] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const make = async (): Promise<void> => {
    setBusy(true);
    const made = await engine.newWords(replacing ? old : null);
    setBusy(false);
    if (made.ok) props.onMade({ ...made.value, replaced: replacing });
    else setProblem(sentence(made.error.reason));
  };
  return (
    <Dialog title="New recovery words" onClose={props.onClose}>
      <form
        className="stack"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <OldWordsChoice
          replacing={replacing}
          onChange={(next) => {
            setReplacing(next);
            setProblem(null);
          }}
        />
        {replacing ? (
          <WordsField
            label="The old words"
            value={old}
            problem={problem}
            onChange={(text) => {
              setOld(text);
              setProblem(null);
            }}
          />
        ) : (
          problem !== null && (
            <p className="problem" role="alert">
              {problem}
            </p>
          )
        )}
        <footer className="actions">
          <button type="button" className="button" onClick={props.onClose}>
            Cancel
          </button>
          <button type="submit" className="button primary" disabled={busy || (replacing && old.trim() === "")}>
            Make new words
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

function OldWordsChoice(props: { readonly replacing: boolean; readonly onChange: (replacing: boolean) => void }): ReactElement {
  const { replacing, onChange } = props;
  return (
    <fieldset className="ticks">
      <legend>Are the old words at hand?</legend>
      <label className="tick-line">
        <input type="radio" name="old-words" checked={replacing} onChange={() => onChange(true)} />
        <span>
          Yes: replace them
          <small>From then on the old ones open nothing newer. Do this where somebody may have seen them.</small>
        </span>
      </label>
      <label className="tick-line">
        <input type="radio" name="old-words" checked={!replacing} onChange={() => onChange(false)} />
        <span>
          No: put new ones beside them
          <small>The old ones go on working, for whoever finds them.</small>
        </span>
      </label>
    </fieldset>
  );
}

function Showing(props: {
  readonly made: NewWords & { readonly replaced: boolean };
  readonly onClose: () => void;
}): ReactElement {
  const { made, onClose } = props;
  const { engine } = useLibrary();
  const show = useToast();
  const [leaving, setLeaving] = useState(false);
  const element = useModal();
  const done = (known: boolean): void => {
    if (known) {
      void engine.checkWords(made.words);
      show({ text: made.replaced ? "The new words hold now, and the old ones no more." : "The new words hold now." });
    }
    onClose();
  };
  return (
    <dialog
      ref={element}
      className="dialog wide words-dialog"
      aria-labelledby={leaving ? "leave-words-title" : "words-title"}
      onCancel={(event) => {
        event.preventDefault();
        setLeaving(true);
      }}
      // A browser closes a window at the second Esc in a row, whoever objects: this one comes back.
      onClose={() => element.current?.showModal()}
    >
      {leaving && (
        <div className="stack">
          <h2 id="leave-words-title">Close without the words on paper?</h2>
          <p>They are not shown again. {made.replaced && "The old ones hold no more."}</p>
          <footer className="actions">
            <button type="button" className="button" onClick={onClose}>
              Close without them
            </button>
            <button type="button" className="button primary" onClick={() => setLeaving(false)}>
              Back to the words
            </button>
          </footer>
        </div>
      )}
      <div hidden={leaving}>
        <RecoveryWords {...made} title="Your new recovery words" note={noteOf(made.replaced)} done="Done" onDone={done} />
      </div>
    </dialog>
  );
}

function noteOf(replaced: boolean): string {
  return replaced
    ? "The old words hold no more: destroy their paper once these are written down."
    : "The old words go on working beside these.";
}
