/** Short messages at the lower edge: what was done, with its undo, or why something was not done. */
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useId,
  useMemo,
  useState,
  type Dispatch,
  type ReactElement,
  type ReactNode,
  type SetStateAction,
} from "react";
import { Icon } from "../ui/icon.tsx";

/** Milliseconds that a message stays. */
const stay = 7_000;

/** One message. */
export interface Toast {
  readonly text: string;
  readonly tone?: "plain" | "problem";
  readonly action?: { readonly label: string; readonly run: () => void };
}

interface Toasts {
  readonly show: (toast: Toast) => void;
  readonly shown: { readonly number: number; readonly toast: Toast } | null;
  readonly close: () => void;
  /** Places where messages may appear; the last one shows them. */
  readonly outlets: readonly string[];
  readonly setOutlets: Dispatch<SetStateAction<readonly string[]>>;
}

const nowhere: Toasts = { show: nothing, shown: null, close: nothing, outlets: [], setOutlets: nothing };
const ToastContext = createContext<Toasts>(nowhere);

/** Keeps the message for everything beneath; the newest replaces the one before, as only the last edit has its undo here. */
export function ToastProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const [shown, setShown] = useState<Toasts["shown"]>(null);
  const [outlets, setOutlets] = useState<readonly string[]>([]);
  const show = useCallback((toast: Toast) => setShown((last) => ({ number: (last?.number ?? 0) + 1, toast })), []);
  const close = useCallback(() => setShown(null), []);
  const toasts = useMemo(() => ({ show, shown, close, outlets, setOutlets }), [show, shown, close, outlets]);
  return <ToastContext value={toasts}>{children}</ToastContext>;
}

/** Where messages appear. A dialog that fills the window has an outlet of its own, for it makes all else inert. */
export function ToastOutlet(): ReactElement {
  const { shown, close, outlets, setOutlets } = useContext(ToastContext);
  const id = useId();
  useEffect(() => {
    setOutlets((last) => [...last, id]);
    return () => setOutlets((last) => last.filter((other) => other !== id));
  }, [id, setOutlets]);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown !== null && outlets.at(-1) === id && <ToastBox key={shown.number} toast={shown.toast} onClose={close} />}
    </div>
  );
}

/** Shows a message. */
export function useToast(): (toast: Toast) => void {
  return useContext(ToastContext).show;
}

function nothing(): void {
  // Outside of a provider there is nobody to read a message.
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
