/** The running import, on every page: how far, how fast, how long still, and a way to stop. */
import type { ReactElement } from "react";
import { count, durationText } from "../model/words.ts";
import { useImporter } from "./importer.tsx";

/** The bar; nothing while no import runs. */
export function ImportBar(): ReactElement | null {
  const { progress, stop } = useImporter();
  if (progress === null) return null;
  const { done, total, faces, rate, secondsLeft, file } = progress;
  const parts = [
    total === null ? count(done, "photo") : `${done.toLocaleString()} of ${count(total, "photo")}`,
    ...(faces > 0 ? [`${count(faces, "face")} found`] : []),
    ...(rate > 0 ? [`${rate < 10 ? rate.toFixed(1) : Math.round(rate)} per second`] : []),
    ...(secondsLeft === null ? [] : [`${durationText(secondsLeft)} left`]),
  ];
  return (
    <section className="import-bar" aria-label="Import">
      <div className="import-words">
        <span className="import-numbers">{parts.join(" · ")}</span>
        <small>{file}</small>
      </div>
      <progress max={total ?? 1} value={total === null ? undefined : done} aria-label="Photos imported" />
      <button type="button" className="button" onClick={stop}>
        Stop
      </button>
    </section>
  );
}
