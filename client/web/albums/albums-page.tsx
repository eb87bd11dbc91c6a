/** Albums: each with its cover, and a new one. */
import { useState, type ReactElement } from "react";
import { useLibrary } from "../app/library.tsx";
import { PageHead } from "../app/page-head.tsx";
import { href } from "../app/route.ts";
import { useThumbnail } from "../app/use-picture.ts";
import type { AlbumView } from "../model/types.ts";
import { count } from "../model/words.ts";
import type { PhotoId } from "@albumen/core/ids/ids.ts";
import { Empty } from "../ui/empty.tsx";
import { Icon } from "../ui/icon.tsx";
import { AlbumEditor } from "./album-editor.tsx";

/** The page. */
export function AlbumsPage(): ReactElement {
  const { state } = useLibrary();
  const [creating, setCreating] = useState(false);
  const { albums } = state.view;
  const create = (
    <button type="button" className="button primary" onClick={() => setCreating(true)}>
      <Icon name="add" /> <span>New album</span>
    </button>
  );
  return (
    <>
      <PageHead title="Albums" note={albums.length === 0 ? "" : count(albums.length, "album")}>
        {albums.length > 0 && create}
      </PageHead>
      {albums.length === 0 ? (
        <Empty icon="albums" title="Albums that fill themselves" action={create}>
          Say who shall be in an album: Anna or Ben, both together, or everybody but Carl. Photos come and go by themselves as you
          name faces, on all your devices alike.
        </Empty>
      ) : (
        <ul className="albums">
          {albums.map((album) => (
            <AlbumCard key={album.id} album={album} />
          ))}
        </ul>
      )}
      {creating && <AlbumEditor album={null} onClose={() => setCreating(false)} />}
    </>
  );
}

function AlbumCard({ album }: { readonly album: AlbumView }): ReactElement {
  const newest = album.photos.slice(-4).reverse();
  return (
    <li>
      <a className="album-card" href={href("album", album.id)}>
        <span className={`covers n${newest.length}`}>
          {newest.length === 0 && <Icon name="albums" />}
          {newest.map((photo) => (
            <Cover key={photo} photo={photo} />
          ))}
        </span>
        <strong>{album.name}</strong>
        <small>{album.problem === null ? count(album.photos.length, "photo") : "Needs your attention"}</small>
      </a>
    </li>
  );
}

function Cover({ photo }: { readonly photo: PhotoId }): ReactElement {
  const url = useThumbnail(photo);
  return url === null ? <span className="waiting" /> : <img src={url} alt="" decoding="async" draggable={false} />;
}
