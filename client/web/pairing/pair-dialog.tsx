/** Admitting another device: a code to scan or type, the comparison, and the end. */
import { useEffect, useState, type ReactElement } from "react";
import { useLibrary } from "../app/library.tsx";
import { sentence } from "../app/use-edit.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Icon } from "../ui/icon.tsx";
import { CompareScreens, type Comparison } from "./compare-screens.tsx";
import { QrCode } from "./qr-code.tsx";

type Step =
  | { readonly kind: "starting" }
  | { readonly kind: "code"; readonly code: string }
  | { readonly kind: "compare"; readonly comparison: Comparison }
  | { readonly kind: "done"; readonly name: string }
  | { readonly kind: "failed"; readonly reason: string };

/** The dialog. */
export function PairDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { engine } = useLibrary();
  const [attempt, setAttempt] = useState(0);
  const [step, setStep] = useState<Step>({ kind: "starting" });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt is a new invitation.
  useEffect(() => {
    const abort = new AbortController();
    const show = (next: Step): void => {
      if (!abort.signal.aborted) setStep(next);
    };
    const invite = async (): Promise<void> => {
      let name = "The device";
      const invited = await engine.invite({
        code: (code) => show({ kind: "code", code }),
        confirm: (string, other) => {
          name = other ?? name;
          return new Promise((answer) => show({ kind: "compare", comparison: { string, other, answer } }));
        },
        signal: abort.signal,
      });
      show(invited.ok ? { kind: "done", name } : { kind: "failed", reason: sentence(invited.error.reason) });
    };
    setStep({ kind: "starting" });
    void invite();
    return () => abort.abort();
  }, [engine, attempt]);
  return (
    <Dialog title="Pair a device" onClose={onClose}>
      <PairStep step={step} onClose={onClose} onAgain={() => setAttempt(attempt + 1)} />
    </Dialog>
  );
}

function PairStep(props: { readonly step: Step; readonly onClose: () => void; readonly onAgain: () => void }): ReactElement {
  const { step, onClose, onAgain } = props;
  switch (step.kind) {
    case "starting":
      return <p role="status">Asking the relay for a mailbox …</p>;
    case "code":
      return <CodeStep code={step.code} />;
    case "compare":
      return <CompareScreens comparison={step.comparison} />;
    case "done":
      return (
        <div className="stack">
          <p>
            <strong>{step.name}</strong> is now one of your devices. Your library is on its way to it, encrypted.
          </p>
          <footer className="actions">
            <button type="button" className="button primary" onClick={onClose}>
              Done
            </button>
          </footer>
        </div>
      );
    case "failed":
      return (
        <div className="stack">
          <p className="problem" role="alert">
            {step.reason}
          </p>
          <footer className="actions">
            <button type="button" className="button" onClick={onClose}>
              Close
            </button>
            <button type="button" className="button primary" onClick={onAgain}>
              New code
            </button>
          </footer>
        </div>
      );
  }
}

function CodeStep({ code }: { readonly code: string }): ReactElement {
  return (
    <div className="stack pair-code">
      <p>
        On the new device, open Albumen and choose <strong>Join with a code</strong>. Then scan this code there, or type it. It is
        good for ten minutes and for one device.
      </p>
      <QrCode text={code} />
      <output className="code" data-code={code}>
        {code}
      </output>
      <footer className="actions start">
        <button type="button" className="button" onClick={() => void navigator.clipboard.writeText(code)}>
          <Icon name="copy" /> Copy
        </button>
        <span className="hint" role="status">
          Waiting for the new device …
        </span>
      </footer>
    </div>
  );
}
