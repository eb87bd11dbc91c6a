/** What can be done with a person: rename, merge, take apart, hide. Each can be undone. */
import { useState, type ReactElement } from "react";
import { useLibrary } from "../app/library.tsx";
import { href } from "../app/route.ts";
import { useEdit } from "../app/use-edit.ts";
import type { PersonView } from "../model/types.ts";
import { personName } from "../model/words.ts";
import { AskText } from "../ui/ask-text.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Menu } from "../ui/menu.tsx";
import { PersonPicker } from "./person-picker.tsx";

/** The menu. */
export function PersonMenu({ person }: { readonly person: PersonView }): ReactElement {
  const [asking, setAsking] = useState<"name" | "merge" | null>(null);
  const edit = useEdit();
  const who = personName(person);
  const close = (): void => setAsking(null);
  const hide = { kind: "hidePerson", person: person.id, hidden: !person.hidden } as const;
  return (
    <>
      <Menu
        label={`More about ${who}`}
        items={[
          { label: person.name === null ? "Give a name" : "Rename", icon: "edit", run: () => setAsking("name") },
          { label: "Merge with …", icon: "merge", run: () => setAsking("merge") },
          ...(person.members.length > 1
            ? [
                {
                  label: "Take apart again",
                  icon: "split" as const,
                  run: () => void edit({ kind: "unmerge", person: person.id }, `Took ${who} apart`),
                },
              ]
            : []),
          {
            label: person.hidden ? "Show among people" : "Hide from people",
            icon: "hide",
            run: () => void edit(hide, person.hidden ? `${who} is shown` : `${who} is hidden`),
          },
        ]}
      />
      {asking === "name" && (
        <AskText
          title="Rename"
          label="Name"
          start={person.name ?? ""}
          action="Save"
          onClose={close}
          onDone={(name) => edit({ kind: "name", person: person.id, name }, `Renamed to ${name}`)}
        />
      )}
      {asking === "merge" && <MergeDialog person={person} onClose={close} />}
    </>
  );
}

function MergeDialog({ person, onClose }: { readonly person: PersonView; readonly onClose: () => void }): ReactElement {
  const { lookups } = useLibrary();
  const [other, setOther] = useState<PersonView | null>(null);
  const edit = useEdit();
  const who = personName(person);
  const merge = async (): Promise<void> => {
    if (other === null) return;
    const made = await edit({ kind: "merge", a: person.id, b: other.id }, `${who} and ${personName(other)} are one person`);
    if (!made) return;
    onClose();
    const both = lookups.people.get(person.id);
    if (both !== undefined) window.location.replace(href("person", person.id));
  };
  return (
    <Dialog title={`Merge ${who} with …`} onClose={onClose}>
      <div className="stack">
        <p>Both become one person with all photos of both. Both names are kept, and you can take them apart again at any time.</p>
        {other === null ? (
          <PersonPicker label="The same person as" focused without={[person.id]} onPick={setOther} />
        ) : (
          <p>
            <strong>{who}</strong> and <strong>{personName(other)}</strong> are the same person.
          </p>
        )}
        <footer className="actions">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="button" className="button primary" disabled={other === null} onClick={() => void merge()}>
            Merge
          </button>
        </footer>
      </div>
    </Dialog>
  );
}
