/** One person: photos, faces to check, and everything that can be said about who it is. */
import { useCallback, useMemo, useState, type ReactElement } from "react";
import type { PersonId, PhotoId } from "@albumen/core/ids/ids.ts";
import { useLibrary } from "../app/library.tsx";
import { PageHead } from "../app/page-head.tsx";
import { href } from "../app/route.ts";
import { photosOf } from "../model/lookups.ts";
import type { PersonView, PhotoView } from "../model/types.ts";
import { count, listText, monthOf, personName } from "../model/words.ts";
import { ChoiceBar } from "../photos/choice-bar.tsx";
import { PhotoGrid } from "../photos/photo-grid.tsx";
import { useChoice } from "../photos/use-choice.ts";
import { Empty } from "../ui/empty.tsx";
import { coverOf } from "./cover-face.ts";
import { FaceCrop } from "./face-crop.tsx";
import { PersonMenu } from "./person-menu.tsx";
import { Suggestions } from "./suggestions.tsx";

/** The page of the person `id`, or of whoever it was united with. */
export function PersonPage({ id }: { readonly id: PersonId | null }): ReactElement {
  const { lookups } = useLibrary();
  const person = id === null ? undefined : lookups.people.get(id);
  if (person !== undefined) return <Person person={person} />;
  return (
    <>
      <PageHead title="Person" back={href("people")} />
      <Empty icon="people" title="Nobody is here">
        This person has no faces any more. History, under Devices, shows what happened and can undo it.
      </Empty>
    </>
  );
}

/** "From May 2010 to December 2012." for photos with the newest first. */
function timeSpan(photos: readonly PhotoView[]): string {
  const dated = photos.filter((photo) => photo.taken !== null);
  const [first, last] = [monthOf(dated.at(-1)?.taken ?? null), monthOf(dated[0]?.taken ?? null)];
  if (first === null || last === null) return "None of these photos has a date.";
  return first === last ? `In ${first}.` : `From ${first} to ${last}.`;
}

function Person({ person }: { readonly person: PersonView }): ReactElement {
  const { lookups } = useLibrary();
  const choice = useChoice();
  const [open, setOpen] = useState(true);
  const photos = useMemo(() => photosOf(lookups, person.photos), [lookups, person.photos]);
  const hrefOf = useCallback((photo: PhotoId) => href("person", person.id, photo), [person.id]);
  return (
    <>
      <PageHead title={personName(person)} note={count(photos.length, "photo")} back={href("people")}>
        {photos.length > 0 && choice.chosen === null && (
          <button type="button" className="button quiet" onClick={choice.start}>
            Choose
          </button>
        )}
        <PersonMenu person={person} />
      </PageHead>
      <ChoiceBar choice={choice} />
      <section className="person-head">
        <FaceCrop face={coverOf(person, lookups)} className="huge" />
        <div>
          {person.aliases.length > 0 && <p>Also called {listText(person.aliases)}.</p>}
          {person.members.length > 1 && (
            <p>{person.members.length} people were merged into one. The menu takes them apart again.</p>
          )}
          {person.hidden && <p>Hidden from the list of people.</p>}
          <p className="hint">{timeSpan(photos)}</p>
        </div>
      </section>
      {person.suggested.length > 0 && open && <Suggestions person={person} onClose={() => setOpen(false)} />}
      <PhotoGrid photos={photos} dated hrefOf={hrefOf} chosen={choice.chosen} onChoose={choice.toggle} />
    </>
  );
}
