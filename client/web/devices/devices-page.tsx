/**
 * Devices and sync: what asks to be looked at, who is in, what is in sync, where devices disagree, and everything that was ever
 * done.
 */
import { useState, type ReactElement } from "react";
import { useLibrary } from "../app/library.tsx";
import { PageHead } from "../app/page-head.tsx";
import { syncWords } from "../app/sync-words.ts";
import { useToast } from "../app/toasts.tsx";
import { sentence } from "../app/use-edit.ts";
import { removedSelf } from "../model/devices.ts";
import { count, momentText } from "../model/words.ts";
import { PairDialog } from "../pairing/pair-dialog.tsx";
import { Aside } from "./aside.tsx";
import { Conflicts } from "./conflicts.tsx";
import { DeviceList } from "./device-list.tsx";
import { History } from "./history.tsx";
import { Notices } from "./notices.tsx";
import { Quarantine } from "./quarantine.tsx";

/** The page. */
export function DevicesPage(): ReactElement {
  const [pairing, setPairing] = useState(false);
  return (
    <>
      <PageHead title="Devices" />
      <div className="columns">
        <div className="cards inbox">
          <Aside />
          <Notices />
        </div>
        <div className="cards">
          <Sync />
          <DeviceList onPair={() => setPairing(true)} />
        </div>
        <div className="cards">
          <Conflicts />
          <Quarantine />
          <History />
        </div>
      </div>
      {pairing && <PairDialog onClose={() => setPairing(false)} />}
    </>
  );
}

function Sync(): ReactElement {
  const { engine, state } = useLibrary();
  const show = useToast();
  const words = syncWords(state.sync, removedSelf(state.devices) !== null);
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
