/** Link: a log with its relay: rounds of sync one at a time, live sync, invitations of other devices. */
import { sign } from "@albumen/core/crypto/sign.ts";
import type { DeviceId } from "@albumen/core/ids/ids.ts";
import { concatBytes } from "@albumen/core/primitives/bytes.ts";
import type { Result } from "@albumen/core/primitives/result.ts";
import type { PairingDialogue, SyncError, SyncReport } from "./api.ts";
import { noAttachments, type Attachments } from "./attachments.ts";
import { inviteDevice } from "./invite.ts";
import { startLiveSync } from "./live-sync.ts";
import type { EncryptedLog } from "./log.ts";
import { oneAtATime, type SyncRound } from "./one-at-a-time.ts";
import type { RelayClient, TransportError } from "./relay-port.ts";
import { runRound } from "./round.ts";
import { tendKeys } from "./tend-keys.ts";

/** A log with its relay. */
export interface RelayLink {
  readonly relay: RelayClient;
  /** One complete round. */
  readonly sync: SyncRound;
  /** Keeps in sync over a live socket, reconnecting; returns how to stop. */
  readonly startSync: () => () => void;
  /** Admits another device. Resolves once the new device is a member. */
  readonly invite: (
    dialogue: PairingDialogue,
  ) => Promise<Result<{ readonly device: DeviceId; readonly string: string }, SyncError>>;
  /** Stops every live sync and closes the log. */
  readonly close: () => Promise<void>;
}

/** Links `log` to the relay of its identity. Nothing is sent before it is asked for. */
export function linkToRelay(log: EncryptedLog, attachments: Attachments = noAttachments): RelayLink {
  const relay = connectAs(log);
  const sync = oneAtATime(() => syncAndTend(log, relay, attachments));
  const stops = new Set<() => void>();
  return {
    relay,
    sync,
    startSync: () => {
      const stop = startLiveSync({ log, relay, attachments, round: sync });
      stops.add(stop);
      return () => {
        if (stops.delete(stop)) stop();
      };
    },
    invite: (dialogue) => inviteDevice(log, dialogue, sync),
    close: async () => {
      for (const stop of stops) stop();
      await log.close();
    },
  };
}

/** One round, and where what it brought made this device write, a second one that takes it along. */
async function syncAndTend(
  log: EncryptedLog,
  relay: RelayClient,
  attachments: Attachments,
): Promise<Result<SyncReport, SyncError>> {
  // What is only remembered vouches for nothing that a relay shows, and is not told to one.
  await log.whenVerified();
  const first = await runRound(log, relay, attachments);
  if (!first.ok) return first;
  // What could not be written now is owed still, and tried after the next round.
  await tendKeys(log);
  // Not only keys that were owed: a device that found itself copied has new keys to make known before anybody else writes.
  const isDone = log.journal.outboxSize() === 0 && !log.journal.wantsReread();
  if (isDone || first.value.pulled === 0) return first;
  const second = await runRound(log, relay, attachments);
  if (!second.ok) return second;
  const [a, b] = [first.value, second.value];
  return {
    ok: true,
    value: {
      pushed: a.pushed + b.pushed,
      pulled: a.pulled + b.pulled,
      uploaded: a.uploaded + b.uploaded,
      downloaded: a.downloaded + b.downloaded,
    },
  };
}

/**
 * A client that speaks as whoever the log is at each moment: a device that turns out to be a copy goes on under new keys. A relay
 * that refuses it, or does not know the library, may have been restored to before it was admitted: it is told all membership
 * records, which it takes from anybody as far as its roster counts them, and is asked once more.
 */
function connectAs(log: EncryptedLog): RelayClient {
  let device: DeviceId | null = null;
  let client: RelayClient | null = null;
  const current = (): RelayClient => {
    if (client !== null && device === log.keys.device) return client;
    const { keys, identity, parts } = log;
    device = keys.device;
    client = parts.transport.connect({
      relay: identity.relay,
      library: identity.library,
      device,
      signChallenge: (message) => sign("albumen challenge 1", message, keys.signing),
    });
    return client;
  };
  const introduced = async <T>(
    ask: (client: RelayClient) => Promise<Result<T, TransportError>>,
  ): Promise<Result<T, TransportError>> => {
    const asked = await ask(current());
    if (asked.ok || asked.error.retryAfter !== null) return asked;
    if (asked.error.kind !== "refused" && asked.error.kind !== "not-found") return asked;
    const told = await current().append(membershipRecords(log));
    return told.ok && told.value.some(({ outcome }) => outcome === "stored") ? ask(current()) : asked;
  };
  return {
    append: (records) => introduced((known) => known.append(records)),
    read: (after, limit) => introduced((known) => known.read(after, limit)),
    putBlob: (name, bytes) => current().putBlob(name, bytes),
    getBlob: (name) => current().getBlob(name),
    live: (after, listener) => introduced((known) => known.live(after, listener)),
  };
}

/** Every membership record held, each after those that its author wrote before. */
function membershipRecords(log: EncryptedLog): readonly Uint8Array[] {
  const { entries, roster } = log.membership();
  const rankOf = (device: DeviceId): number => roster.memberOf(device)?.rank ?? Number.POSITIVE_INFINITY;
  const inRankOrder = [...entries].sort((a, b) => rankOf(a.device) - rankOf(b.device));
  return inRankOrder.map(({ parts }) => concatBytes(parts.signed, parts.signature));
}
