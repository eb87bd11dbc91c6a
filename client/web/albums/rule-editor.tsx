/** A rule by chips and by text; both show the same rule. */
import { useRef, type ReactElement } from "react";
import type { PersonId } from "@albumen/core/ids/ids.ts";
import { useLibrary } from "../app/library.tsx";
import { noChips, type Chips } from "../model/rule-text.ts";
import { personName } from "../model/words.ts";
import { coverOf } from "../people/cover-face.ts";
import { FaceCrop } from "../people/face-crop.tsx";
import { PersonPicker } from "../people/person-picker.tsx";
import { Icon } from "../ui/icon.tsx";
import { faultIn } from "./rule-fault.ts";

const kinds = [
  { key: "any", label: "Any of these", hint: "at least one is in the photo" },
  { key: "all", label: "All of these", hint: "everyone is in the photo" },
  { key: "none", label: "None of these", hint: "nobody is in the photo" },
] as const;

/** The editor. `chips` is null where the text says more than chips can. */
export function RuleEditor(props: {
  readonly rule: string;
  readonly chips: Chips | null;
  readonly problem: string | null;
  readonly onRule: (rule: string) => void;
  readonly onChips: (chips: Chips) => void;
}): ReactElement {
  const { rule, chips, problem, onRule, onChips } = props;
  const shown = chips ?? noChips;
  return (
    <>
      {chips === null ? (
        <p className="hint">
          This rule was written by hand and says more than chips can.{" "}
          <button type="button" className="link" onClick={() => onRule("")}>
            Start again with chips
          </button>
        </p>
      ) : (
        kinds.map(({ key, label, hint }) => (
          <ChipRow
            key={key}
            label={label}
            hint={hint}
            people={shown[key]}
            used={[...shown.any, ...shown.all, ...shown.none]}
            onChange={(people) => onChips({ ...shown, [key]: people })}
          />
        ))
      )}
      <RuleText rule={rule} problem={problem} onRule={onRule} />
    </>
  );
}

function ChipRow(props: {
  readonly label: string;
  readonly hint: string;
  readonly people: readonly PersonId[];
  readonly used: readonly PersonId[];
  readonly onChange: (people: readonly PersonId[]) => void;
}): ReactElement {
  const { lookups } = useLibrary();
  return (
    <fieldset className="chip-row">
      <legend>
        {props.label} <small>{props.hint}</small>
      </legend>
      {props.people.map((id) => {
        const person = lookups.people.get(id);
        return (
          <span key={id} className="chip">
            <FaceCrop face={person === undefined ? null : coverOf(person, lookups)} className="tiny" />
            {personName(person)}
            <button
              type="button"
              aria-label={`Take ${personName(person)} out`}
              onClick={() => props.onChange(props.people.filter((one) => one !== id))}
            >
              <Icon name="close" />
            </button>
          </span>
        );
      })}
      <PersonPicker label="Add a person" without={props.used} onPick={(person) => props.onChange([...props.people, person.id])} />
    </fieldset>
  );
}

function RuleText(props: {
  readonly rule: string;
  readonly problem: string | null;
  readonly onRule: (rule: string) => void;
}): ReactElement {
  const field = useRef<HTMLTextAreaElement>(null);
  const fault = props.problem === null ? null : faultIn(props.problem, props.rule);
  return (
    <div className="field">
      <label htmlFor="rule-text">The rule as text</label>
      <textarea
        ref={field}
        id="rule-text"
        className="rule-text"
        rows={2}
        spellCheck={false}
        aria-invalid={props.problem !== null}
        aria-describedby="rule-help"
        placeholder={'(person:"Anna" or person:"Ben") and not person:"Carl"'}
        value={props.rule}
        onChange={(event) => props.onRule(event.target.value)}
      />
      {props.problem !== null && (
        <div className="problem" role="alert">
          {fault !== null && (
            <code className="fault">
              {fault.before}
              <mark>{fault.at}</mark>
              {fault.after}
            </code>
          )}
          {props.problem}
        </div>
      )}
      <details id="rule-help">
        <summary>What a rule can say</summary>
        <p>
          <code>and</code>, <code>or</code>, <code>not</code> and brackets join clauses: <code>person:"Anna"</code>,{" "}
          <code>only("Anna", "Ben")</code>, <code>faces:2..4</code>, <code>taken:2024-06..2024-08</code>, <code>recent:30d</code>,{" "}
          <code>camera:"…"</code>, <code>text:"…"</code>, <code>album:"Summer"</code>, <code>favourite</code>,{" "}
          <code>unnamed</code>. Leave it empty for an album that you fill by hand.
        </p>
      </details>
    </div>
  );
}
