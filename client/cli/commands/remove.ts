/** `albumen remove`: takes a device out of the library, with a new key for those who stay. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { DeviceView, EngineState } from "../../engine/api.ts";
import type { RunCommand } from "../command.ts";
import { failed, wrong } from "../error.ts";
import { withLibrary } from "../library.ts";
import { select } from "../select.ts";

/** Removes it, says what that means, and tries to tell the relay at once. */
export const run: RunCommand = (invocation, host) =>
  withLibrary(host, async (engine) => {
    const { terminal } = host;
    const chosen = chooseDevice(invocation.word("DEVICE"), engine.state);
    if (!chosen.ok) return chosen;
    const device = chosen.value;
    const words = invocation.flag("words") ? ((await terminal.askSecret("The 24 recovery words: ")) ?? "") : null;
    const removed = await engine.removeDevices([device.id], words);
    if (!removed.ok) {
      const { kind, reason } = removed.error;
      if (kind === "needs-words") return failed(`"${device.name}" was not removed: ${reason} (--words asks for them)`);
      return kind === "wrong-words" ? wrong(reason) : failed(reason);
    }
    const synced = await engine.sync();
    terminal.print({ removed: device.id, synced: synced.ok }, () => [
      `"${device.name}" is removed. It keeps what it has, and can open nothing that is written from now on.`,
      "What it writes without having heard of this is set aside: albumen aside shows it.",
      ...admittedBy(device, engine.state).map(
        ({ name, id }) => `It had admitted "${name}" (${id.slice(0, 8)}), which stays: remove it as well if you do not know it.`,
      ),
      ...(synced.ok ? [] : [`The relay was not told yet (${synced.error.reason}): albumen sync does it.`]),
    ]);
    return ok(null);
  });

/** The device that is still a member and that `word` means. */
export function chooseDevice(word: string, { devices }: Pick<EngineState, "devices">): ReturnType<typeof select<DeviceView>> {
  const candidates = devices.filter(({ removed, words }) => !removed && !words);
  return select(
    "device",
    word,
    candidates.map((value) => ({ value, id: value.id, names: [value.name] })),
  );
}

function admittedBy(device: DeviceView, { devices }: EngineState): readonly DeviceView[] {
  return devices.filter(({ addedBy, removed }) => addedBy === device.id && !removed);
}
