/** A field for a passphrase: not shown while it is typed, unless somebody asks to see it. */
import { useId, useState, type ReactElement } from "react";
import { Icon } from "../ui/icon.tsx";

/** The field. */
export function PassphraseField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What managers of passwords make of it. */
  readonly kind: "current-password" | "new-password";
  readonly note?: string;
  /** It keeps the focus all the same. */
  readonly readOnly?: boolean;
  readonly autoFocus?: boolean;
}): ReactElement {
  const id = useId();
  const [isShown, setShown] = useState(false);
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <span className="secret">
        <input
          id={id}
          type={isShown ? "text" : "password"}
          value={props.value}
          autoComplete={props.kind}
          autoCapitalize="off"
          spellCheck={false}
          readOnly={props.readOnly === true}
          // biome-ignore lint/a11y/noAutofocus: it is set where the screen was opened to fill this in.
          autoFocus={props.autoFocus === true}
          onChange={(event) => props.onChange(event.target.value)}
        />
        <button
          type="button"
          className="icon-button"
          aria-label={`Show ${props.label.toLowerCase()}`}
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        >
          <Icon name={isShown ? "hide" : "show"} />
        </button>
      </span>
      {props.note !== undefined && <small>{props.note}</small>}
    </div>
  );
}
