/**
 * Held chains: the records that a cut-off lets hold, which are those it names and their chain ancestors. The chain is walked
 * once and only when somebody asks, so the cost is its length, not its square; where it has a gap the walk ends, and what lies
 * before the gap holds as soon as the gap is filled.
 */
import type { RecordHash } from "../ids/ids.ts";
import type { ChainPoint } from "./statement.ts";

/** A set of records. */
export interface HeldChains {
  readonly has: (hash: RecordHash) => boolean;
}

/** What `cutoff` lets hold; `previousOf` gives the hash before a record that is held here. */
export function createHeldChains(cutoff: readonly ChainPoint[], previousOf: (hash: RecordHash) => RecordHash | null): HeldChains {
  let held: Set<RecordHash> | null = null;
  return {
    has: (hash) => {
      held ??= walkBack(cutoff, previousOf);
      return held.has(hash);
    },
  };
}

function walkBack(cutoff: readonly ChainPoint[], previousOf: (hash: RecordHash) => RecordHash | null): Set<RecordHash> {
  const held = new Set<RecordHash>();
  for (const named of cutoff) {
    for (let at: RecordHash | null = named.hash; at !== null && !held.has(at); at = previousOf(at)) held.add(at);
  }
  return held;
}
