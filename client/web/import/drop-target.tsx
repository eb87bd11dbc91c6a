/** Files may be dropped anywhere on the window. */
import { useEffect, useState, type ReactElement } from "react";
import { Icon } from "../ui/icon.tsx";
import { droppedFiles, holdsFiles } from "./files.ts";
import { useImporter } from "./importer.tsx";

/** Shows that the window takes what is dragged over it, and takes it. */
export function DropTarget(): ReactElement | null {
  const { start } = useImporter();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const drag = (event: DragEvent): void => {
      if (!holdsFiles(event.dataTransfer)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      setOver(false);
      if (event.dataTransfer === null || !holdsFiles(event.dataTransfer)) return;
      event.preventDefault();
      void droppedFiles(event.dataTransfer).then(start);
    };
    window.addEventListener("dragover", drag);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragover", drag);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
    };
  }, [start]);
  if (!over) return null;
  return (
    <div className="drop-target">
      <Icon name="photos" />
      <p>Drop photos or folders to add them</p>
    </div>
  );
}
