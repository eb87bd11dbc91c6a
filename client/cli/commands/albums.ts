/** `albumen albums`: every album with its rule. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { RunCommand } from "../command.ts";
import { withLibrary } from "../library.ts";
import { formatTable } from "../text/table.ts";
import type { AlbumView } from "../view-types.ts";

/** Lists them. */
export const run: RunCommand = (_, host) =>
  withLibrary(host, async ({ state: { view } }) => {
    host.terminal.print(view.albums, () => describe(view.albums));
    return ok(null);
  });

function describe(albums: readonly AlbumView[]): string[] {
  if (albums.length === 0)
    return [`There are no albums yet: albumen album create Family --rule 'person:"Anna" or person:"Ben"'.`];
  const rows = albums.map(({ name, id, photos, rule, problem }) => [
    name,
    id.slice(0, 8),
    `${photos.length}`,
    problem ?? rule ?? "no rule",
  ]);
  return formatTable([{ title: "ALBUM" }, { title: "ID" }, { title: "PHOTOS", align: "right" }, { title: "RULE" }], rows);
}
