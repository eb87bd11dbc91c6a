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

/** After so many seals that held no right key the fault is not the sealers': asking again would never end. */
const patience = 20;

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
    for (const of of leadingTo(lacking, leads)) owed.push({ of, to });
    if (secret !== null && said.ask?.secret === true && !said.sealed.has(null)) owed.push({ of: null, to });
  }
  return owed;
}

/**
 * What `self` should ask for: keys whose boxes for it held something else. Null where there is nothing, where its newest `ask`
 * says just that, and where twenty seals did not help.
 */
export function dueAsk(membership: Membership, self: DeviceId): Omit<AskStatement, "kind"> | null {
  const { failedEpochs: epochs, secretFailed: secret, failedSeals } = membership;
  if ((epochs.length === 0 && !secret) || failedSeals.length >= patience) return null;
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

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, at) => text === b[at]);
}
