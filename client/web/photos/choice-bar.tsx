/** What can be done with the chosen photos. */
import { useState, type ReactElement } from "react";
import type { AlbumId, PhotoId } from "@albumen/core/ids/ids.ts";
import { useLibrary } from "../app/library.tsx";
import { useEdit } from "../app/use-edit.ts";
import { count } from "../model/words.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Icon } from "../ui/icon.tsx";
import type { Choice } from "./use-choice.ts";

/** The bar over the page; `album` is the album that the page shows, if any. */
export function ChoiceBar({ choice, album }: { readonly choice: Choice; readonly album?: AlbumId }): ReactElement | null {
  const [picking, setPicking] = useState(false);
  const edit = useEdit();
  if (choice.chosen === null) return null;
  const photos = [...choice.chosen];
  const none = photos.length === 0;
  const done = (made: Promise<boolean>): void => void made.then((ok) => ok && choice.stop());
  const amount = count(photos.length, "photo");
  return (
    <div className="choice-bar" role="toolbar" aria-label="Chosen photos">
      <button type="button" className="icon-button" aria-label="Stop choosing" onClick={choice.stop}>
        <Icon name="close" />
      </button>
      <strong>{none ? "Choose photos" : `${amount} chosen`}</strong>
      <span className="spring" />
      <button type="button" className="button" disabled={none} onClick={() => setPicking(true)}>
        <Icon name="albums" /> <span>Add to album</span>
      </button>
      {album !== undefined && (
        <button
          type="button"
          className="button"
          disabled={none}
          onClick={() => done(edit({ kind: "exclude", album, photos }, `Took ${amount} out of the album`))}
        >
          <Icon name="hide" /> <span>Take out</span>
        </button>
      )}
      <button
        type="button"
        className="button"
        disabled={none}
        onClick={() => done(edit({ kind: "trash", photos }, `Moved ${amount} to the trash`))}
      >
        <Icon name="trash" /> <span>Trash</span>
      </button>
      {picking && <AlbumPicker photos={photos} onClose={() => setPicking(false)} onDone={choice.stop} />}
    </div>
  );
}

/** Asks into which album photos shall be put by hand. */
export function AlbumPicker(props: {
  readonly photos: readonly PhotoId[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}): ReactElement {
  const { state } = useLibrary();
  const edit = useEdit();
  const { photos } = props;
  const pin = async (album: AlbumId, name: string): Promise<void> => {
    const made = await edit({ kind: "pin", album, photos }, `Added ${count(photos.length, "photo")} to ${name}`);
    props.onClose();
    if (made) props.onDone();
  };
  return (
    <Dialog title="Add to album" onClose={props.onClose}>
      {state.view.albums.length === 0 && <p>There is no album yet: make one under Albums.</p>}
      <div className="choices">
        {state.view.albums.map((album) => (
          <button key={album.id} type="button" className="choice" onClick={() => void pin(album.id, album.name)}>
            <Icon name="albums" />
            <span>{album.name}</span>
            <small>{count(album.photos.length, "photo")}</small>
          </button>
        ))}
      </div>
    </Dialog>
  );
}
