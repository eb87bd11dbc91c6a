/** On every page of a device that was removed: that it was, by whom and when, what still works, and how to go on. */
import { useState, type ReactElement } from "react";
import type { DeviceView } from "../../engine/api.ts";
import { useLibrary } from "../app/library.tsx";
import { useLock } from "../lock/lock.tsx";
import { EraseDialog } from "../lock/erase-dialog.tsx";
import { namesOf, removedSelf } from "../model/devices.ts";
import { count, momentText } from "../model/words.ts";

/** The banner; nothing where this device is a member. */
export function RemovedBanner(): ReactElement | null {
  const { state } = useLibrary();
  const [isGoingOn, setGoingOn] = useState(false);
  const self = removedSelf(state.devices);
  if (self === null) return null;
  return (
    <>
      <aside className="removed-banner" aria-label="This device was removed">
        <p>
          <strong>{happenedText(self, namesOf(state.devices)(self.removedBy))}</strong> What it has stays here to look at, and
          nothing more can be changed from it.
        </p>
        <button type="button" className="button" onClick={() => setGoingOn(true)}>
          How to go on
        </button>
      </aside>
      {isGoingOn && <GoOn onClose={() => setGoingOn(false)} />}
    </>
  );
}

function happenedText({ id, removedBy, removedAt }: DeviceView, remover: string): string {
  const when = removedAt === null ? "" : momentText(removedAt);
  if (removedBy === id) return `This device left the library${when === "" ? "" : ` on ${when}`}.`;
  // When it was done is sealed to those who stay.
  return `This device was removed from the library by ${remover}${when === "" ? "" : `, and heard of it on ${when}`}.`;
}

function GoOn({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { state } = useLibrary();
  const { erase } = useLock();
  const { outbox } = state.sync;
  return (
    <EraseDialog title="Use this device again" erase={erase} onClose={onClose}>
      <p>It begins anew: this browser’s copy is erased, and the library comes back to it in one of two ways.</p>
      <ul className="plain">
        <li>
          <strong>Join with a code</strong> from a device that is still a member.
        </li>
        <li>
          <strong>Recover with the words</strong>, where you have no such device, or where somebody else removed this one. The
          words can remove theirs in turn.
        </li>
      </ul>
      <p>
        Original photos that you added only here are lost with the copy.
        {outbox > 0 &&
          ` So ${outbox === 1 ? "is" : "are"} ${count(outbox, "change")} that ${outbox === 1 ? "has" : "have"} not reached the relay; what has reached it can be adopted on your other devices.`}
      </p>
    </EraseDialog>
  );
}
