/** Devices and sync: who is in, what is in sync, what asks for a decision, and everything that was ever done. */
import { useState, type ReactElement } from "react";
import { useLibrary } from "../app/library.tsx";
import { PageHead } from "../app/page-head.tsx";
import { syncWords } from "../app/sync-words.ts";
import { useToast } from "../app/toasts.tsx";
import { sentence } from "../app/use-edit.ts";
import { count, momentText } from "../model/words.ts";
import { PairDialog } from "../pairing/pair-dialog.tsx";
import { Icon } from "../ui/icon.tsx";
import { CheckWords } from "../words/check-words.tsx";
import { Conflicts } from "./conflicts.tsx";
import { History } from "./history.tsx";
import { Quarantine } from "./quarantine.tsx";

/** The page. */
export function DevicesPage(): ReactElement {
  const [pairing, setPairing] = useState(false);
  return (
    <>
      <PageHead title="Devices" />
      <div className="columns">
        <div className="cards">
          <Sync />
          <DeviceList onPair={() => setPairing(true)} />
          <Conflicts />
          <Quarantine />
        </div>
        <History />
      </div>
      {pairing && <PairDialog onClose={() => setPairing(false)} />}
    </>
  );
}

function Sync(): ReactElement {
  const { engine, state } = useLibrary();
  const show = useToast();
  const words = syncWords(state.sync);
  const syncNow = async (): Promise<void> => {
    const synced = await engine.sync();
    if (!synced.ok) return show({ text: sentence(synced.error.reason), tone: "problem" });
    const { pushed, pulled } = synced.value;
    show({ text: `Sent ${count(pushed, "record")}, received ${count(pulled, "record")}.` });
  };
  return (
    <section className="card" aria-labelledby="sync-title">
      <h2 id="sync-title" className={`sync-title ${words.tone}`}>
        <i /> {words.short}
      </h2>
      <p>{words.long}</p>
      <dl className="facts">
        <dt>Relay</dt>
        <dd>{state.relay}</dd>
        <dt>Last complete</dt>
        <dd>{state.sync.lastComplete === null ? "not yet" : momentText(state.sync.lastComplete)}</dd>
      </dl>
      <footer className="actions start">
        <button type="button" className="button" onClick={() => void syncNow()}>
          Sync now
        </button>
      </footer>
    </section>
  );
}

function DeviceList({ onPair }: { readonly onPair: () => void }): ReactElement {
  const { state } = useLibrary();
  const [checking, setChecking] = useState(false);
  return (
    <section className="card" aria-labelledby="devices-title">
      <h2 id="devices-title">Your devices</h2>
      <ul className="device-list">
        {state.devices
          .toSorted((a, b) => Number(a.words) - Number(b.words))
          .map((device) => (
            <li key={device.id} className={device.removed ? "removed" : ""}>
              <Icon name={device.words ? "edit" : "devices"} />
              <span>
                <strong>{device.words ? "Recovery words" : device.name}</strong>
                <small>
                  {device.self
                    ? "This device"
                    : device.removed
                      ? "Removed"
                      : device.words
                        ? state.wordsUnchecked
                          ? "Not checked yet"
                          : "On paper, with you"
                        : "A device of yours"}
                </small>
              </span>
              {device.words && !device.removed && (
                <button type="button" className="link" onClick={() => setChecking(true)}>
                  Check
                </button>
              )}
            </li>
          ))}
      </ul>
      <footer className="actions start">
        <button type="button" className="button primary" onClick={onPair}>
          <Icon name="add" /> Pair a device
        </button>
      </footer>
      {checking && <CheckWords onClose={() => setChecking(false)} />}
    </section>
  );
}
