/** Short messages at the lower edge: what was done, with its undo, or why something was not done. */
import { createContext, useCallback, useContext, useEffect, useState, type ReactElement, type ReactNode } from "react";
import { Icon } from "../ui/icon.tsx";

/** Milliseconds that a message stays. */
const stay = 9_000;

/** One message. */
export interface Toast {
  readonly text: string;
  readonly tone?: "plain" | "problem";
  readonly action?: { readonly label: string; readonly run: () => void };
}

const ToastContext = createContext<(toast: Toast) => void>(() => undefined);

/** Shows messages for everything beneath; the newest replaces the one before, as only the last edit has its undo here. */
export function ToastProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const [toast, setToast] = useState<{ readonly number: number; readonly toast: Toast } | null>(null);
  const show = useCallback((next: Toast) => setToast((last) => ({ number: (last?.number ?? 0) + 1, toast: next })), []);
  return (
    <ToastContext value={show}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {toast !== null && <ToastBox key={toast.number} toast={toast.toast} onClose={() => setToast(null)} />}
      </div>
    </ToastContext>
  );
}

/** Shows a message. */
export function useToast(): (toast: Toast) => void {
  return useContext(ToastContext);
}

function ToastBox({ toast, onClose }: { readonly toast: Toast; readonly onClose: () => void }): ReactElement {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = window.setTimeout(onClose, stay);
    return () => window.clearTimeout(timer);
  }, [held, onClose]);
  const { text, tone = "plain", action } = toast;
  return (
    <div
      className={tone === "problem" ? "toast alarm" : "toast"}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      <span>{text}</span>
      {action !== undefined && (
        <button
          type="button"
          className="link"
          onClick={() => {
            onClose();
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" className="icon-button" aria-label="Close message" onClick={onClose}>
        <Icon name="close" />
      </button>
    </div>
  );
}
