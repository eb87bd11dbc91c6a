/** The devices in rank order, what can be done about each, and those that belong to the library no more. */
import { useEffect, useRef, useState, type ReactElement } from "react";
import type { DeviceView } from "../../engine/api.ts";
import { useLibrary } from "../app/library.tsx";
import { removedSelf, wentText } from "../model/devices.ts";
import { Icon } from "../ui/icon.tsx";
import { CheckWords } from "../words/check-words.tsx";
import { NewWordsDialog } from "../words/new-words-dialog.tsx";
import { DeviceRow, type DeviceAct } from "./device-row.tsx";
import { KeysNow } from "./keys-now.tsx";
import { LeaveDialog } from "./leave-dialog.tsx";
import { RemoveDialog } from "./remove-dialog.tsx";

/** The list. */
export function DeviceList({ onPair }: { readonly onPair: () => void }): ReactElement {
  const { state } = useLibrary();
  const [doing, setDoing] = useState<{ readonly act: DeviceAct; readonly device: DeviceView } | null>(null);
  const title = useFocusAfter(doing !== null);
  const { devices } = state;
  const isMember = removedSelf(devices) === null;
  const present = devices.filter(({ removed }) => !removed);
  return (
    <section className="card" aria-labelledby="devices-title">
      <h2 id="devices-title" ref={title} tabIndex={-1}>
        Your devices
      </h2>
      <ul className="device-list">
        {present.map((device) => (
          <DeviceRow key={device.id} device={device} onAct={isMember ? (act) => setDoing({ act, device }) : null} />
        ))}
      </ul>
      <p className="hint">Who stands above may remove who stands below. The recovery words may remove every device.</p>
      <PastDevices devices={devices} />
      {isMember && (
        <>
          <KeysNow />
          <footer className="actions start">
            <button type="button" className="button primary" onClick={onPair}>
              <Icon name="add" /> Pair a device
            </button>
          </footer>
        </>
      )}
      {doing !== null && <Doing {...doing} onClose={() => setDoing(null)} />}
    </section>
  );
}

/** Where the focus goes when a dialog closes and the row that opened it is gone. */
function useFocusAfter(isOpen: boolean): React.RefObject<HTMLHeadingElement | null> {
  const place = useRef<HTMLHeadingElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !isOpen && document.activeElement === document.body) place.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  return place;
}

function Doing(props: { readonly act: DeviceAct; readonly device: DeviceView; readonly onClose: () => void }): ReactElement {
  const { act, device, onClose } = props;
  switch (act) {
    case "remove":
      return <RemoveDialog device={device} onClose={onClose} />;
    case "leave":
      return <LeaveDialog device={device} onClose={onClose} />;
    case "check":
      return <CheckWords onClose={onClose} />;
    case "renew":
      return <NewWordsDialog onClose={onClose} />;
  }
}

function PastDevices({ devices }: { readonly devices: readonly DeviceView[] }): ReactElement | null {
  const past = devices.filter(({ removed }) => removed);
  if (past.length === 0) return null;
  return (
    <details className="fold" open={past.some(({ self }) => self)}>
      <summary>Devices of the past ({past.length})</summary>
      <ul className="device-list">
        {past.map((device) => (
          <li key={device.id}>
            <Icon name={device.words ? "edit" : "devices"} />
            <div>
              <strong>{device.name}</strong>
              {device.self && <em className="tag">This device</em>}
              <small>{wentText(device, devices)}</small>
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
}
