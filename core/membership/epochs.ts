/**
 * Epochs: the generations of the library's key, and under which of them to write.
 *
 * An epoch is founded by a membership record and named by its hash. A head is an epoch that counts and that no counting epoch
 * names as a parent. A device writes only under a head that a current member founded, whose recipients are exactly the current
 * members, and whose key it holds;
 * where there is none it rotates first. So what is written after a removal is known is never encrypted to the removed device,
 * and a device that was given a false key helps itself.
 */
import type { DeviceId, EpochId, RecordHash } from "../ids/ids.ts";
import { compareText } from "../primitives/bytes.ts";
import type { MembershipRecord, Roster } from "../roster/roster.ts";
import { epochOfStatement, type EpochPart } from "../roster/statement.ts";

/** An epoch of the library. */
export interface Epoch extends EpochPart {
  readonly id: EpochId;
  /** Who founded it. */
  readonly author: DeviceId;
  /** False where the record that founded it does not count: it stays readable, and nobody writes under it. */
  readonly counts: boolean;
}

/** The epochs that `records` found, by id. */
export function epochsOf(records: readonly MembershipRecord[], roster: Roster): readonly Epoch[] {
  const epochs = new Map<EpochId, Epoch>();
  for (const { hash, device: author, statement } of records) {
    const part = epochOfStatement(statement);
    if (part === null) continue;
    const id = epochFoundedBy(hash);
    epochs.set(id, { ...part, id, author, counts: roster.counting.has(hash) });
  }
  return [...epochs.values()].sort((a, b) => compareText(a.id, b.id));
}

/** The id of the epoch that the record `hash` founds. */
export function epochFoundedBy(hash: RecordHash): EpochId {
  return hash as string as EpochId;
}

/** The heads, sorted by id. */
export function headEpochs(epochs: readonly Epoch[]): readonly Epoch[] {
  const counting = epochs.filter((epoch) => epoch.counts);
  const replaced = new Set(counting.flatMap((epoch) => epoch.parents));
  return counting.filter((epoch) => !replaced.has(epoch.id));
}

/**
 * The epoch to write under for whoever holds the keys `held`: the head with the least id whose recipients are `members`. Null
 * where there is none: then rotate first.
 */
export function writableAmong(
  epochs: readonly Epoch[],
  members: readonly { readonly device: DeviceId }[],
  held: ReadonlyMap<EpochId, unknown>,
): EpochId | null {
  const current = members.map((member) => member.device).sort(compareText);
  const fits = headEpochs(epochs).find(({ id, author, boxes }) => {
    // Who founded an epoch knows its key, also once it is removed and no recipient any more.
    return held.has(id) && current.includes(author) && boxes.map((box) => box.device).join() === current.join();
  });
  return fits?.id ?? null;
}
