/** Photos: the timeline of the whole library. */
import { useCallback, type ReactElement } from "react";
import type { PhotoId } from "@albumen/core/ids/ids.ts";
import { useLibrary } from "../app/library.tsx";
import { href } from "../app/route.ts";
import { PageHead } from "../app/page-head.tsx";
import { AddPhotos } from "../import/add-photos.tsx";
import { ImportNotes } from "../import/import-notes.tsx";
import { count } from "../model/words.ts";
import { Empty } from "../ui/empty.tsx";
import { WordsReminder } from "../words/words-reminder.tsx";
import { ChoiceBar } from "./choice-bar.tsx";
import { PhotoGrid } from "./photo-grid.tsx";
import { useChoice } from "./use-choice.ts";

/** The page. */
export function PhotosPage(): ReactElement {
  const { lookups } = useLibrary();
  const choice = useChoice();
  const hrefOf = useCallback((photo: PhotoId) => href("photos", null, photo), []);
  const { timeline, trashed } = lookups;
  return (
    <>
      <PageHead title="Photos" note={timeline.length === 0 ? "" : count(timeline.length, "photo")}>
        {trashed.length > 0 && (
          <a className="button quiet" href={href("trash")}>
            Trash
          </a>
        )}
        {timeline.length > 0 && choice.chosen === null && (
          <button type="button" className="button quiet" onClick={choice.start}>
            Choose
          </button>
        )}
        {timeline.length > 0 && <AddPhotos />}
      </PageHead>
      <ChoiceBar choice={choice} />
      <WordsReminder />
      <ImportNotes />
      {timeline.length === 0 ? (
        <Empty icon="photos" title="Bring in your photos" action={<AddPhotos />}>
          Choose files or a whole folder, or drop them anywhere on this page. They stay on this device; faces are found here, and
          only encrypted copies go to your other devices.
        </Empty>
      ) : (
        <PhotoGrid photos={timeline} dated hrefOf={hrefOf} chosen={choice.chosen} onChoose={choice.toggle} />
      )}
    </>
  );
}
