/** The words under a photo; they are saved when one leaves the field. */
import { useState, type ReactElement } from "react";
import { useEdit } from "../app/use-edit.ts";
import type { PhotoView } from "../model/types.ts";

/** The field. */
export function Caption({ photo }: { readonly photo: PhotoView }): ReactElement {
  const edit = useEdit();
  const [text, setText] = useState(photo.caption ?? "");
  const save = (): void => {
    const words = text.trim();
    if (words !== (photo.caption ?? "")) void edit({ kind: "caption", photo: photo.id, text: words }, "Saved the caption");
  };
  return (
    <textarea
      className="caption"
      rows={2}
      aria-label="Caption"
      placeholder="Add a caption"
      maxLength={2000}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={save}
    />
  );
}
