/**
 * The cut-off that removes a device and keeps all of it that is known: its last records here, on every branch, and what others had
 * seen of it. Of what others say they had seen only that of members counts who stay: a thief's second key would vouch for records
 * that the thief keeps back until it is removed, an `add` of a third key among them.
 */
import type { DeviceId } from "@albumen/core/ids/ids.ts";
import { cutOffAt } from "@albumen/core/membership/cut-off.ts";
import type { Roster } from "@albumen/core/roster/roster.ts";
import type { RemovedDevice } from "@albumen/core/roster/statement.ts";
import type { Ledger } from "./ledger.ts";

/** What holds of `device`, which goes together with `leaving`. */
export function cutOff({ chains, membership }: Ledger, device: DeviceId, leaving: readonly DeviceId[]): RemovedDevice {
  const members = membership();
  const trusted = members === null ? new Set<DeviceId>() : whoStays(members.roster, new Set(leaving));
  const told = chains.missing().filter((missing) => missing.device === device && missing.toldBy.some((by) => trusted.has(by)));
  const seen = [...chains.tips(device), ...told].map(({ sequence, hash }) => ({ sequence, hash }));
  const own = members?.entries.filter((entry) => entry.device === device) ?? [];
  return { device, cutoff: cutOffAt(seen, own, chains.previousOf) };
}

/** Members that are neither removed nor leaving, nor stand beneath somebody who is. */
function whoStays({ members, memberOf }: Roster, leaving: ReadonlySet<DeviceId>): ReadonlySet<DeviceId> {
  const stays = new Set<DeviceId>();
  // In rank order an adder comes before whom it added.
  for (const { device, removedBy, addedBy } of members) {
    if (removedBy !== null || leaving.has(device)) continue;
    const adder = addedBy === null ? null : memberOf(addedBy);
    // Words that were replaced left in good order: whom they had admitted stays.
    if (adder === null || stays.has(adder.device) || (adder.words && !leaving.has(adder.device))) stays.add(device);
  }
  return stays;
}
