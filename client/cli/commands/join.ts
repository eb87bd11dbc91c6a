/** `albumen join`: makes this device a member of a library, by another device's code. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { RunCommand } from "../command.ts";
import { failed, wrong } from "../error.ts";
import { createConfirm } from "../pairing.ts";

/** Joins, and leaves fetching what is there to `sync`. */
export const run: RunCommand = async (invocation, host) => {
  const { terminal, home } = host;
  const parts = await host.openParts({ create: true, downloadModels: false });
  if (!parts.ok) return parts;
  const { joinLibrary, openEngine } = await import("../../engine/open.ts");
  const existing = await openEngine(parts.value);
  if (existing !== null) {
    await existing.close();
    return failed(`${home} already holds a library; choose another folder with --home`);
  }
  const name = invocation.option("name") ?? host.machineName;
  const dialogue = { confirm: createConfirm(terminal, invocation.flag("yes")), signal: terminal.interrupted };
  const joined = await joinLibrary(parts.value, invocation.word("CODE"), name, dialogue);
  if (!joined.ok) {
    await parts.value.store.close();
    return joined.error.kind === "wrong-code" ? wrong(joined.error.reason) : failed(joined.error.reason);
  }
  const { engine, string } = joined.value;
  const { library, device, deviceName } = engine.state;
  terminal.print({ library, device, string }, () => [
    `This device, "${deviceName}", is now a member of the library. It lives in ${home}.`,
    "Next: albumen sync fetches what the other devices know; albumen import FOLDER adds photos of this one.",
  ]);
  await engine.close();
  return ok(null);
};
