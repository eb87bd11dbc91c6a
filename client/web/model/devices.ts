/** Who belongs to the library, in words: what devices are called, how each came and went, and whom it let in. */
import type { DeviceId } from "@albumen/core/ids/ids.ts";
import type { DeviceView } from "../../engine/api.ts";
import { momentText } from "./words.ts";

/** What each device is called; the beginning of its id stands behind a name that several have, such as a copy and its original. */
export function namesOf(devices: readonly DeviceView[]): (id: DeviceId | null) => string {
  const known = new Map(devices.map((device) => [device.id, device]));
  return (id) => {
    const device = id === null ? undefined : known.get(id);
    if (device === undefined) return "somebody";
    if (device.words) return "the recovery words";
    const isShared = devices.some((other) => other.id !== device.id && !other.words && other.name === device.name);
    return isShared ? `${device.name} (${device.id.slice(0, 8)})` : device.name;
  };
}

/** This device, where it was removed; null where it is a member. */
export function removedSelf(devices: readonly DeviceView[]): DeviceView | null {
  return devices.find(({ self, removed }) => self && removed) ?? null;
}

/** "Since 25 Nov 2026, 14:05, added by Phone". */
export function cameText(device: DeviceView, devices: readonly DeviceView[]): string {
  const { addedAt, addedBy, words } = device;
  const adder = devices.find(({ id }) => id === addedBy);
  const since = addedAt === null ? "" : `Since ${momentText(addedAt)}`;
  // The first device and the first words come in one record.
  const isFirst = adder === undefined || (adder.words && adder.addedBy === null && adder.addedAt === addedAt && !words);
  if (isFirst) return since;
  const how = adder.words && !words ? "came back by the recovery words" : `added by ${namesOf(devices)(addedBy)}`;
  return since === "" ? capital(how) : `${since}, ${how}`;
}

/** "Removed by Phone on 25 Nov 2026, 14:05"; empty for members. */
export function wentText(device: DeviceView, devices: readonly DeviceView[]): string {
  const { id, self, words, removed, removedBy, removedAt } = device;
  if (!removed) return "";
  const left = words ? "Replaced by newer words" : "Left";
  const how = removedBy === id ? left : `Removed by ${namesOf(devices)(removedBy)}`;
  if (removedAt === null) return how;
  // Of its own removal a device knows when it heard of it.
  return self && removedBy !== id ? `${how}, heard of on ${momentText(removedAt)}` : `${how} on ${momentText(removedAt)}`;
}

/** The members that came by `device` or by somebody whom it let in, in rank order; not this device, nor whom this one let in. */
export function admittedBy(device: DeviceId, devices: readonly DeviceView[]): readonly DeviceView[] {
  const beneath = new Set<DeviceId>([device]);
  // In rank order everybody stands after whoever added it.
  for (const { id, addedBy, self } of devices) if (!self && addedBy !== null && beneath.has(addedBy)) beneath.add(id);
  return devices.filter(({ id, removed }) => id !== device && beneath.has(id) && !removed);
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
