/** What can be done with an album. */
import { useState, type ReactElement } from "react";
import { href } from "../app/route.ts";
import { useEdit } from "../app/use-edit.ts";
import type { AlbumView } from "../model/types.ts";
import { AskText } from "../ui/ask-text.tsx";
import { Menu } from "../ui/menu.tsx";

/** The menu. */
export function AlbumMenu({ album, onEditRule }: { readonly album: AlbumView; readonly onEditRule: () => void }): ReactElement {
  const [renaming, setRenaming] = useState(false);
  const edit = useEdit();
  const remove = async (): Promise<void> => {
    if (await edit({ kind: "deleteAlbum", album: album.id }, `Deleted the album ${album.name}; its photos stay`)) {
      window.location.replace(href("albums"));
    }
  };
  return (
    <>
      <Menu
        label={`More about ${album.name}`}
        items={[
          { label: "Change rule", icon: "edit", run: onEditRule },
          { label: "Rename", icon: "edit", run: () => setRenaming(true) },
          { label: "Delete album", icon: "trash", grave: true, run: () => void remove() },
        ]}
      />
      {renaming && (
        <AskText
          title="Rename album"
          label="Name"
          start={album.name}
          action="Save"
          onClose={() => setRenaming(false)}
          onDone={(name) => edit({ kind: "renameAlbum", album: album.id, name }, `Renamed to ${name}`)}
        />
      )}
    </>
  );
}
