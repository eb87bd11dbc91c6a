/** What can be shown of a log, from what the journal holds. */
import type { MemberKeys } from "@albumen/core/crypto/keys.ts";
import type { Membership } from "@albumen/core/membership/membership.ts";
import type { DeviceView, LogState, SyncState } from "./api.ts";
import type { Identity } from "./identity.ts";
import type { Journal } from "./journal.ts";

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

/** The state of the log that `journal` holds. */
export function createLogState(identity: Identity, keys: MemberKeys, journal: Journal, sync: SyncState): LogState {
  const { roster, names } = membershipOf(journal);
  const devices = roster.members.map((member): DeviceView => {
    const { device: id, words } = member;
    const name = words ? "Recovery words" : (names.get(id) ?? `device ${id.slice(0, 8)}`);
    return { id, name, words, self: id === keys.device, removed: member.removedBy !== null };
  });
  return {
    library: identity.library,
    device: keys.device,
    deviceName: identity.name,
    relay: identity.relay,
    devices,
    sync: { ...sync, outbox: journal.outboxSize() },
    quarantine: journal.ledger.apart(),
  };
}
