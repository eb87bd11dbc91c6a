/**
 * What the words open, before anything is done: the devices, the newest activity, and what is missing. An empty machine cannot
 * know whether the relay shows the newest state; the person can.
 */
import { useState, type ReactElement } from "react";
import type { DeviceId } from "@albumen/core/ids/ids.ts";
import type { RecoverableLibrary } from "../../engine/api.ts";
import { namesOf, wentText } from "../model/devices.ts";
import { count, momentText, numberText } from "../model/words.ts";
import { Icon } from "../ui/icon.tsx";
import type { RecoveryAnswer } from "./use-recovery.ts";

/** The question. */
export function RecoverReview(props: {
  /** At least one. */
  readonly found: readonly RecoverableLibrary[];
  readonly onAnswer: (answer: RecoveryAnswer) => void;
}): ReactElement {
  const { onAnswer } = props;
  const found = props.found.toSorted((a, b) => b.records - a.records);
  const [chosen, setChosen] = useState(found[0]?.library);
  const [lost, setLost] = useState<ReadonlySet<DeviceId>>(new Set());
  const library = found.find((one) => one.library === chosen);
  if (library === undefined) throw new Error("a recovery is reviewed that found nothing");
  return (
    <section className="stack welcome-form" aria-labelledby="review-title">
      <h1 id="review-title">Is this your library?</h1>
      {found.length > 1 && (
        <LibraryChoice
          found={found}
          chosen={library}
          onChange={(next) => {
            setChosen(next.library);
            setLost(new Set());
          }}
        />
      )}
      <dl className="facts">
        <dt>Newest activity</dt>
        <dd>{library.newest === null ? "unknown" : momentText(library.newest)}</dd>
        <dt>Records</dt>
        <dd>{numberText(library.records)}</dd>
      </dl>
      <DevicesFound library={library} lost={lost} onChange={setLost} />
      <div className="note state-note">
        <Icon name={library.missing > 0 ? "warning" : "info"} />
        <p>
          {library.missing > 0 &&
            `${count(library.missing, "record")} that its devices had seen ${library.missing === 1 ? "is" : "are"} not shown by the relay: it may hold an older state. `}
          An empty machine cannot tell an old state from the newest. If this looks older than what you remember, leave it, and ask
          again later or another relay.
        </p>
      </div>
      <footer className="actions">
        <button type="button" className="button" onClick={() => onAnswer(null)}>
          Leave it
        </button>
        <button
          type="button"
          className="button primary"
          onClick={() => onAnswer({ library: library.library, remove: [...lost] })}
        >
          {lost.size === 0 ? "Recover it here" : `Recover it, and remove ${count(lost.size, "device")}`}
        </button>
      </footer>
    </section>
  );
}

function LibraryChoice(props: {
  readonly found: readonly RecoverableLibrary[];
  readonly chosen: RecoverableLibrary;
  readonly onChange: (library: RecoverableLibrary) => void;
}): ReactElement {
  return (
    <fieldset className="ticks">
      <legend>These words open several libraries</legend>
      {props.found.map((library) => (
        <label key={library.library} className="tick-line">
          <input
            type="radio"
            name="library"
            checked={library.library === props.chosen.library}
            onChange={() => props.onChange(library)}
          />
          <span>
            {count(library.records, "record")}
            <small>{library.newest === null ? "No activity known" : `Newest activity ${momentText(library.newest)}`}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function DevicesFound(props: {
  readonly library: RecoverableLibrary;
  readonly lost: ReadonlySet<DeviceId>;
  readonly onChange: (lost: ReadonlySet<DeviceId>) => void;
}): ReactElement {
  const { lost, onChange } = props;
  const { devices } = props.library;
  const nameOf = namesOf(devices);
  return (
    <fieldset className="ticks">
      <legend>Its devices</legend>
      <p className="hint">Tick those that are lost or not yours: they are removed, and can open nothing newer.</p>
      {devices
        .filter(({ words }) => !words)
        .map((device) => (
          <label key={device.id} className="tick-line">
            <input
              type="checkbox"
              disabled={device.removed}
              checked={lost.has(device.id)}
              onChange={({ target }) =>
                onChange(new Set([...lost, device.id].filter((id) => id !== device.id || target.checked)))
              }
            />
            <span>
              {nameOf(device.id)}
              <small>
                {device.removed
                  ? wentText(device, devices)
                  : device.lastActive === null
                    ? "Nothing was done on it yet"
                    : `Last active ${momentText(device.lastActive)}`}
              </small>
            </span>
          </label>
        ))}
    </fieldset>
  );
}
