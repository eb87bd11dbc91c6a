/** `albumen recover`: makes this machine a device of the library that the recovery words open. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { DeviceId } from "@albumen/core/ids/ids.ts";
import type { RecoverableLibrary, RecoveryDialogue } from "../../engine/api.ts";
import type { RunCommand } from "../command.ts";
import { failed, wrong } from "../error.ts";
import type { Terminal } from "../host.ts";
import { formatTable } from "../text/table.ts";
import { formatTime } from "../text/time.ts";
import { chooseDevice } from "./remove.ts";

/** Asks for the words, shows what they open, and asks before anything is written. */
export const run: RunCommand = async (invocation, host) => {
  const { terminal, home } = host;
  const relay = invocation.option("relay") ?? "";
  if (!/^https?:\/\/[^/]+/.test(relay)) return wrong(`--relay ${relay} is not an address such as http://127.0.0.1:8787`);
  const parts = await host.openParts({ create: true, downloadModels: false });
  if (!parts.ok) return parts;
  const { openEngine, recoverLibrary } = await import("../../engine/open.ts");
  const existing = await openEngine(parts.value);
  if (existing !== null) {
    await existing.close();
    return failed(`${home} already holds a library; choose another folder with --home`);
  }
  const words = (await terminal.askSecret("The 24 recovery words: ")) ?? "";
  const names = (invocation.option("remove") ?? "").split(",").filter((name) => name.trim() !== "");
  const review = createReview(terminal, names, invocation.flag("yes"));
  const from = { words, relay, name: invocation.option("name") ?? host.machineName };
  const recovered = await recoverLibrary(parts.value, from, { review: review.ask });
  if (!recovered.ok) {
    await parts.value.store.close();
    const problem = review.problem();
    if (problem !== null) return wrong(problem);
    return recovered.error.kind === "wrong-code" ? wrong(recovered.error.reason) : failed(recovered.error.reason);
  }
  const engine = recovered.value;
  const synced = await engine.sync();
  const { library, device, deviceName } = engine.state;
  terminal.print({ library, device, synced: synced.ok }, () => [
    `This device, "${deviceName}", is now a member of the library. It lives in ${home}.`,
    ...(synced.ok ? [] : [`The relay could not be told yet (${synced.error.reason}): albumen sync does it.`]),
  ]);
  await engine.close();
  return ok(null);
};

/** Shows the library with its devices and newest activity; the relay may show an old state, which only the person can tell. */
function createReview(
  terminal: Terminal,
  names: readonly string[],
  yes: boolean,
): { readonly ask: RecoveryDialogue["review"]; readonly problem: () => string | null } {
  let problem: string | null = null;
  return {
    problem: () => problem,
    ask: async (found) => {
      // Words belong to one library, but for those that a member of several typed in: the one with most records is shown.
      const [library] = [...found].sort((a, b) => b.records - a.records);
      if (library === undefined) return null;
      const remove: DeviceId[] = [];
      for (const name of names) {
        const chosen = chooseDevice(name.trim(), library);
        if (!chosen.ok) problem = chosen.error.reason;
        else remove.push(chosen.value.id);
      }
      if (problem !== null) return null;
      for (const line of describe(library, remove)) terminal.note(line);
      const agreed = yes || /^y(es)?$/i.test((await terminal.ask("Recover this library here? [y/N] ")).trim());
      return agreed ? { library: library.library, remove } : null;
    },
  };
}

function describe({ devices, records, newest, missing }: RecoverableLibrary, remove: readonly DeviceId[]): readonly string[] {
  const rows = devices
    .filter(({ words }) => !words)
    .map(({ id, name, lastActive, removed }) => {
      const what = remove.includes(id) ? "will be removed" : removed ? "removed" : "";
      return [name, id.slice(0, 8), lastActive === null ? "" : formatTime(lastActive), what];
    });
  return [
    `These words open a library of ${records} records, the newest ${newest === null ? "of unknown date" : `of ${formatTime(newest)}`}.`,
    ...formatTable([{ title: "DEVICE" }, { title: "ID" }, { title: "LAST ACTIVE" }, { title: "" }], rows),
    ...(missing === 0
      ? []
      : [`${missing} records that its devices had seen are not shown by the relay: it may hold an older state.`]),
    "If this looks older than what you remember, the relay shows an old state: ask it again later, or ask another relay.",
  ];
}
