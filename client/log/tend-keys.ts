/**
 * Tending: what a member owes the others about keys, done after each complete round. It seals keys to those who lack them, asks
 * for keys that did not arrive, and once a month the most senior device that is in use gives the library a new key.
 */
import type { DeviceId } from "@albumen/core/ids/ids.ts";
import { askForKeys, rotateEpoch, sealOwed } from "@albumen/core/membership/author.ts";
import { headEpochs } from "@albumen/core/membership/epochs.ts";
import { currentMembers, type Membership } from "@albumen/core/membership/membership.ts";
import { dueAsk, owedSeals } from "@albumen/core/membership/owed-seals.ts";
import { ok, type Result } from "@albumen/core/primitives/result.ts";
import type { RecordHash } from "@albumen/core/ids/ids.ts";
import type { WriteError } from "./api.ts";
import { rotateIfNeeded } from "./authority.ts";
import type { EncryptedLog } from "./log.ts";

/** Milliseconds after which a key is old, and after which a device that wrote nothing is not in use. */
const month = 30 * 24 * 3_600_000;

/** Does what is owed; resolves to the number of records written. Nothing where this device was removed. */
export function tendKeys(log: EncryptedLog): Promise<Result<number, WriteError>> {
  return log.exclusive(async () => {
    const self = log.keys.device;
    if (!log.isMember()) return ok(0);
    const { ledger } = log.journal;
    const due = isRotationDue(log.membership(), self, ledger.lastActive, log.parts.clock());
    const rotated = due ? await log.writeMembership(rotateEpoch) : ok(null);
    if (!rotated.ok) return rotated;
    const supplied = await supply(log, self);
    return supplied.ok ? ok(supplied.value + (due ? 1 : 0)) : supplied;
  });
}

async function supply(log: EncryptedLog, self: DeviceId): Promise<Result<number, WriteError>> {
  const membership = log.membership();
  const owed = owedSeals(membership, self);
  const ask = dueAsk(membership, self);
  if (ask === null && owed.length === 0) return ok(0);
  const rotated = await rotateIfNeeded(log);
  if (!rotated.ok) return rotated;
  const works = [
    ...owed.map((seal) => () => log.writeMembership((authoring, members) => sealOwed(authoring, members, seal))),
    ...(ask === null ? [] : [() => log.writeMembership((authoring, members) => askForKeys(authoring, members, ask))]),
  ];
  for (const work of works) {
    const written = await work();
    if (!written.ok) return written;
  }
  return ok(works.length);
}

/**
 * Whether it is the turn of `self` to rotate: every head is older than a month by its author's clock, and nobody more senior was
 * active since. Clocks decide when somebody rotates, never what counts; one that is wrong rotates too often or never.
 */
export function isRotationDue(
  membership: Membership,
  self: DeviceId,
  lastActive: (device: DeviceId) => number | null,
  now: number,
): boolean {
  // A head that says nothing of its time, or comes from the future, is old: else one liar would keep the others from rotating.
  const isFresh = headEpochs(membership.epochs).some(({ id }) => {
    const at = membership.privateParts.get(id as string as RecordHash)?.at ?? Number.NEGATIVE_INFINITY;
    return at > now - month && at <= now + month;
  });
  if (isFresh) return false;
  const senior = currentMembers(membership).find(({ device, words }) => {
    return !words && (device === self || (lastActive(device) ?? Number.NEGATIVE_INFINITY) > now - month);
  });
  return senior?.device === self;
}
