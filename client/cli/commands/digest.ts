/** `albumen digest`: what two devices compare. Digests compare where records, index, missing and version agree. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { RunCommand } from "../command.ts";
import { withLibrary } from "../library.ts";
import { count } from "../text/table.ts";
import { countAll } from "./status.ts";

/** Prints it. */
export const run: RunCommand = (_, host) =>
  withLibrary(host, async (engine) => {
    // What is compared is what the log says, not what this device remembers of it.
    await engine.whenVerified();
    const { view } = engine.state;
    const { digest, records, index, missing, version } = view.digest;
    const { photos, faces, people, clusters, albums } = countAll(view);
    const document = { digest, records, index, missing, version, events: view.events, photos, faces, people, clusters, albums };
    host.terminal.print(document, () => [
      `digest   ${digest}`,
      `records  ${records}`,
      `index    ${index}${missing === 0 ? "" : `, ${count(missing, "photo is", "photos are")} missing`}`,
      `version  ${version}`,
      "",
      `${count(photos, "photo")}, ${count(faces, "face")}, ${count(people, "person", "people")}, ${count(albums, "album")}, ${count(view.events, "event")}.`,
    ]);
    return ok(null);
  });
