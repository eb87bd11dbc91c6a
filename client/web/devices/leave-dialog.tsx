/** Leaving the library with this device: what that means, a clear yes, and no way back but pairing anew. */
import { useState, type ReactElement } from "react";
import type { DeviceView } from "../../engine/api.ts";
import { useLibrary } from "../app/library.tsx";
import { sentence } from "../app/use-edit.ts";
import { count } from "../model/words.ts";
import { Dialog } from "../ui/dialog.tsx";

/** The dialog; `device` is this one. */
export function LeaveDialog({ device, onClose }: { readonly device: DeviceView; readonly onClose: () => void }): ReactElement {
  const { engine, state } = useLibrary();
  const [isSure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const isLast = state.devices.every(({ self, words, removed }) => self || words || removed);
  const leave = async (): Promise<void> => {
    setBusy(true);
    const left = await engine.removeDevices([device.id], null);
    setBusy(false);
    if (left.ok) onClose();
    else setProblem(sentence(left.error.reason));
  };
  return (
    <Dialog title="Leave this library?" onClose={onClose}>
      <div className="stack">
        <ul className="plain">
          <li>What is here stays here to look at. Nothing more can be changed from this device.</li>
          <li>Nothing newer comes here: your other devices get a new key, and this one does not.</li>
          <li>Original photos that you added only here stay only here.</li>
          <li>To come back, the copy in this browser is erased and it is paired anew.</li>
          {state.sync.outbox > 0 && <li>{count(state.sync.outbox, "change")} that wait here are still sent.</li>}
        </ul>
        {isLast && (
          <p className="problem">
            It is the only device left. After it only the 24 recovery words bring the library back: have them on paper first.
          </p>
        )}
        <label className="tick-line">
          <input type="checkbox" checked={isSure} onChange={(event) => setSure(event.target.checked)} />
          <span>I want {device.name} to leave.</span>
        </label>
        {problem !== null && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <footer className="actions">
          <button type="button" className="button" onClick={onClose}>
            Stay
          </button>
          <button type="button" className="button grave" disabled={!isSure || busy} onClick={() => void leave()}>
            Leave
          </button>
        </footer>
      </div>
    </Dialog>
  );
}
