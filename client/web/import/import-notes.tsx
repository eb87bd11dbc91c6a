/** What became of the last import, with every file that was left out and why, and whether faces can be found at all. */
import type { ReactElement } from "react";
import type { ImportReport } from "../../engine/api.ts";
import { useLibrary } from "../app/library.tsx";
import { sentence } from "../app/use-edit.ts";
import { count, durationText, listText } from "../model/words.ts";
import { Icon } from "../ui/icon.tsx";
import { useImporter } from "./importer.tsx";

/** The notes; nothing where there is nothing to say. */
export function ImportNotes(): ReactElement {
  const { report, forget } = useImporter();
  const { state } = useLibrary();
  return (
    <>
      {report !== null && <Summary report={report} onClose={forget} />}
      {state.modelProblem !== null && report !== null && (
        <div className="note">
          <Icon name="face" />
          <p>{sentence(state.modelProblem)}</p>
        </div>
      )}
    </>
  );
}

function Summary({ report, onClose }: { readonly report: ImportReport; readonly onClose: () => void }): ReactElement {
  const { imported, duplicates, skipped, faces, seconds, stopped } = report;
  const said = [
    `${count(imported, "photo")} imported`,
    ...(faces > 0 ? [`${count(faces, "face")} found`] : []),
    ...(duplicates > 0 ? [`${count(duplicates, "duplicate")} left out`] : []),
    ...(skipped.length > 0 ? [`${count(skipped.length, "file")} skipped`] : []),
  ];
  return (
    <section className={skipped.length > 0 ? "note attention" : "note"} aria-label="Import summary">
      <Icon name={skipped.length > 0 ? "info" : "check"} />
      <div>
        <p>
          <strong>{stopped ? "Import stopped: " : ""}</strong>
          {listText(said)} in {durationText(seconds)}.
        </p>
        {skipped.length > 0 && (
          <details open={skipped.length <= 8}>
            <summary>Skipped files and why</summary>
            <ul className="skipped">
              {skipped.map(({ file, reason }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: files of one name may stand here twice, and the list never changes.
                <li key={at}>
                  <b>{file}</b> {reason}
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
      <button type="button" className="icon-button" aria-label="Close summary" onClick={onClose}>
        <Icon name="close" />
      </button>
    </section>
  );
}
