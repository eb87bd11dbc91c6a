/** Faces that look like a person and wait for an answer: one after the other, or all at once. */
import type { ReactElement } from "react";
import { useLibrary } from "../app/library.tsx";
import { href } from "../app/route.ts";
import type { PersonView } from "../model/types.ts";
import { personName } from "../model/words.ts";
import { Icon } from "../ui/icon.tsx";
import { FaceCrop } from "./face-crop.tsx";
import { useNameFaces } from "./name-faces.ts";

/** Faces shown at once. */
const shown = 24;

/** The question. */
export function Suggestions({ person, onClose }: { readonly person: PersonView; readonly onClose: () => void }): ReactElement {
  const { lookups } = useLibrary();
  const names = useNameFaces();
  const who = personName(person);
  const faces = person.suggested.slice(0, shown);
  return (
    <section className="section suggestions" aria-labelledby="suggestions-title">
      <header>
        <h2 id="suggestions-title">Is this {who}?</h2>
        <button type="button" className="button quiet" onClick={onClose}>
          Later
        </button>
        {faces.length > 1 && (
          <button type="button" className="button" onClick={() => void names.assign(faces, person)}>
            <Icon name="check" /> All {faces.length} are {who}
          </button>
        )}
      </header>
      <ul className="faces">
        {faces.map((id) => {
          const face = lookups.faces.get(id) ?? null;
          return (
            <li key={id} className="suggestion">
              <a href={face === null ? href("people") : href("person", person.id, face.photo)} aria-label="Show the photo">
                <FaceCrop face={face} />
              </a>
              <div className="yes-no">
                <button type="button" aria-label={`Yes, this is ${who}`} onClick={() => void names.assign([id], person)}>
                  <Icon name="check" />
                </button>
                <button type="button" aria-label={`No, this is not ${who}`} onClick={() => void names.deny(id, person)}>
                  <Icon name="close" />
                </button>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
