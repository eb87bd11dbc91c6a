/**
 * A field to say who somebody is: it offers the people that are known, by any of their names, and a new person. It follows the
 * combobox pattern of the ARIA practices: the focus stays in the field, arrow keys move in the list, Enter takes.
 */
import { useId, useMemo, useState, type KeyboardEvent, type ReactElement } from "react";
import type { PersonId } from "@albumen/core/ids/ids.ts";
import { useLibrary } from "../app/library.tsx";
import type { PersonView } from "../model/types.ts";
import { count, personName } from "../model/words.ts";
import { Icon } from "../ui/icon.tsx";
import { coverOf } from "./cover-face.ts";
import { FaceCrop } from "./face-crop.tsx";

/** What the field needs. */
export interface PersonPickerProps {
  readonly label: string;
  readonly onPick: (person: PersonView) => void;
  /** Left out where only people who are known may be chosen. */
  readonly onCreate?: (name: string) => void;
  /** People who are not offered. */
  readonly without?: readonly PersonId[];
  readonly focused?: boolean;
}

type Option = { readonly kind: "person"; readonly person: PersonView } | { readonly kind: "new"; readonly name: string };

/** The field. */
export function PersonPicker({ label, onPick, onCreate, without = [], focused = false }: PersonPickerProps): ReactElement {
  const listId = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState(false);
  const options = useOptions(text, without, onCreate !== undefined);
  const take = (option: Option | undefined): void => {
    if (option === undefined) return;
    setText("");
    setOpen(false);
    if (option.kind === "person") onPick(option.person);
    else onCreate?.(option.name);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      setAt((last) => Math.min(Math.max(last + (event.key === "ArrowDown" ? 1 : -1), 0), Math.max(0, options.length - 1)));
    } else if (event.key === "Enter") {
      event.preventDefault();
      take(options[at]);
    } else if (event.key === "Escape" && open && text !== "") {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    }
  };
  const shown = open && options.length > 0;
  return (
    <div className="picker">
      <input
        role="combobox"
        aria-label={label}
        placeholder={label}
        aria-expanded={shown}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={shown ? `${listId}-${at}` : undefined}
        autoComplete="off"
        maxLength={100}
        value={text}
        // biome-ignore lint/a11y/noAutofocus: only where a person opened it to name somebody.
        autoFocus={focused}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {shown && <OptionList id={listId} options={options} at={at} onTake={take} />}
    </div>
  );
}

function OptionList(props: {
  readonly id: string;
  readonly options: readonly Option[];
  readonly at: number;
  readonly onTake: (option: Option) => void;
}): ReactElement {
  const { lookups } = useLibrary();
  return (
    <div id={props.id} role="listbox" aria-label="People" className="picker-list">
      {props.options.map((option, at) => (
        <div
          key={option.kind === "person" ? option.person.id : "new"}
          id={`${props.id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === props.at}
          onPointerDown={(event) => {
            // Before the field loses its focus and the list its place.
            event.preventDefault();
            props.onTake(option);
          }}
        >
          {option.kind === "person" ? (
            <>
              <FaceCrop face={coverOf(option.person, lookups)} className="small" />
              <span>{personName(option.person)}</span>
              <small>{count(option.person.photos.length, "photo")}</small>
            </>
          ) : (
            <>
              <span className="crop small">
                <Icon name="add" />
              </span>
              <span>
                New person “<b>{option.name}</b>”
              </span>
            </>
          )}
        </div>
      ))}
    </div>
  );
}

function useOptions(text: string, without: readonly PersonId[], mayCreate: boolean): readonly Option[] {
  const { state } = useLibrary();
  const { people } = state.view;
  return useMemo(() => {
    const typed = text.trim();
    const wanted = typed.toLowerCase();
    const names = (person: PersonView): readonly string[] => [person.name ?? "", ...person.aliases];
    const known = people
      .filter((person) => person.name !== null && !without.includes(person.id))
      .filter((person) => names(person).some((name) => name.toLowerCase().includes(wanted)))
      .slice(0, 8)
      .map((person): Option => ({ kind: "person", person }));
    const exact = known.some((option) => option.kind === "person" && option.person.name?.toLowerCase() === wanted);
    return mayCreate && typed !== "" && !exact ? [...known, { kind: "new", name: typed }] : known;
  }, [people, text, without, mayCreate]);
}
