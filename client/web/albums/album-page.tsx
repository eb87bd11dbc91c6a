/** One album: its photos, its rule in words, and what people put in or left out by hand. */
import { useCallback, useMemo, useState, type ReactElement } from "react";
import type { AlbumId, PhotoId } from "@albumen/core/ids/ids.ts";
import { useLibrary } from "../app/library.tsx";
import { PageHead } from "../app/page-head.tsx";
import { href } from "../app/route.ts";
import { sentence } from "../app/use-edit.ts";
import { photosOf } from "../model/lookups.ts";
import type { AlbumView } from "../model/types.ts";
import { count } from "../model/words.ts";
import { ChoiceBar } from "../photos/choice-bar.tsx";
import { PhotoGrid } from "../photos/photo-grid.tsx";
import { useChoice } from "../photos/use-choice.ts";
import { Empty } from "../ui/empty.tsx";
import { Icon } from "../ui/icon.tsx";
import { AlbumEditor } from "./album-editor.tsx";
import { AlbumMenu } from "./album-menu.tsx";

/** The page of the album `id`. */
export function AlbumPage({ id }: { readonly id: AlbumId | null }): ReactElement {
  const { lookups } = useLibrary();
  const album = id === null ? undefined : lookups.albums.get(id);
  if (album !== undefined) return <Album album={album} />;
  return (
    <>
      <PageHead title="Album" back={href("albums")} />
      <Empty icon="albums" title="This album is not there">
        It was deleted. History, under Devices, can bring it back.
      </Empty>
    </>
  );
}

function Album({ album }: { readonly album: AlbumView }): ReactElement {
  const { lookups } = useLibrary();
  const choice = useChoice();
  const [editing, setEditing] = useState(false);
  const photos = useMemo(() => photosOf(lookups, album.photos), [lookups, album.photos]);
  const pinned = useMemo(() => new Set(album.pins), [album.pins]);
  const hrefOf = useCallback((photo: PhotoId) => href("album", album.id, photo), [album.id]);
  return (
    <>
      <PageHead title={album.name} note={count(photos.length, "photo")} back={href("albums")}>
        {photos.length > 0 && choice.chosen === null && (
          <button type="button" className="button quiet" onClick={choice.start}>
            Choose
          </button>
        )}
        <AlbumMenu album={album} onEditRule={() => setEditing(true)} />
      </PageHead>
      <ChoiceBar choice={choice} album={album.id} />
      {album.problem !== null && (
        <div className="note attention">
          <Icon name="warning" />
          <p>{sentence(album.problem)}</p>
        </div>
      )}
      <RuleLine album={album} onEdit={() => setEditing(true)} />
      {photos.length === 0 ? (
        <Empty icon="albums" title="No photo matches yet">
          Photos appear here by themselves as faces get names. You can also choose photos under Photos and add them by hand.
        </Empty>
      ) : (
        <PhotoGrid photos={photos} dated hrefOf={hrefOf} chosen={choice.chosen} onChoose={choice.toggle} pinned={pinned} />
      )}
      {editing && <AlbumEditor album={album} onClose={() => setEditing(false)} />}
    </>
  );
}

function RuleLine({ album, onEdit }: { readonly album: AlbumView; readonly onEdit: () => void }): ReactElement {
  const { pins, excludes, rule } = album;
  return (
    <div className="rule-line">
      {rule === null || rule === "" ? <span>Filled by hand.</span> : <code>{rule}</code>}
      <button type="button" className="link" onClick={onEdit}>
        {rule === null || rule === "" ? "Give it a rule" : "Change"}
      </button>
      {pins.length > 0 && <small>{count(pins.length, "photo")} added by hand</small>}
      {excludes.length > 0 && <small>{count(excludes.length, "photo")} left out by hand</small>}
    </div>
  );
}
