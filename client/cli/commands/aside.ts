/** `albumen aside` and `albumen adopt`: what removed devices wrote after the others had last heard of them. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { RecordHash } from "@albumen/core/ids/ids.ts";
import type { EngineState } from "../../engine/api.ts";
import type { RunCommand } from "../command.ts";
import { failed } from "../error.ts";
import { withLibrary } from "../library.ts";
import { select } from "../select.ts";
import { formatTable } from "../text/table.ts";
import { formatTime } from "../text/time.ts";

interface AsideEntry {
  readonly record: RecordHash;
  readonly device: string;
  readonly at: number;
  readonly text: string;
}

/** Lists it. */
export const list: RunCommand = (_, host) =>
  withLibrary(host, async ({ state }) => {
    const entries = entriesOf(state);
    host.terminal.print(entries, () => (entries.length === 0 ? ["Nothing is set aside."] : describe(entries)));
    return ok(null);
  });

/** Lets a record count, with all that its device wrote before it. */
export const adopt: RunCommand = (invocation, host) =>
  withLibrary(host, async (engine) => {
    const entries = entriesOf(engine.state);
    const chosen = select(
      "record",
      invocation.word("RECORD"),
      entries.map((entry) => ({ value: entry, id: entry.record, names: [] })),
    );
    if (!chosen.ok) return chosen;
    const adopted = await engine.adopt(chosen.value.record);
    if (!adopted.ok) return failed(adopted.error.reason);
    const left = entriesOf(engine.state).length;
    host.terminal.print({ adopted: chosen.value.record, left }, () => [
      `Adopted, with everything that ${chosen.value.device} wrote before it.`,
    ]);
    return ok(null);
  });

function entriesOf({ aside, devices, view }: EngineState): readonly AsideEntry[] {
  return aside.flatMap(({ device, records }) => {
    const name = devices.find(({ id }) => id === device)?.name ?? device.slice(0, 8);
    return records.flatMap((record) =>
      view.history
        .filter((entry) => entry.record === record)
        .map(({ at, text }): AsideEntry => ({ record, device: name, at, text })),
    );
  });
}

function describe(entries: readonly AsideEntry[]): readonly string[] {
  const rows = entries.map(({ record, device, at, text }) => [record.slice(0, 8), device, formatTime(at), text]);
  return [
    ...formatTable([{ title: "RECORD" }, { title: "DEVICE" }, { title: "WHEN" }, { title: "WHAT" }], rows),
    "",
    "albumen adopt RECORD lets one count, with all that its device wrote before it.",
  ];
}
