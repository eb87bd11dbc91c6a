/** `albumen conflicts`: where people disagree, and what holds meanwhile. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { RunCommand } from "../command.ts";
import { withLibrary } from "../library.ts";

/** Lists them. */
export const run: RunCommand = (_, host) =>
  withLibrary(host, async ({ state: { view } }) => {
    const lines = (): readonly string[] =>
      view.conflicts.length === 0 ? ["Nobody disagrees."] : view.conflicts.map(({ text }) => text);
    host.terminal.print(view.conflicts, lines);
    return ok(null);
  });
