/** `albumen import`: adds photos; Ctrl-C stops after the current one and what was imported stays. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { ok } from "@albumen/core/primitives/result.ts";
import type { ImportFile, ImportProgress, ImportReport } from "../../engine/api.ts";
import type { RunCommand } from "../command.ts";
import { failed, wrong } from "../error.ts";
import { listFiles } from "../list-files.ts";
import { withLibrary } from "../library.ts";
import { count } from "../text/table.ts";
import { formatDuration } from "../text/time.ts";

/** Largest file that is read: a photo is far smaller, and Node reads no file beyond 2 GiB at once. */
const maximalBytes = 1 << 30;

/** Walks the folders and imports every file in them, in order of their paths. */
export const run: RunCommand = async (invocation, host) => {
  const listed = await listFiles(invocation.words("PATH"));
  if (!listed.ok) return wrong(listed.error);
  const { terminal } = host;
  return withLibrary(
    host,
    async (engine) => {
      const report = await engine.importFiles(listed.value.map(toImportFile), {
        progress: (progress) => terminal.progress(progressLine(progress)),
        signal: terminal.interrupted,
      });
      if (!report.ok) return failed(`${report.error.reason}; what was imported before stays`);
      const { imported, duplicates, skipped, faces, seconds, stopped } = report.value;
      const document = { imported, duplicates, skipped, faces, seconds: Math.round(seconds * 1000) / 1000, stopped };
      terminal.print(document, () => describe(report.value));
      return ok(null);
    },
    { downloadModels: invocation.flag("download-models") },
  );
};

function toImportFile({ path, bytes }: { readonly path: string; readonly bytes: number }): ImportFile {
  const read = async (): Promise<Uint8Array> => {
    if (bytes > maximalBytes) throw new Error(`it has ${(bytes / maximalBytes).toFixed(1)} GiB, more than any photo`);
    return readFile(path);
  };
  return { name: basename(path), path, read };
}

function progressLine({ done, total, faces, rate, secondsLeft, file }: ImportProgress): string {
  const left = secondsLeft === null ? "" : `, ${formatDuration(secondsLeft)} left`;
  const of = total === null ? "" : ` of ${total}`;
  return `${done}${of}, ${count(faces, "face")}, ${rate.toFixed(1)} photos/s${left}  ${file}`;
}

function describe(report: ImportReport): string[] {
  const { imported, duplicates, skipped, faces, seconds, stopped } = report;
  const were = duplicates === 0 ? "" : `; ${count(duplicates, "file was", "files were")} here already`;
  return [
    `${stopped ? "Stopped. " : ""}Imported ${count(imported, "photo")} with ${count(faces, "face")} in ${formatDuration(seconds)}${were}.`,
    ...(skipped.length === 0 ? [] : ["", `${count(skipped.length, "file was", "files were")} left out:`]),
    ...[...new Set(skipped.map(({ reason }) => reason))].flatMap((reason) => [
      `  ${reason}`,
      ...skipped.flatMap((one) => (one.reason === reason ? [`    ${one.file}`] : [])),
    ]),
  ];
}
