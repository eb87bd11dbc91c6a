/** The two ways in beside dropping: single files, and a folder with all that is in it. */
import { useRef, type ReactElement } from "react";
import { Icon } from "../ui/icon.tsx";
import { listFiles } from "./files.ts";
import { useImporter } from "./importer.tsx";

/** The buttons "Add photos" and "Add folder". */
export function AddPhotos(): ReactElement {
  const importer = useImporter();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement): void => {
    if (input.files !== null && input.files.length > 0) importer.start(listFiles(input.files));
    input.value = "";
  };
  const busy = importer.progress !== null;
  return (
    <div className="add-photos">
      <input ref={files} type="file" multiple hidden aria-label="Photos to add" onChange={(event) => take(event.currentTarget)} />
      <input
        ref={folder}
        type="file"
        hidden
        aria-label="Folder to add"
        {...{ webkitdirectory: "" }}
        onChange={(event) => take(event.currentTarget)}
      />
      <button type="button" className="button" disabled={busy} onClick={() => folder.current?.click()}>
        <Icon name="folder" /> <span>Add folder</span>
      </button>
      <button type="button" className="button primary" disabled={busy} onClick={() => files.current?.click()}>
        <Icon name="add" /> <span>Add photos</span>
      </button>
    </div>
  );
}
