/** `albumen status`: where this device stands. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { EngineState } from "../../engine/api.ts";
import type { RunCommand } from "../command.ts";
import { withLibrary } from "../library.ts";
import { count } from "../text/table.ts";
import { formatTime } from "../text/time.ts";

/** Shows it. */
export const run: RunCommand = (_, host) =>
  withLibrary(host, async ({ state }) => {
    host.terminal.print(toDocument(state), () => describe(state));
    return ok(null);
  });

function toDocument(state: EngineState): object {
  const {
    library,
    device,
    deviceName: name,
    relay,
    sync,
    quarantine,
    unverified,
    evidence,
    wordsUnchecked,
    modelProblem,
    view,
  } = state;
  const aside = state.aside.reduce((sum, { records }) => sum + records.length, 0);
  const removed = state.devices.some((one) => one.self && one.removed);
  const standing = { library, device, name, removed, relay, ...countAll(view), sync };
  return { ...standing, conflicts: view.conflicts.length, aside, quarantine, unverified, evidence, wordsUnchecked, modelProblem };
}

/** Photos, faces, people, groups and albums of a library, counted. */
export function countAll({ photos, people, clusters, albums }: EngineState["view"]): {
  readonly photos: number;
  readonly faces: number;
  readonly people: number;
  readonly clusters: number;
  readonly albums: number;
} {
  const faces = photos.reduce((sum, photo) => sum + photo.faces.length, 0);
  return { photos: photos.length, faces, people: people.length, clusters: clusters.length, albums: albums.length };
}

function describe(state: EngineState): string[] {
  const {
    library,
    device,
    deviceName,
    relay,
    sync,
    quarantine,
    unverified,
    evidence,
    aside,
    wordsUnchecked,
    modelProblem,
    view,
  } = state;
  const late = aside.reduce((all, { records }) => all + records.length, 0);
  const removed = state.devices.some((one) => one.self && one.removed);
  const sum = countAll(view);
  const waiting = view.photos.filter(({ indexed }) => !indexed).length;
  const lines: readonly (readonly [string, string])[] = [
    ["Library", library.slice(0, 16)],
    ["Device", `${deviceName} (${device.slice(0, 8)})${removed ? ", removed from the library" : ""}`],
    ["Relay", relay],
    ["Photos", `${sum.photos}${waiting > 0 ? `, ${waiting} of them not here yet` : ""}`],
    [
      "Faces",
      `${count(sum.faces, "face")} of ${count(sum.people, "person", "people")} and ${count(sum.clusters, "group")} without a name`,
    ],
    ["Albums", `${sum.albums}`],
    ["Sync", describeSync(sync)],
    ...(unverified > 0
      ? [["Log", `${count(unverified, "record")} remembered, to be verified before the next sync`] as const]
      : []),
    ...(view.conflicts.length > 0 ? [["Inbox", `${count(view.conflicts.length, "conflict")}: albumen conflicts`] as const] : []),
    ...(late > 0 ? [["Late", `${count(late, "record")} of removed devices: albumen aside`] as const] : []),
    ...evidence.map(({ text }) => ["Notice", text] as const),
    ...quarantine.map(({ id, reason }) => ["Set aside", `record ${id.slice(0, 8)}: ${reason}`] as const),
    ...(wordsUnchecked ? [["Words", "nobody has shown yet that they are on paper: albumen words check"] as const] : []),
    ...(modelProblem === null ? [] : [["Models", modelProblem] as const]),
  ];
  return lines.map(([title, text]) => `${title.padEnd(9)}  ${text}`);
}

function describeSync({ outbox, lastComplete, problem }: EngineState["sync"]): string {
  const waiting = outbox === 0 ? "nothing waits to be sent" : `${count(outbox, "record waits", "records wait")} to be sent`;
  const last = lastComplete === null ? [] : [`last in step ${formatTime(lastComplete)}`];
  return [waiting, ...last, ...(problem === null ? [] : [problem])].join("; ");
}
