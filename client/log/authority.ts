/**
 * Authority: what members do about members: removing devices, rotating the key, adopting what a removed device wrote. Each is one
 * membership record.
 */
import type { DeviceId, RecordHash } from "@albumen/core/ids/ids.ts";
import { keepRecords, removeMembers, rotateEpoch } from "@albumen/core/membership/author.ts";
import { writableEpoch, type Membership } from "@albumen/core/membership/membership.ts";
import { compareText } from "@albumen/core/primitives/bytes.ts";
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import type { AuthorityError, WriteError } from "./api.ts";
import { cutOff } from "./cut-off.ts";
import type { EncryptedLog } from "./log.ts";
import { currentWords, wrongWords } from "./recovery-words.ts";

/**
 * Removes `devices`, with a new key for those who stay. What this device has seen of them holds, and what the others said to have
 * seen; later records are set aside. A device that is senior to this one goes only with `words`, the recovery words.
 */
export function removeDevices(
  log: EncryptedLog,
  devices: readonly DeviceId[],
  words: string | null,
): Promise<Result<null, WriteError>> {
  return log.exclusive(async () => {
    const membership = log.membership();
    const keys = words === null ? undefined : currentWords(membership, words);
    if (words !== null && keys === undefined) return err(wrongWords);
    const refused = refusalToRemove(membership, devices, keys?.device ?? log.keys.device);
    if (refused !== null) return err(refused);
    const removed = [...new Set(devices)].sort(compareText).map((device) => cutOff(log.journal.ledger, device, devices));
    const written = await log.writeMembership((authoring) => removeMembers(authoring, membership, removed), keys);
    return written.ok ? ok(null) : written;
  });
}

/** Gives the library a new key, for exactly the current members. */
export function rotateKeys(log: EncryptedLog): Promise<Result<null, WriteError>> {
  return log.exclusive(async () => {
    const written = await log.writeMembership(rotateEpoch);
    return written.ok ? ok(null) : written;
  });
}

/** Lets the record `hash` of a removed device count, with all before it in its chain. */
export function adoptRecords(log: EncryptedLog, hash: RecordHash): Promise<Result<null, WriteError>> {
  return log.exclusive(async () => {
    const aside = log.journal.ledger.aside().find((record) => record.hash === hash);
    if (aside === undefined) {
      const reason = "no record with this id is set aside: look at what is, and name one of them";
      return err({ kind: "nothing-to-do", reason });
    }
    const rotated = await rotateIfNeeded(log);
    if (!rotated.ok) return rotated;
    const { device, sequence } = aside;
    const written = await log.writeMembership((authoring, membership) =>
      keepRecords(authoring, membership, device, { sequence, hash }),
    );
    return written.ok ? ok(null) : written;
  });
}

/** Makes an epoch that fits the current members where there is none: what founds no epoch is encrypted under one. */
export function rotateIfNeeded(log: EncryptedLog): Promise<Result<RecordHash | null, WriteError>> {
  return log.writeMembership((authoring, membership) =>
    writableEpoch(membership) === null ? rotateEpoch(authoring, membership) : null,
  );
}

function refusalToRemove({ roster }: Membership, devices: readonly DeviceId[], author: DeviceId): AuthorityError | null {
  if (devices.length === 0) return { kind: "nothing-to-do", reason: "no device was named: name at least one" };
  const rank = roster.memberOf(author)?.rank ?? Number.POSITIVE_INFINITY;
  for (const device of devices) {
    const member = roster.memberOf(device);
    if (member === null) return { kind: "unknown-device", reason: "no device with this id belongs to the library" };
    if (member.removedBy !== null) return { kind: "nothing-to-do", reason: "this device was removed before" };
    if (member.words && device === author) {
      const reason = "recovery words do not remove themselves but are replaced: make new words with the old ones at hand";
      return { kind: "nothing-to-do", reason };
    }
    if (member.rank < rank) {
      const reason =
        "it joined before the device that asks, or admitted it: it can be removed only with the recovery words at hand";
      return { kind: "needs-words", reason };
    }
  }
  return null;
}
