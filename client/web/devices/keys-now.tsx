/** A new key by hand: seldom needed, so it is folded away with the sentence that says what it is for. */
import { useState, type ReactElement } from "react";
import { useLibrary } from "../app/library.tsx";
import { useToast } from "../app/toasts.tsx";
import { sentence } from "../app/use-edit.ts";

/** The fold. */
export function KeysNow(): ReactElement {
  const { engine } = useLibrary();
  const show = useToast();
  const [busy, setBusy] = useState(false);
  const rotate = async (): Promise<void> => {
    setBusy(true);
    const rotated = await engine.rotateKeys();
    setBusy(false);
    if (!rotated.ok) return show({ text: sentence(rotated.error.reason), tone: "problem" });
    show({ text: "From now on everything is encrypted under a new key." });
  };
  return (
    <details className="fold">
      <summary>Keys</summary>
      <p className="hint">
        A new key protects what is written from now on, where the old one may have leaked; all devices above get it. It comes by
        itself every month and with each removal. Where a whole device was lost, only removing it helps.
      </p>
      <button type="button" className="button" disabled={busy} onClick={() => void rotate()}>
        New key now
      </button>
    </details>
  );
}
