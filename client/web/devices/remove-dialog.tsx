/**
 * Removing a device: what happens then, whom it had let in, and the recovery words where it stands above this device. Nothing is
 * done before the last button.
 */
import { useState, type ReactElement } from "react";
import type { DeviceId } from "@albumen/core/ids/ids.ts";
import type { DeviceView } from "../../engine/api.ts";
import { useLibrary } from "../app/library.tsx";
import { useToast } from "../app/toasts.tsx";
import { sentence } from "../app/use-edit.ts";
import { admittedBy, namesOf } from "../model/devices.ts";
import { count, listText, momentText } from "../model/words.ts";
import { Dialog } from "../ui/dialog.tsx";
import { WordsField } from "../words/words-field.tsx";

/** The dialog. */
export function RemoveDialog({ device, onClose }: { readonly device: DeviceView; readonly onClose: () => void }): ReactElement {
  const { state } = useLibrary();
  const admitted = admittedBy(device.id, state.devices);
  const removing = useRemoving(onClose);
  const [also, setAlso] = useState<ReadonlySet<DeviceId>>(new Set());
  const [words, setWords] = useState("");
  const needsWords = device.removal === "with-words";
  const chosen = [device.id, ...admitted.flatMap(({ id }) => (also.has(id) ? [id] : []))];
  return (
    <Dialog title={device.words ? "Remove these recovery words?" : `Remove ${device.name}?`} onClose={onClose} wide>
      <form
        className="stack"
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          void removing.remove(chosen, needsWords ? words : null);
        }}
      >
        <Consequences device={device} />
        {admitted.length > 0 && <Admitted by={device.name} admitted={admitted} chosen={also} onChange={setAlso} />}
        {needsWords ? (
          <>
            <p>It stands above this device, so only the recovery words can remove it.</p>
            <WordsField
              label="The 24 recovery words"
              value={words}
              problem={removing.problem}
              onChange={(text) => {
                setWords(text);
                removing.forget();
              }}
            />
          </>
        ) : (
          removing.problem !== null && (
            <p className="problem" role="alert">
              {removing.problem}
            </p>
          )
        )}
        <footer className="actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button grave" disabled={removing.busy || (needsWords && words.trim() === "")}>
            {chosen.length === 1 ? "Remove" : `Remove ${count(chosen.length, "device")}`}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

function Consequences({ device }: { readonly device: DeviceView }): ReactElement {
  if (device.words) return <p>Whoever has them can then open nothing newer, remove nobody, and recover nothing.</p>;
  return (
    <ul className="plain">
      <li>It keeps what it has now; nothing can take that back.</li>
      <li>It opens nothing newer: the others get a new key, and it does not.</li>
      <li>What it writes before it hears of this is set aside here. You can adopt it, in case it was you.</li>
      <li>To be used again, its copy is erased and it is paired anew.</li>
    </ul>
  );
}

function Admitted(props: {
  readonly by: string;
  readonly admitted: readonly DeviceView[];
  readonly chosen: ReadonlySet<DeviceId>;
  readonly onChange: (chosen: ReadonlySet<DeviceId>) => void;
}): ReactElement {
  const { by, admitted, chosen, onChange } = props;
  const { state } = useLibrary();
  const nameOf = namesOf(state.devices);
  return (
    <fieldset className="ticks">
      <legend>Let in by {by}</legend>
      <p className="hint">Each of these stays unless you tick it. Do so where you do not know it, or where {by} was stolen.</p>
      {admitted.map(({ id, words, addedAt }) => (
        <label key={id} className="tick-line">
          <input
            type="checkbox"
            checked={chosen.has(id)}
            onChange={({ target }) => onChange(new Set([...chosen, id].filter((one) => one !== id || target.checked)))}
          />
          <span>
            {words ? "Recovery words that it made" : nameOf(id)}
            {addedAt !== null && <small>Since {momentText(addedAt)}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function useRemoving(onDone: () => void): {
  readonly busy: boolean;
  readonly problem: string | null;
  readonly forget: () => void;
  readonly remove: (devices: readonly DeviceId[], words: string | null) => Promise<void>;
} {
  const { engine } = useLibrary();
  const show = useToast();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const remove = async (devices: readonly DeviceId[], words: string | null): Promise<void> => {
    const names = devices.map(namesOf(engine.state.devices));
    setBusy(true);
    const removed = await engine.removeDevices(devices, words);
    setBusy(false);
    if (!removed.ok) return setProblem(sentence(removed.error.reason));
    const text = `Removed ${listText(names)}. Your other devices hear of it as soon as they meet the relay.`;
    show({ text });
    onDone();
  };
  return { busy, problem, forget: () => setProblem(null), remove };
}
