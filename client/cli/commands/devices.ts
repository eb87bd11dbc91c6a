/** `albumen devices`: who belongs to the library, who came and went, and what does not add up. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { DeviceView, EngineState } from "../../engine/api.ts";
import type { RunCommand } from "../command.ts";
import { withLibrary } from "../library.ts";
import { formatTable } from "../text/table.ts";
import { formatTime } from "../text/time.ts";

/** Lists them in rank order: who stands above may remove who stands below. */
export const run: RunCommand = (_, host) =>
  withLibrary(host, async ({ state }) => {
    const { devices, evidence } = state;
    host.terminal.print({ devices, evidence }, () => describe(state));
    return ok(null);
  });

function describe({ devices, evidence }: EngineState): readonly string[] {
  const nameOf = (id: string | null): string => devices.find((device) => device.id === id)?.name ?? "somebody";
  const rows = devices.map((device) => {
    const seen = device.lastActive === null ? "" : formatTime(device.lastActive);
    return [device.name, device.id.slice(0, 8), seen, story(device, nameOf)];
  });
  const titles = [{ title: "DEVICE" }, { title: "ID" }, { title: "LAST ACTIVE" }, { title: "" }];
  const table = formatTable(titles, rows);
  return evidence.length === 0 ? table : [...table, "", ...evidence.map(({ text }) => text)];
}

function story(device: DeviceView, nameOf: (id: string | null) => string): string {
  const { words, self, removed, addedBy, addedAt, removedBy, removedAt } = device;
  const by = addedBy === null || nameOf(addedBy) === "Recovery words" ? "" : ` by ${nameOf(addedBy)}`;
  const came = words ? "on paper" : addedAt === null ? "" : `since ${formatTime(addedAt)}${by}`;
  const gone = removedBy === device.id ? "left" : `removed by ${nameOf(removedBy)}`;
  const went = removed ? `${gone}${removedAt === null ? "" : ` on ${formatTime(removedAt)}`}` : "";
  return [self ? "this one" : "", came, went].filter((part) => part !== "").join(", ");
}
