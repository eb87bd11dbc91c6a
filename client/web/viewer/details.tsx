/** What is known of a photo: when, with what, who, in which albums, and why it is there. */
import { useState, type ReactElement } from "react";
import type { FaceId } from "@albumen/core/ids/face.ts";
import type { AlbumId } from "@albumen/core/ids/ids.ts";
import { Why } from "../albums/why.tsx";
import { useLibrary } from "../app/library.tsx";
import { href } from "../app/route.ts";
import type { PhotoView } from "../model/types.ts";
import { count, personName, takenText } from "../model/words.ts";
import { FaceCrop } from "../people/face-crop.tsx";
import { Icon } from "../ui/icon.tsx";
import { Caption } from "./caption.tsx";

/** The details. */
export function Details({ photo, onFace }: { readonly photo: PhotoView; readonly onFace: (face: FaceId) => void }): ReactElement {
  const place =
    photo.place === null ? null : `${(photo.place.latitude / 1e7).toFixed(4)}, ${(photo.place.longitude / 1e7).toFixed(4)}`;
  return (
    <aside className="side" aria-label="Details">
      <Caption key={photo.id} photo={photo} />
      <dl className="facts">
        <dt>Taken</dt>
        <dd>{takenText(photo.taken)}</dd>
        {photo.camera !== null && (
          <>
            <dt>Camera</dt>
            <dd>{cameraName(photo.camera)}</dd>
          </>
        )}
        <dt>Size</dt>
        <dd>
          {photo.width} × {photo.height}
        </dd>
        {place !== null && (
          <>
            <dt>Place</dt>
            <dd>{place}</dd>
          </>
        )}
        <dt>File</dt>
        <dd>{photo.file}</dd>
      </dl>
      <FaceList photo={photo} onFace={onFace} />
      <AlbumList photo={photo} />
    </aside>
  );
}

/** Cameras often repeat their maker in the model: "Canon Canon EOS". */
function cameraName(camera: string): string {
  return camera.replace(/^(\S+) (?=\1\b)/i, "");
}

function FaceList({ photo, onFace }: { readonly photo: PhotoView; readonly onFace: (face: FaceId) => void }): ReactElement {
  const { lookups } = useLibrary();
  const ignored = photo.faces.filter((face) => face.ignored).length;
  const nobody = photo.indexed ? "No faces found. You can draw one." : "Its faces are not here yet.";
  return (
    <section>
      <h3>People</h3>
      {photo.faces.length === 0 && <p className="hint">{nobody}</p>}
      <ul className="person-list">
        {photo.faces.map((face) => {
          const person = face.person === null ? undefined : lookups.people.get(face.person);
          const who = person === undefined ? "Who is this?" : `${personName(person)}${face.belonging === "suggested" ? "?" : ""}`;
          return (
            <li key={face.id}>
              <button type="button" className="choice" onClick={() => onFace(face.id)}>
                <FaceCrop face={face} className="small" />
                <span>{face.ignored ? "Ignored" : who}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {ignored > 0 && <p className="hint">{count(ignored, "face")} ignored.</p>}
    </section>
  );
}

function AlbumList({ photo }: { readonly photo: PhotoView }): ReactElement | null {
  const { lookups } = useLibrary();
  const [open, setOpen] = useState<AlbumId | null>(null);
  const albums = lookups.albumsOf(photo.id);
  if (albums.length === 0) return null;
  return (
    <section>
      <h3>Albums</h3>
      <ul className="person-list">
        {albums.map((album) => (
          <li key={album.id}>
            <a href={href("album", album.id)}>{album.name}</a>
            <button
              type="button"
              className="link"
              aria-expanded={open === album.id}
              onClick={() => setOpen(open === album.id ? null : album.id)}
            >
              <Icon name="why" /> Why?
            </button>
            {open === album.id && <Why album={album.id} photo={photo.id} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
