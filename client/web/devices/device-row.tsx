/** One member of the library: what it is called, when it was last heard of, how it came, and what can be done about it. */
import type { ReactElement } from "react";
import type { DeviceView } from "../../engine/api.ts";
import { useLibrary } from "../app/library.tsx";
import { cameText } from "../model/devices.ts";
import { momentText } from "../model/words.ts";
import { Icon } from "../ui/icon.tsx";
import { Menu, type MenuItem } from "../ui/menu.tsx";

/** What can be done about a member. */
export type DeviceAct = "remove" | "leave" | "check" | "renew";

/** The row; `onAct` is null where nothing can be done from here. */
export function DeviceRow(props: {
  readonly device: DeviceView;
  readonly onAct: ((act: DeviceAct) => void) | null;
}): ReactElement {
  const { device, onAct } = props;
  const { state } = useLibrary();
  const came = cameText(device, state.devices);
  return (
    <li>
      <Icon name={device.words ? "edit" : "devices"} />
      <div>
        <strong>{device.name}</strong>
        {device.self && <em className="tag">This device</em>}
        <small>{seenText(device, state.wordsUnchecked)}</small>
        {came !== "" && <small>{came}</small>}
      </div>
      {onAct !== null && <Menu label={`More about ${device.name}`} items={itemsOf(device, onAct)} />}
    </li>
  );
}

function seenText({ words, lastActive }: DeviceView, wordsUnchecked: boolean): string {
  if (words) return wordsUnchecked ? "Not checked yet" : "On paper, with you";
  return lastActive === null ? "Nothing was done on it yet" : `Last active ${momentText(lastActive)}`;
}

function itemsOf({ words, self, removal }: DeviceView, act: (act: DeviceAct) => void): readonly MenuItem[] {
  const remove: MenuItem = { label: "Remove …", icon: "close", grave: true, run: () => act("remove") };
  if (self) return [{ label: "Leave this library …", icon: "close", grave: true, run: () => act("leave") }];
  if (!words) return [remove];
  return [
    { label: "Check them …", icon: "check", run: () => act("check") },
    { label: "New recovery words …", icon: "edit", run: () => act("renew") },
    // The first words are replaced; only others, that somebody let in later, can be taken away like a device.
    ...(removal === "here" ? [remove] : []),
  ];
}
