/** A modal window on the browser's own `dialog`: it keeps the focus inside, closes with Esc, and gives the focus back. */
import { useId, useLayoutEffect, useRef, type ReactElement, type ReactNode } from "react";
import { Icon } from "./icon.tsx";

/** What a dialog needs. */
export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly wide?: boolean;
}

/** A dialog with a title; it is open while it is drawn. */
export function Dialog({ title, onClose, children, wide = false }: DialogProps): ReactElement {
  const titleId = useId();
  const element = useModal();
  return (
    <dialog
      ref={element}
      className={wide ? "dialog wide" : "dialog"}
      aria-labelledby={titleId}
      onCancel={(event) => {
        if (event.target !== element.current) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header>
        <h2 id={titleId}>{title}</h2>
        <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {children}
    </dialog>
  );
}

/** A reference for a `dialog` element that shall be modal as long as it is drawn. */
export function useModal(): React.RefObject<HTMLDialogElement | null> {
  const element = useRef<HTMLDialogElement>(null);
  // Before the element leaves the page: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return element;
}
