/** Link: a log with its relay: rounds of sync one at a time, live sync, invitations of other devices. */
import { sign } from "@albumen/core/crypto/sign.ts";
import type { DeviceId } from "@albumen/core/ids/ids.ts";
import type { Result } from "@albumen/core/primitives/result.ts";
import type { PairingDialogue, SyncError } from "./api.ts";
import { noAttachments, type Attachments } from "./attachments.ts";
import { inviteDevice } from "./invite.ts";
import { startLiveSync } from "./live-sync.ts";
import type { EncryptedLog } from "./log.ts";
import { oneAtATime, type SyncRound } from "./one-at-a-time.ts";
import type { RelayClient } from "./relay-port.ts";
import { runRound } from "./round.ts";

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
  const { relay: address, library } = log.identity;
  const { device, signing } = log.keys;
  const signChallenge = (message: Uint8Array): Uint8Array => sign("albumen challenge 1", message, signing);
  const relay = log.parts.transport.connect({ relay: address, library, device, signChallenge });
  const sync = oneAtATime(() => runRound(log, relay, attachments));
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
