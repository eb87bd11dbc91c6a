/** The photo itself, as large as the window allows, with its faces over it. */
import { useEffect, useState, type CSSProperties, type ReactElement } from "react";
import type { Box, FaceId } from "@albumen/core/ids/face.ts";
import { createFaceId, manualPack } from "@albumen/core/ids/face.ts";
import { useLibrary } from "../app/library.tsx";
import { useEdit } from "../app/use-edit.ts";
import { useThumbnail } from "../app/use-picture.ts";
import type { FaceView, PhotoView } from "../model/types.ts";
import { personName } from "../model/words.ts";
import { boxStyle } from "./box-style.ts";
import { DrawBox } from "./draw-box.tsx";

/** The stage. */
export function Stage(props: {
  readonly photo: PhotoView;
  readonly face: FaceId | null;
  readonly drawing: boolean;
  readonly onFace: (face: FaceId | null) => void;
  readonly onDrawn: () => void;
}): ReactElement {
  const { photo, face, drawing } = props;
  const edit = useEdit();
  const preview = useThumbnail(photo.id);
  const original = useOriginal(photo);
  const url = original ?? preview;
  const draw = async (box: Box): Promise<void> => {
    props.onDrawn();
    if (await edit({ kind: "manualFace", photo: photo.id, box }, "Drew a face")) {
      props.onFace(createFaceId({ photo: photo.id, box, pack: manualPack }));
    }
  };
  const shape = { "--shape": String(photo.width / Math.max(1, photo.height)) } as CSSProperties;
  return (
    <div className="stage">
      <figure style={shape} className={drawing ? "drawing" : ""}>
        {url === null ? (
          <p className="absent">This picture is not on this device yet. It comes with the next sync.</p>
        ) : (
          <img src={url} alt={photo.caption ?? photo.file} draggable={false} />
        )}
        {!drawing &&
          photo.faces
            .filter((one) => !one.ignored || one.id === face)
            .map((one) => <FaceBox key={one.id} face={one} chosen={one.id === face} onChoose={props.onFace} />)}
        {drawing && <DrawBox onBox={(box) => void draw(box)} onCancel={props.onDrawn} />}
      </figure>
    </div>
  );
}

function FaceBox(props: {
  readonly face: FaceView;
  readonly chosen: boolean;
  readonly onChoose: (face: FaceId | null) => void;
}): ReactElement {
  const { face, chosen } = props;
  const { lookups } = useLibrary();
  const person = face.person === null ? undefined : lookups.people.get(face.person);
  const who =
    person === undefined ? "Who is this?" : face.belonging === "suggested" ? `${personName(person)}?` : personName(person);
  const tone = person === undefined ? "unknown" : face.belonging === "suggested" ? "suggested" : "known";
  return (
    <button
      type="button"
      className={`face-box ${tone}${chosen ? " chosen" : ""}`}
      style={boxStyle(face.box)}
      aria-pressed={chosen}
      aria-label={person === undefined ? "A face without a name" : who}
      onClick={() => props.onChoose(chosen ? null : face.id)}
    >
      <span>{who}</span>
    </button>
  );
}

/** The original where this device has it; null until it is read, and where it is elsewhere. */
function useOriginal(photo: PhotoView): string | null {
  const { engine } = useLibrary();
  const [found, setFound] = useState<{ readonly photo: string; readonly url: string } | null>(null);
  useEffect(() => {
    let gone = false;
    let url: string | null = null;
    const read = async (): Promise<void> => {
      const bytes = await engine.original(photo.id).catch(() => null);
      if (bytes === null || gone) return;
      url = URL.createObjectURL(new Blob([bytes.slice()], { type: photo.type }));
      setFound({ photo: photo.id, url });
    };
    void read();
    return () => {
      gone = true;
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [engine, photo.id, photo.type]);
  return found?.photo === photo.id ? found.url : null;
}
