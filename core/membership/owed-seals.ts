/**
 * Owed seals: which keys this member should seal to which other members, because they lack them as far as the records show.
 *
 * A member holds the keys of epochs that it founded, that have a box for it, or that were sealed to it, and whatever the private
 * parts of those wrap; but what its newest `ask` names it does not hold, unless a `seal` that it did not call failed gave it
 * since. A false box cannot be told from a true one by others, so only its owner can say so: that is what `ask` is for.
 * Epochs that do not count are sealed as well: records of members may stand under them.
 */
import type { DeviceId, EpochId, RecordHash } from "../ids/ids.ts";
import type { Member } from "../roster/roster.ts";
import type { AskStatement, SealStatement } from "../roster/statement.ts";
import { currentMembers, type Membership } from "./membership.ts";
import { leadingTo, reachable, trueWraps } from "./wraps.ts";

/**
 * After so many seals of one member that held no right key it is not asked again, and so many times a member seals one key to
 * another: whoever seals rubbish, or asks without end, tires nobody for good.
 */
const patience = 3;

/** Most keys that one `ask` names. */
const maximalAsked = 1000;

/** One key for one member. */
export interface OwedSeal {
  /** Null for the library's secret. */
  readonly of: EpochId | null;
  readonly to: Member;
}

/** What `self` owes, sorted by member's rank and epoch; never to itself, never to somebody who was removed. */
export function owedSeals(membership: Membership, self: DeviceId): readonly OwedSeal[] {
  const { keys, privateParts, roster, epochs, secret } = membership;
  const leads = trueWraps(keys, privateParts);
  const owed: OwedSeal[] = [];
  const ours = epochs.filter((epoch) => keys.has(epoch.id) && roster.memberOf(epoch.author) !== null);
  for (const to of currentMembers(membership)) {
    if (to.device === self) continue;
    const said = heardFrom(membership, to.device);
    const given = epochs.filter(({ id, author, boxes }) => {
      if (author === to.device || said.sealed.has(id)) return true;
      return boxes.some((box) => box.device === to.device) && said.ask?.epochs.includes(id) !== true;
    });
    const held = reachable(
      given.map((epoch) => epoch.id),
      leads,
    );
    const lacking = ours.flatMap((epoch) => (held.has(epoch.id) ? [] : [epoch.id]));
    const isWorthSealing = (of: EpochId | null): boolean => sealedBy(membership, self, to.device, of) < patience;
    for (const of of leadingTo(lacking, leads)) if (isWorthSealing(of)) owed.push({ of, to });
    if (secret !== null && said.ask?.secret === true && !said.sealed.has(null) && isWorthSealing(null))
      owed.push({ of: null, to });
  }
  return owed;
}

/**
 * What `self` should ask for: keys whose boxes for it held something else. Null where there is nothing, where its newest `ask`
 * says just that, and where every other member has sealed rubbish to it three times.
 */
export function dueAsk(membership: Membership, self: DeviceId): Omit<AskStatement, "kind"> | null {
  const { secretFailed: secret, entries } = membership;
  const epochs = membership.failedEpochs.slice(0, maximalAsked);
  const failedSeals = membership.failedSeals.slice(0, maximalAsked);
  if (epochs.length === 0 && !secret) return null;
  const sealers = entries.filter(({ hash }) => failedSeals.includes(hash)).map(({ device }) => device);
  const isWorthAsking = currentMembers(membership).some(
    ({ device, words }) => !words && device !== self && sealers.filter((sealer) => sealer === device).length < patience,
  );
  if (!isWorthAsking) return null;
  const asked = heardFrom(membership, self).ask;
  const same = asked !== null && asked.secret === secret && isSame(asked.epochs, epochs) && isSame(asked.failed, failedSeals);
  return same ? null : { epochs, secret, failed: failedSeals };
}

/** The newest `ask` of a member, and what was sealed to it since by a box that it did not call failed. */
function heardFrom(
  { entries, roster }: Membership,
  device: DeviceId,
): { readonly ask: AskStatement | null; readonly sealed: ReadonlySet<EpochId | null> } {
  let ask: AskStatement | null = null;
  const seals: (readonly [RecordHash, SealStatement])[] = [];
  // Entries of one device come in the order of its chain: the last one is the newest.
  for (const { hash, device: author, statement } of entries) {
    if (!roster.counting.has(hash)) continue;
    if (statement.kind === "ask" && author === device) ask = statement;
    if (statement.kind === "seal" && statement.device === device) seals.push([hash, statement]);
  }
  const failed = new Set(ask?.failed ?? []);
  return { ask, sealed: new Set(seals.flatMap(([hash, { of }]) => (failed.has(hash) ? [] : [of]))) };
}

/** How often `self` has sealed a key to `device`. */
function sealedBy({ entries }: Membership, self: DeviceId, device: DeviceId, of: EpochId | null): number {
  return entries.filter(
    ({ device: author, statement }) =>
      author === self && statement.kind === "seal" && statement.device === device && statement.of === of,
  ).length;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, at) => text === b[at]);
}
