/** What can be done with the photo in the viewer. */
import { useState, type ReactElement } from "react";
import { useEdit } from "../app/use-edit.ts";
import type { PhotoView } from "../model/types.ts";
import { AlbumPicker } from "../photos/choice-bar.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";

/** The bar over the photo. */
export function ViewerBar(props: {
  readonly photo: PhotoView;
  readonly drawing: boolean;
  readonly details: boolean;
  readonly onDraw: (drawing: boolean) => void;
  readonly onDetails: (details: boolean) => void;
  readonly onClose: () => void;
}): ReactElement {
  const { photo } = props;
  const edit = useEdit();
  const [picking, setPicking] = useState(false);
  const loved = photo.favourite;
  const trash = async (): Promise<void> => {
    if (await edit({ kind: "trash", photos: [photo.id] }, "Moved to the trash")) props.onClose();
  };
  return (
    <header className="viewer-bar">
      <Tool icon="back" label="Back" onClick={props.onClose} />
      <span className="viewer-title">{photo.file}</span>
      <Tool
        icon="heart"
        label={loved ? "No longer a favourite" : "Favourite"}
        pressed={loved}
        onClick={() =>
          void edit({ kind: "favourite", photo: photo.id, favourite: !loved }, loved ? "No longer a favourite" : "A favourite")
        }
      />
      <Tool icon="face" label="Draw a face" pressed={props.drawing} onClick={() => props.onDraw(!props.drawing)} />
      <Tool icon="albums" label="Add to album" onClick={() => setPicking(true)} />
      {photo.trashed ? (
        <Tool icon="restore" label="Restore" onClick={() => void edit({ kind: "restore", photos: [photo.id] }, "Restored")} />
      ) : (
        <Tool icon="trash" label="Move to trash" onClick={() => void trash()} />
      )}
      <Tool icon="info" label="Details" pressed={props.details} onClick={() => props.onDetails(!props.details)} />
      {picking && <AlbumPicker photos={[photo.id]} onClose={() => setPicking(false)} onDone={() => undefined} />}
    </header>
  );
}

function Tool(props: {
  readonly icon: IconName;
  readonly label: string;
  readonly pressed?: boolean;
  readonly onClick: () => void;
}): ReactElement {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={props.label}
      title={props.label}
      aria-pressed={props.pressed}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
  );
}
