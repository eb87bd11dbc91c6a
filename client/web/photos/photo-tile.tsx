/** One photo in a grid: a link to its viewer or, while photos are being chosen, a check box. */
import { memo, type ReactElement } from "react";
import type { PhotoId } from "@albumen/core/ids/ids.ts";
import { useThumbnail } from "../app/use-picture.ts";
import type { PhotoView } from "../model/types.ts";
import { dayOf } from "../model/words.ts";
import { Icon } from "../ui/icon.tsx";

interface PhotoTileProps {
  readonly photo: PhotoView;
  readonly height: number;
  readonly href: string;
  /** Null while nothing is being chosen. */
  readonly chosen: boolean | null;
  readonly pinned: boolean;
  readonly onChoose: (photo: PhotoId) => void;
}

/** The tile; it is drawn again only where something of it changed. */
export const PhotoTile: React.MemoExoticComponent<(props: PhotoTileProps) => ReactElement> = memo(drawTile);

function drawTile({ photo, height, href, chosen, pinned, onChoose }: PhotoTileProps): ReactElement {
  const label = `${photo.file}${photo.taken === null ? "" : `, ${dayOf(photo.taken, "long")}`}`;
  const inside = (
    <>
      <Picture photo={photo} />
      {photo.favourite && (
        <span className="mark heart">
          <Icon name="heart" />
        </span>
      )}
      {pinned && (
        <span className="mark pinned">
          <Icon name="pin" />
        </span>
      )}
    </>
  );
  if (chosen === null) {
    return (
      <a className="tile" style={{ height }} href={href} aria-label={label} data-photo={photo.id}>
        {inside}
      </a>
    );
  }
  return (
    <label className={chosen ? "tile chosen" : "tile"} style={{ height }} data-photo={photo.id}>
      <input type="checkbox" checked={chosen} aria-label={label} onChange={() => onChoose(photo.id)} />
      {inside}
      <span className="tick">
        <Icon name="check" />
      </span>
    </label>
  );
}

function Picture({ photo }: { readonly photo: PhotoView }): ReactElement {
  const url = useThumbnail(photo.id);
  return url === null ? <span className="waiting" /> : <img src={url} alt="" decoding="async" draggable={false} />;
}
