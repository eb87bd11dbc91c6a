/** `albumen history`: everything that people did, the newest last. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { EngineState } from "../../engine/api.ts";
import type { RunCommand } from "../command.ts";
import { withLibrary } from "../library.ts";
import { formatTable } from "../text/table.ts";
import { formatTime } from "../text/time.ts";

/** Lists it. */
export const run: RunCommand = (_, host) =>
  withLibrary(host, async ({ state }) => {
    const { history } = state.view;
    const documents = history.map(({ id, device, at, what, text, undone, apart }) => ({
      id,
      device,
      at,
      what,
      text,
      undone,
      apart,
    }));
    host.terminal.print(documents, () => (history.length === 0 ? ["Nothing has happened yet."] : describe(state)));
    return ok(null);
  });

function describe({ view, devices }: EngineState): string[] {
  const names = new Map(devices.map(({ id, name }) => [id, name]));
  const rows = view.history.map(({ id, device, at, text, undone, apart }) => [
    shortId(id),
    formatTime(at),
    names.get(device) ?? device.slice(0, 8),
    [text, ...(undone ? ["(undone)"] : []), ...(apart === null ? [] : [`(${apart})`])].join(" "),
  ]);
  return formatTable([{ title: "EVENT" }, { title: "WHEN" }, { title: "DEVICE" }, { title: "WHAT" }], rows);
}

/** "<8 digits>" where the event is its record's only one as far as ids go; "<hash>.<index>" is the whole id. */
function shortId(id: string): string {
  return id.endsWith(".0") ? id.slice(0, 8) : id;
}
