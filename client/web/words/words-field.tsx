/**
 * A field for all 24 recovery words, typed or pasted: how many there are and which are slips of the pen is seen while typing. No
 * browser keeps them: the field is filled in by nobody, and no spelling service reads it.
 */
import { useId, useMemo, type ReactElement } from "react";
import { readTypedWords } from "../../engine/open.ts";
import { listText } from "../model/words.ts";

/** The field. */
export function WordsField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly disabled?: boolean;
  /** What was said of them when they were used; it stands until they change. */
  readonly problem?: string | null;
}): ReactElement {
  const { label, value, onChange, disabled = false, problem = null } = props;
  const id = useId();
  const typed = useMemo(() => readTypedWords(value), [value]);
  const isWrong = typed.strange.length > 0 || typed.count > 24 || (typed.complete && !typed.fitting);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={5}
        value={value}
        disabled={disabled}
        aria-invalid={isWrong || problem !== null}
        aria-describedby={`${id}-state`}
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        translate="no"
        onChange={(event) => onChange(event.target.value)}
      />
      {problem === null ? (
        <small id={`${id}-state`} className={isWrong ? "slip" : typed.fitting ? "fits" : ""}>
          {stateText(typed)}
        </small>
      ) : (
        <p id={`${id}-state`} className="problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

function stateText({ count, strange, complete, fitting }: ReturnType<typeof readTypedWords>): string {
  if (fitting) return "24 words, and they belong together.";
  if (strange.length === 1) return `Word ${strange[0]} is not on the list of recovery words.`;
  if (strange.length > 1) return `Words ${listText(strange.map(String))} are not on the list of recovery words.`;
  if (complete) return "These 24 do not belong together: one is another word, or two have changed places.";
  if (count > 24) return `There are 24, and these are ${count}.`;
  return count === 0 ? "Typed or pasted, in their order. They are kept nowhere." : `${count} of 24 words`;
}
