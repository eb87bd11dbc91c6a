/** `albumen invite`: admits another device. Waits ten minutes for it. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { RunCommand } from "../command.ts";
import { failed } from "../error.ts";
import { withLibrary } from "../library.ts";
import { createConfirm } from "../pairing.ts";

/** Prints the code at once, and the new device once it is a member. */
export const run: RunCommand = (invocation, host) =>
  withLibrary(host, async (engine) => {
    const { terminal } = host;
    const invited = await engine.invite({
      code: (code) =>
        terminal.print({ code }, () => [
          "The code for the new device, good for ten minutes:",
          "",
          `  ${code}`,
          "",
          "On the new device: albumen join CODE, or paste it into the app in its browser.",
        ]),
      confirm: createConfirm(terminal, invocation.flag("yes")),
      signal: terminal.interrupted,
    });
    if (!invited.ok) return failed(invited.error.reason);
    const { device, string } = invited.value;
    const name = engine.state.devices.find(({ id }) => id === device)?.name ?? device.slice(0, 8);
    terminal.print({ device, string }, () => [`"${name}" is now a device of this library.`]);
    return ok(null);
  });
