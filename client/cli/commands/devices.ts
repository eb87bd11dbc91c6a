/** `albumen devices`: the devices of the library. Its recovery words are a member too, but no device. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { RunCommand } from "../command.ts";
import { withLibrary } from "../library.ts";
import { formatTable } from "../text/table.ts";

/** Lists them. */
export const run: RunCommand = (_, host) =>
  withLibrary(host, async ({ state: { devices } }) => {
    const documents = devices.flatMap(({ id, name, self, removed, words }) => (words ? [] : [{ id, name, self, removed }]));
    const rows = documents.map(({ id, name, self, removed }) => {
      return [name, id.slice(0, 8), [...(self ? ["this one"] : []), ...(removed ? ["removed"] : [])].join(", ")];
    });
    host.terminal.print(documents, () => formatTable([{ title: "DEVICE" }, { title: "ID" }, { title: "" }], rows));
    return ok(null);
  });
