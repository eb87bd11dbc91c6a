/** What removed devices wrote after the others had last heard of them: it does not count, and can be adopted. */
import { useState, type ReactElement } from "react";
import type { RecordHash } from "@albumen/core/ids/ids.ts";
import type { AsideView } from "../../engine/api.ts";
import { useLibrary } from "../app/library.tsx";
import { useToast } from "../app/toasts.tsx";
import { sentence } from "../app/use-edit.ts";
import { namesOf, removedSelf } from "../model/devices.ts";
import type { LibraryView } from "../model/types.ts";
import { count, momentText } from "../model/words.ts";

/** Records that are shown at first. */
const few = 8;

/** The cards, one for each device; nothing where nothing is set aside. */
export function Aside(): ReactElement {
  const { state } = useLibrary();
  return (
    <>
      {state.aside.map((aside) => (
        <DeviceAside key={aside.device} aside={aside} />
      ))}
    </>
  );
}

function DeviceAside({ aside: { device, records } }: { readonly aside: AsideView }): ReactElement {
  const { state } = useLibrary();
  const [all, setAll] = useState(false);
  const adopt = useAdopt();
  const isMember = removedSelf(state.devices) === null;
  const shown = all ? records : records.slice(0, few);
  const titleId = `aside-${device.slice(0, 8)}`;
  return (
    <section className="card" aria-labelledby={titleId}>
      <h2 id={titleId}>Set aside: {namesOf(state.devices)(device)}</h2>
      <p className="hint">{hintOf(device === state.device, records.length)}</p>
      <ul className="lines">
        {shown.map((record, at) => (
          <li key={record}>
            <AsideRecord record={record} view={state.view} />
            {isMember && (
              <button type="button" className="link" disabled={adopt.busy} onClick={() => void adopt.adopt(record)}>
                {at === 0 ? "Adopt" : "Adopt to here"}
              </button>
            )}
          </li>
        ))}
      </ul>
      {shown.length < records.length && (
        <button type="button" className="button quiet" onClick={() => setAll(true)}>
          Show all {count(records.length, "change")}
        </button>
      )}
    </section>
  );
}

function hintOf(isOwn: boolean, amount: number): string {
  if (isOwn)
    return "You did this here before this device heard that it was removed. It counts only if one of your other devices adopts it.";
  const what =
    "Done there after your other devices had last heard of it, and before it heard that it was removed. It counts only if you adopt it.";
  return amount === 1 ? what : `${what} Each builds on the one above it, so that adopting one adopts all above it.`;
}

function AsideRecord({ record, view }: { readonly record: RecordHash; readonly view: LibraryView }): ReactElement {
  const entries = view.history.filter((entry) => entry.record === record);
  const [first] = entries;
  return (
    <span>
      {first === undefined ? "A change that is not part of the history." : entries.map(({ text }) => sentence(text)).join(" ")}
      {first !== undefined && <small>{momentText(first.at)}</small>}
    </span>
  );
}

function useAdopt(): { readonly busy: boolean; readonly adopt: (record: RecordHash) => Promise<void> } {
  const { engine } = useLibrary();
  const show = useToast();
  const [busy, setBusy] = useState(false);
  const adopt = async (record: RecordHash): Promise<void> => {
    setBusy(true);
    const before = asideCount(engine.state.aside);
    const adopted = await engine.adopt(record);
    setBusy(false);
    if (!adopted.ok) return show({ text: sentence(adopted.error.reason), tone: "problem" });
    const taken = Math.max(1, before - asideCount(engine.state.aside));
    show({ text: `Adopted ${count(taken, "change")}. The history can undo ${taken === 1 ? "it" : "each of them"}.` });
  };
  return { busy, adopt };
}

function asideCount(aside: readonly AsideView[]): number {
  return aside.reduce((sum, { records }) => sum + records.length, 0);
}
