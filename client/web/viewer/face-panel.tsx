/** Who is this face? The answer, how it came about, and every way to correct it. */
import type { ReactElement } from "react";
import { useLibrary } from "../app/library.tsx";
import { href } from "../app/route.ts";
import { useEdit } from "../app/use-edit.ts";
import type { FaceView, PersonView } from "../model/types.ts";
import { personName } from "../model/words.ts";
import { FaceCrop } from "../people/face-crop.tsx";
import { useNameFaces } from "../people/name-faces.ts";
import { PersonPicker } from "../people/person-picker.tsx";
import { Icon } from "../ui/icon.tsx";

/** The panel. */
export function FacePanel({ face, onClose }: { readonly face: FaceView; readonly onClose: () => void }): ReactElement {
  const { lookups } = useLibrary();
  const person = face.person === null ? undefined : lookups.people.get(face.person);
  const names = useNameFaces();
  const done = (made: Promise<boolean>): void => void made.then((ok) => ok && onClose());
  return (
    <aside className="side" aria-label="Face">
      <header>
        <FaceCrop face={face} className="medium" />
        <div>
          <h2>{person === undefined ? "Who is this?" : personName(person)}</h2>
          <p className="hint">{howKnown(face)}</p>
        </div>
        <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {person !== undefined && <Known face={face} person={person} onDone={done} />}
      <PersonPicker
        label={person === undefined ? "Name" : "Somebody else"}
        focused={person === undefined}
        without={person === undefined || face.belonging !== "confirmed" ? [] : [person.id]}
        onPick={(one) => done(names.assign([face.id], one))}
        onCreate={(name) => done(names.assignNew([face.id], name))}
      />
      {!face.ignored && (
        <button type="button" className="button quiet" onClick={() => done(names.ignore([face.id]))}>
          <Icon name="hide" /> Ignore this face
        </button>
      )}
      {face.ignored && <p className="hint">This face is ignored. Say who it is to bring it back.</p>}
    </aside>
  );
}

function Known(props: {
  readonly face: FaceView;
  readonly person: PersonView;
  readonly onDone: (made: Promise<boolean>) => void;
}): ReactElement {
  const { face, person, onDone } = props;
  const names = useNameFaces();
  const edit = useEdit();
  const who = personName(person);
  return (
    <div className="stack tight">
      {face.belonging !== "confirmed" && (
        <button type="button" className="button primary" onClick={() => onDone(names.assign([face.id], person))}>
          <Icon name="check" /> Yes, this is {who}
        </button>
      )}
      <button type="button" className="button" onClick={() => onDone(names.deny(face.id, person))}>
        <Icon name="close" /> Not {who}
      </button>
      {face.belonging === "confirmed" && (
        <button
          type="button"
          className="button quiet"
          onClick={() => onDone(edit({ kind: "cover", person: person.id, face: face.id }, `New picture for ${who}`))}
        >
          <Icon name="face" /> Use as picture of {who}
        </button>
      )}
      <a className="button quiet" href={href("person", person.id)}>
        <Icon name="people" /> All photos of {who}
      </a>
    </div>
  );
}

function howKnown(face: FaceView): string {
  if (face.ignored) return "Ignored.";
  const drawn = face.manual ? "Drawn by hand. " : "";
  switch (face.belonging) {
    case "confirmed":
      return `${drawn}One of you said so.`;
    case "sure":
      return "Looks so much alike that it counts; computed on this device.";
    case "suggested":
      return "Looks alike, but not enough to count without your answer.";
    case null:
      return `${drawn}Nobody has said yet.`;
  }
}
