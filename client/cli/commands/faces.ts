/** `albumen faces PHOTO`: the faces on one photo, numbered from the left as FILE#N. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { RunCommand } from "../command.ts";
import { selectPhoto } from "../candidates.ts";
import { withLibrary } from "../library.ts";
import { faceRef, nameOf } from "../people-names.ts";
import { count, formatTable } from "../text/table.ts";
import type { FaceView, LibraryView, PhotoView } from "../view-types.ts";

/** Lists them. */
export const run: RunCommand = (invocation, host) =>
  withLibrary(host, async ({ state: { view } }) => {
    const photo = selectPhoto(view, invocation.word("PHOTO"));
    if (!photo.ok) return photo;
    host.terminal.print(photo.value.faces.map(toDocument(view)), () => describe(view, photo.value));
    return ok(null);
  });

function toDocument(view: LibraryView): (face: FaceView) => object {
  return ({ id, box, person, cluster, belonging, ignored, manual, quality }) => {
    const name = person === null ? null : nameOf(view, person);
    return { id, ref: faceRef(view, id), box, person, name, cluster, belonging, ignored, manual, quality };
  };
}

function describe(view: LibraryView, photo: PhotoView): string[] {
  const { file, width, height, faces, indexed } = photo;
  if (!indexed) return [`${file}: what is on it is not here yet; albumen sync fetches it.`];
  const rows = faces.map((face) => [
    faceRef(view, face.id),
    who(view, face),
    where(photo, face),
    face.cluster?.slice(0, 8) ?? "",
  ]);
  const columns = [{ title: "FACE" }, { title: "WHO" }, { title: "WHERE (PIXELS)" }, { title: "GROUP" }];
  return [
    `${file}, ${width}×${height}, ${count(faces.length, "face")}.`,
    ...(rows.length > 0 ? ["", ...formatTable(columns, rows)] : []),
  ];
}

function who(view: LibraryView, { person, belonging, ignored }: FaceView): string {
  if (ignored) return "ignored";
  if (person === null) return "nobody known";
  return belonging === "suggested" ? `${nameOf(view, person)}?` : `${nameOf(view, person)} (${belonging ?? "sure"})`;
}

function where({ width, height }: PhotoView, { box: { x, y, w, h } }: FaceView): string {
  const pixels = (part: number, side: number): number => Math.round((part * side) / 65536);
  return `${pixels(w, width)}×${pixels(h, height)} at ${pixels(x, width)}, ${pixels(y, height)}`;
}
