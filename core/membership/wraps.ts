/**
 * Wraps: epoch keys inside the private parts of later epochs' records, by which whoever holds a newer key reads what came
 * before. A wrap is trusted as far as the key in it meets its epoch's commitment; two records of one liar may wrap each other in
 * a circle, so what is enough to reach everything is computed, not assumed from the order of the records.
 */
import type { EpochKey } from "../crypto/keys.ts";
import type { EpochId, RecordHash } from "../ids/ids.ts";
import { compareText, equalBytes } from "../primitives/bytes.ts";
import type { PrivatePart } from "./private-part.ts";

/** Which epochs the key of an epoch leads to at once. */
export type Leads = (epoch: EpochId) => readonly EpochId[];

/** The true wraps among `privateParts`: those whose key is the one in `keys`. */
export function trueWraps(
  keys: ReadonlyMap<EpochId, EpochKey>,
  privateParts: ReadonlyMap<RecordHash, Pick<PrivatePart, "wraps">>,
): Leads {
  return (epoch) => {
    const wraps = privateParts.get(epoch as string as RecordHash)?.wraps ?? [];
    return wraps.flatMap(({ epoch: wrapped, key }) => {
      const held = keys.get(wrapped);
      return held !== undefined && equalBytes(held, key) ? [wrapped] : [];
    });
  };
}

/** `from` and every epoch that they lead to. */
export function reachable(from: Iterable<EpochId>, leads: Leads): ReadonlySet<EpochId> {
  const reached = new Set<EpochId>();
  const ahead = [...from];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    ahead.push(...leads(next));
  }
  return reached;
}

/** Those of `wanted` that, taken together, lead to all of `wanted`; as few as the wraps allow but for circles, sorted. */
export function leadingTo(wanted: Iterable<EpochId>, leads: Leads): readonly EpochId[] {
  const all = [...new Set(wanted)].sort(compareText);
  const ledTo = new Set(all.flatMap((epoch) => leads(epoch).filter((other) => other !== epoch)));
  const chosen = all.filter((epoch) => !ledTo.has(epoch));
  const reached = new Set(reachable(chosen, leads));
  // What is left is reached only from within a circle: the least of each circle opens it.
  for (const epoch of all) {
    if (reached.has(epoch)) continue;
    chosen.push(epoch);
    for (const more of reachable([epoch], leads)) reached.add(more);
  }
  return chosen.sort(compareText);
}
