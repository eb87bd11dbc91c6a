/** `albumen photos`: every photo, by time of capture. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { RunCommand } from "../command.ts";
import { withLibrary } from "../library.ts";
import { nameOf } from "../people-names.ts";
import { count, formatTable } from "../text/table.ts";
import type { LibraryView, PhotoView } from "../view-types.ts";

/** Lists them. */
export const run: RunCommand = (_, host) =>
  withLibrary(host, async ({ state: { view } }) => {
    host.terminal.print(view.photos.map(toDocument), () => describe(view));
    return ok(null);
  });

function toDocument(photo: PhotoView): object {
  const { id, file, taken, width, height, caption, favourite, hidden, trashed, indexed, faces } = photo;
  const known = faces.map(({ id, box, person, cluster, belonging, ignored, manual }) => {
    return { id, box, person, cluster, belonging, ignored, manual };
  });
  return { id, file, taken, width, height, faces: known, caption, favourite, hidden, trashed, indexed };
}

function describe(view: LibraryView): string[] {
  if (view.photos.length === 0) return ["There are no photos yet: albumen import FOLDER adds some."];
  const columns = [
    { title: "PHOTO" },
    { title: "FILE" },
    { title: "TAKEN" },
    { title: "SIZE", align: "right" as const },
    { title: "FACES" },
  ];
  const rows = view.photos.map((photo) => [
    photo.id.slice(0, 8),
    photo.file,
    photo.taken?.replace("T", " ") ?? "",
    photo.indexed ? `${photo.width}×${photo.height}` : "not here yet",
    [facesOf(view, photo), ...marks(photo)].filter((text) => text !== "").join(", "),
  ]);
  return [...formatTable(columns, rows), "", `${count(view.photos.length, "photo")}.`];
}

/** "Anna, Ben and 2 more". */
function facesOf(view: LibraryView, { faces }: PhotoView): string {
  const counted = faces.filter(({ ignored }) => !ignored);
  const sure = counted.flatMap(({ person, belonging }) => (person === null || belonging === "suggested" ? [] : [person]));
  const names = [...new Set(sure)].map((person) => nameOf(view, person)).join(", ");
  const others = counted.length - sure.length;
  if (others === 0) return names;
  return names === "" ? count(others, "face") : `${names} and ${others} more`;
}

function marks({ favourite, hidden, trashed }: PhotoView): string[] {
  return [...(favourite ? ["favourite"] : []), ...(hidden ? ["hidden"] : []), ...(trashed ? ["in the bin"] : [])];
}
