/** Trash: photos that are out of sight everywhere, and the way back. */
import { useCallback, type ReactElement } from "react";
import type { PhotoId } from "@albumen/core/ids/ids.ts";
import { useLibrary } from "../app/library.tsx";
import { PageHead } from "../app/page-head.tsx";
import { href } from "../app/route.ts";
import { useEdit } from "../app/use-edit.ts";
import { count } from "../model/words.ts";
import { Empty } from "../ui/empty.tsx";
import { Icon } from "../ui/icon.tsx";
import { PhotoGrid } from "./photo-grid.tsx";
import { useChoice } from "./use-choice.ts";

/** The page. */
export function TrashPage(): ReactElement {
  const { lookups } = useLibrary();
  const choice = useChoice();
  const edit = useEdit();
  const hrefOf = useCallback((photo: PhotoId) => href("trash", null, photo), []);
  const { trashed } = lookups;
  const photos = choice.chosen === null || choice.chosen.size === 0 ? trashed.map((photo) => photo.id) : [...choice.chosen];
  const restore = async (): Promise<void> => {
    if (await edit({ kind: "restore", photos }, `Restored ${count(photos.length, "photo")}`)) choice.stop();
  };
  return (
    <>
      <PageHead title="Trash" note={count(trashed.length, "photo")} back={href("photos")}>
        {trashed.length > 0 && (
          <>
            <button type="button" className="button quiet" onClick={choice.chosen === null ? choice.start : choice.stop}>
              {choice.chosen === null ? "Choose" : "Choose nothing"}
            </button>
            <button type="button" className="button primary" onClick={() => void restore()}>
              <Icon name="restore" /> {choice.chosen === null ? "Restore all" : `Restore ${photos.length}`}
            </button>
          </>
        )}
      </PageHead>
      {trashed.length === 0 ? (
        <Empty icon="trash" title="Nothing in the trash">
          Photos that you move here are out of sight on every device, and can be brought back from any of them.
        </Empty>
      ) : (
        <PhotoGrid photos={trashed} dated={false} hrefOf={hrefOf} chosen={choice.chosen} onChoose={choice.toggle} />
      )}
    </>
  );
}
