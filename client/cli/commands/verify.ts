/** `albumen verify`: computes index records again from their originals and compares them bit for bit. */
import { ok } from "@albumen/core/primitives/result.ts";
import type { RunCommand } from "../command.ts";
import { failed, wrong } from "../error.ts";
import { withLibrary } from "../library.ts";
import { count } from "../text/table.ts";

/** Checks a sample, or every photo whose original is here. */
export const run: RunCommand = async (invocation, host) => {
  const option = invocation.option("sample");
  const sample = option === null ? null : Number(option);
  if (sample !== null && !(Number.isInteger(sample) && sample > 0))
    return wrong(`--sample ${option} is not a number of photos, 1 or more`);
  return withLibrary(
    host,
    async (engine) => {
      const report = await engine.verify(sample);
      host.terminal.print(report, () => [
        `${count(report.checked, "photo")} computed again, ${report.equal} equal to the last bit.`,
        ...(report.withoutOriginal > 0
          ? [`${count(report.withoutOriginal, "photo has", "photos have")} no original on this device.`]
          : []),
        ...report.differing.map(({ file, reason }) => `  ${file}: ${reason}`),
      ]);
      return report.differing.length === 0
        ? ok(null)
        : failed(`${count(report.differing.length, "photo differs", "photos differ")} from its index`);
    },
    { downloadModels: invocation.flag("download-models") },
  );
};
