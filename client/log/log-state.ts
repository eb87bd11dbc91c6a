/** What can be shown of a log, from what the journal holds. */
import type { MemberKeys } from "@albumen/core/crypto/keys.ts";
import type { DeviceId, RecordHash } from "@albumen/core/ids/ids.ts";
import type { Membership } from "@albumen/core/membership/membership.ts";
import { compareText } from "@albumen/core/primitives/bytes.ts";
import type { Member } from "@albumen/core/roster/roster.ts";
import type { AsideView, DeviceView, LogState, SyncState } from "./api.ts";
import { viewEvidence } from "./evidence.ts";
import type { Identity } from "./identity.ts";
import type { Journal } from "./journal.ts";
import type { Ledger } from "./ledger.ts";
import type { Notes } from "./notes.ts";

/** The members that the journal's records make. @throws Error where the library's first record is not held. */
export function membershipOf(journal: Journal): Membership {
  const membership = journal.ledger.membership();
  if (membership === null) throw new Error("the library's first record is not held");
  return membership;
}

/** Before the first attempt to sync. */
export function initialSync(outbox: number): SyncState {
  return { phase: "idle", outbox, uploads: 0, downloads: 0, problem: null, lastComplete: null };
}

/** What stands in no record. */
export type KeptState = Pick<LogState, "sync" | "wordsUnchecked">;

/** The state of the log that `journal` holds for the holder of `keys`. */
export function createLogState(
  { identity, keys, journal }: { readonly identity: Identity; readonly keys: MemberKeys; readonly journal: Journal },
  notes: Notes,
  kept: KeptState,
): LogState {
  const { ledger } = journal;
  const self = keys.device;
  const membership = membershipOf(journal);
  const devices = viewDevices(membership, ledger, self).map((device) =>
    device.self && device.removed ? { ...device, removedAt: device.removedAt ?? notes.heardRemoval() } : device,
  );
  const nameOf = (device: DeviceId): string => devices.find(({ id }) => id === device)?.name ?? `device ${device.slice(0, 8)}`;
  return {
    library: identity.library,
    device: self,
    deviceName: identity.name,
    relay: identity.relay,
    devices,
    sync: { ...kept.sync, outbox: journal.outboxSize() },
    wordsUnchecked: kept.wordsUnchecked,
    quarantine: ledger.apart(),
    unverified: journal.unverified(),
    evidence: viewEvidence(ledger, membership, notes.incidents(), nameOf),
    aside: viewAside(ledger),
  };
}

/** The members, in rank order, as the device `self` sees them. */
export function viewDevices(membership: Membership, ledger: Ledger, self: DeviceId): readonly DeviceView[] {
  const { roster, names, privateParts } = membership;
  const ownRank = roster.memberOf(self)?.rank ?? Number.POSITIVE_INFINITY;
  const timeOf = (record: RecordHash | null): number | null => (record === null ? null : (privateParts.get(record)?.at ?? null));
  const removalOf = ({ rank, removedBy }: Member): DeviceView["removal"] => {
    if (removedBy !== null) return "done";
    return rank >= ownRank ? "here" : "with-words";
  };
  return roster.members.map((member): DeviceView => {
    const { device: id, words, addedBy, removedBy } = member;
    return {
      id,
      name: words ? "Recovery words" : (names.get(id) ?? `device ${id.slice(0, 8)}`),
      words,
      self: id === self,
      removed: removedBy !== null,
      addedBy,
      addedAt: timeOf(member.addedIn),
      removedBy,
      removedAt: timeOf(member.removedIn),
      lastActive: ledger.lastActive(id),
      removal: removalOf(member),
    };
  });
}

function viewAside(ledger: Ledger): readonly AsideView[] {
  const byDevice = new Map<DeviceId, { readonly hash: RecordHash; readonly sequence: number }[]>();
  for (const { device, hash, sequence } of ledger.aside()) {
    const own = byDevice.get(device);
    if (own === undefined) byDevice.set(device, [{ hash, sequence }]);
    else own.push({ hash, sequence });
  }
  return [...byDevice]
    .sort(([a], [b]) => compareText(a, b))
    .map(([device, records]) => ({
      device,
      records: records.sort((a, b) => a.sequence - b.sequence || compareText(a.hash, b.hash)).map(({ hash }) => hash),
    }));
}
