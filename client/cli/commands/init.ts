/** `albumen init`: founds a library on this device. Works offline. */
import { ok } from "@albumen/core/primitives/result.ts";
import { askForWords } from "../ask-words.ts";
import type { RunCommand } from "../command.ts";
import { failed, wrong } from "../error.ts";
import { inRows } from "../text/words.ts";

/** Makes HOME and prints the recovery words, the only time anyone sees them. */
export const run: RunCommand = async (invocation, host) => {
  const relay = (invocation.option("relay") ?? "").replace(/\/+$/, "");
  if (!/^https?:\/\/[^/]+/.test(relay)) return wrong(`--relay ${relay} is not an address such as http://127.0.0.1:8787`);
  const parts = await host.openParts({ create: true, downloadModels: false });
  if (!parts.ok) return parts;
  const { createLibrary, openEngine } = await import("../../engine/open.ts");
  const existing = await openEngine(parts.value);
  if (existing !== null) {
    await existing.close();
    return failed(`${host.home} already holds a library; choose another folder with --home`);
  }
  const created = await createLibrary(parts.value, { relay, name: invocation.option("name") ?? host.machineName });
  if (!created.ok) return failed(created.error.reason);
  const { engine, words } = created.value;
  const { library, device, deviceName } = engine.state;
  const { terminal } = host;
  terminal.print({ library, device, words }, () => [
    `A new library is in ${host.home}. This device is called "${deviceName}".`,
    "",
    "Write these recovery words down and keep them where no thief finds them.",
    "They are shown this once and are kept nowhere:",
    "",
    ...inRows(words.split(" ")),
    "",
  ]);
  await askForWords(engine, created.value, terminal);
  if (!terminal.json) terminal.note("Next: albumen import FOLDER");
  await engine.close();
  return ok(null);
};
