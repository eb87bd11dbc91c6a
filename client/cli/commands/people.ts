/** `albumen people`: who was named, and groups of faces that look alike and wait for a name. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { RunCommand } from "../command.ts";
import { withLibrary } from "../library.ts";
import { faceRef } from "../people-names.ts";
import { type Column, count, formatTable } from "../text/table.ts";
import type { LibraryView, PersonView } from "../view-types.ts";

/** Lists them: people by name, then groups, the largest first. */
export const run: RunCommand = (_, host) =>
  withLibrary(host, async ({ state: { view } }) => {
    host.terminal.print(toDocument(view), () => describe(view));
    return ok(null);
  });

function toDocument({ people, clusters }: LibraryView): object {
  const named = people.map(({ id, name, faces, photos, aliases, members, suggested, hidden }) => {
    return { id, kind: "person", name, faces, photos, aliases, members, suggested, hidden };
  });
  return [...named, ...clusters.map(({ id, faces, photos }) => ({ id, kind: "cluster", name: null, faces, photos }))];
}

function describe(view: LibraryView): string[] {
  const { people, clusters } = view;
  if (people.length + clusters.length === 0) return ["There are no faces yet: albumen import FOLDER looks for some."];
  const named = people.map((person) => [
    person.name ?? "unnamed",
    person.id.slice(0, 8),
    `${person.faces.length}`,
    `${person.photos.length}`,
    remarks(person),
  ]);
  const several = clusters.filter(({ faces }) => faces.length > 1);
  const groups = several.map(({ id, faces, photos }) => [
    "–",
    id.slice(0, 8),
    `${faces.length}`,
    `${photos.length}`,
    faces[0] === undefined ? "" : `such as ${faceRef(view, faces[0])}`,
  ]);
  const rows = [...named, ...groups];
  return [...(rows.length > 0 ? [...formatTable(columns, rows), ""] : []), ...sum(view, clusters.length - several.length)];
}

const columns: readonly Column[] = [
  { title: "NAME" },
  { title: "ID" },
  { title: "FACES", align: "right" },
  { title: "PHOTOS", align: "right" },
  { title: "" },
];

/** Faces that are alone in their group would hide the others in a list: they are counted. */
function sum({ people, clusters }: LibraryView, alone: number): string[] {
  const named = count(people.length, "person", "people");
  const groups = `${count(clusters.length - alone, "group")} without a name: albumen name ID TEXT gives one.`;
  const single = `${count(alone, "face looks", "faces look")} like nobody else here: albumen faces PHOTO lists those of a photo.`;
  return [`${named} and ${groups}`, ...(alone > 0 ? [single] : [])];
}

function remarks({ aliases, suggested, hidden }: PersonView): string {
  return [
    ...(aliases.length > 0 ? [`also ${aliases.join(", ")}`] : []),
    ...(suggested.length > 0 ? [`${count(suggested.length, "more face")} to look at`] : []),
    ...(hidden ? ["hidden"] : []),
  ].join("; ");
}
