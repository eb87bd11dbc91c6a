/** Opening the library in HOME for a command, and stating edits in it. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { Engine } from "../engine/api.ts";
import { type CliResult, failed, wrong } from "./error.ts";
import type { Host } from "./host.ts";
import type { Edit } from "./view-types.ts";

/** Runs `work` with the engine of the library in HOME and closes it, whatever happens. */
export async function withLibrary(
  host: Host,
  work: (engine: Engine) => Promise<CliResult>,
  options: { readonly downloadModels: boolean } = { downloadModels: false },
): Promise<CliResult> {
  const parts = await host.openParts({ create: false, ...options });
  if (!parts.ok) return parts;
  const { openEngine } = await import("../engine/open.ts");
  const engine = await openEngine(parts.value);
  if (engine === null) {
    await parts.value.store.close();
    return failed(`there is no library in ${host.home}: "albumen init" founds one, "albumen join CODE" joins one`);
  }
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

/** States `edit` and prints its history entry: the document is {event, …more}. */
export async function stateEdit(
  engine: Engine,
  host: Host,
  edit: Edit,
  more: Readonly<Record<string, unknown>> = {},
): Promise<CliResult> {
  const stated = await engine.edit(edit);
  if (!stated.ok) {
    const { kind, reason } = stated.error;
    return kind === "bad-rule" || kind === "bad-text" || kind === "unknown-subject" ? wrong(reason) : failed(reason);
  }
  const entry = engine.state.view.history.find(({ id }) => id === stated.value);
  host.terminal.print({ event: stated.value, ...more }, () => [entry?.text ?? "Done."]);
  return ok(null);
}
