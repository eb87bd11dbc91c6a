/**
 * One photo, large, over the page it belongs to. Arrow keys go to its neighbours on that page, Esc goes back, "d" draws a face,
 * "i" shows or hides the details. Faces show their names; choosing one says who it is.
 */
import { useCallback, useEffect, useState, type ReactElement } from "react";
import type { FaceId } from "@albumen/core/ids/face.ts";
import type { PhotoId } from "@albumen/core/ids/ids.ts";
import { href, type Route } from "../app/route.ts";
import { ToastOutlet } from "../app/toasts.tsx";
import type { PhotoView } from "../model/types.ts";
import { useModal } from "../ui/dialog.tsx";
import { Icon } from "../ui/icon.tsx";
import { Details } from "./details.tsx";
import { FacePanel } from "./face-panel.tsx";
import { Stage } from "./stage.tsx";
import { ViewerBar } from "./viewer-bar.tsx";

/** What the viewer shows. */
export interface ViewerProps {
  readonly photo: PhotoView;
  /** The photos of the page beneath, in its order. */
  readonly photos: readonly PhotoView[];
  readonly hrefOf: (photo: PhotoId) => string;
  /** The page beneath. */
  readonly route: Route;
}

/** The viewer. */
export function Viewer({ photo, photos, hrefOf, route }: ViewerProps): ReactElement {
  const dialog = useModal();
  const [face, setFace] = useState<FaceId | null>(null);
  const [drawing, setDrawing] = useState(false);
  const [details, setDetails] = useState(() => window.matchMedia("(min-width: 900px)").matches);
  const at = photos.findIndex((one) => one.id === photo.id);
  const before = photos[at - 1];
  const after = photos[at + 1];
  const go = useCallback((to: PhotoView | undefined) => to !== undefined && window.location.replace(hrefOf(to.id)), [hrefOf]);
  const close = useCallback(() => window.location.replace(href(route.page, route.id)), [route]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another photo has other faces.
  useEffect(() => {
    setFace(null);
    setDrawing(false);
  }, [photo.id]);
  useKeys((event) => {
    if (drawing) return;
    if (event.key === "ArrowLeft") go(before);
    else if (event.key === "ArrowRight") go(after);
    else if (event.key === "i") setDetails((last) => !last);
    else if (event.key === "d") setDrawing(true);
    else return;
    event.preventDefault();
  });
  const chosen = photo.faces.find((one) => one.id === face);
  return (
    <dialog
      ref={dialog}
      className={details || chosen !== undefined ? "viewer with-side" : "viewer"}
      aria-label={photo.file}
      onCancel={(event) => {
        if (event.target !== dialog.current) return;
        event.preventDefault();
        if (drawing) setDrawing(false);
        else if (face !== null) setFace(null);
        else close();
      }}
    >
      <ViewerBar photo={photo} drawing={drawing} details={details} onDraw={setDrawing} onDetails={setDetails} onClose={close} />
      <Stage photo={photo} face={face} drawing={drawing} onFace={setFace} onDrawn={() => setDrawing(false)} />
      <Arrow side="before" to={before} hrefOf={hrefOf} />
      <Arrow side="after" to={after} hrefOf={hrefOf} />
      {chosen !== undefined ? (
        <FacePanel key={chosen.id} face={chosen} onClose={() => setFace(null)} />
      ) : (
        details && <Details photo={photo} onFace={setFace} />
      )}
      <ToastOutlet />
    </dialog>
  );
}

function Arrow(props: {
  readonly side: "before" | "after";
  readonly to: PhotoView | undefined;
  readonly hrefOf: (photo: PhotoId) => string;
}): ReactElement | null {
  const { side, to, hrefOf } = props;
  if (to === undefined) return null;
  const address = hrefOf(to.id);
  return (
    <a
      className={`arrow ${side}`}
      href={address}
      aria-label={side === "before" ? "Photo before" : "Next photo"}
      onClick={(event) => {
        event.preventDefault();
        window.location.replace(address);
      }}
    >
      <Icon name={side === "before" ? "back" : "next"} />
    </a>
  );
}

/** Keys count wherever the focus is, unless somebody types or another dialog lies over the viewer. */
function useKeys(onKey: (event: KeyboardEvent) => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      const covered = document.querySelector("dialog.dialog[open]") !== null;
      if (!(typing || covered || event.ctrlKey || event.metaKey || event.altKey)) onKey(event);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  });
}
