/**
 * Cut-offs: which records of a removed device hold. Beside the places that the remover saw last, a cut-off names every
 * membership record before them: a chain leads from one to the next through content, and whoever lacks some of that (a relay
 * that was restored; it takes membership records from anybody, content only from members) could not tell otherwise whom the
 * removed device had added before, and would lock out those who could bring what is missing.
 */
import type { RecordHash } from "../ids/ids.ts";
import { compareText } from "../primitives/bytes.ts";
import { createHeldChains } from "../roster/held-chains.ts";
import type { MembershipRecord } from "../roster/roster.ts";
import type { ChainPoint } from "../roster/statement.ts";

/** Entries that a statement may hold. */
const maximalPlaces = 1000;

/**
 * The cut-off that lets `seen` hold, with all before it. `own` are the membership records of the removed device that are held,
 * `previousOf` gives the hash before a record that is held. Where there are more than 1,000 places the oldest are left to the
 * chain.
 */
export function cutOffAt(
  seen: readonly ChainPoint[],
  own: readonly MembershipRecord[],
  previousOf: (hash: RecordHash) => RecordHash | null,
): readonly ChainPoint[] {
  const chains = createHeldChains(seen, previousOf);
  const membership = own.filter(({ hash }) => chains.has(hash)).map(({ sequence, hash }) => ({ sequence, hash }));
  const places = [...new Map([...seen, ...membership].map((place) => [place.hash, place])).values()];
  places.sort((a, b) => b.sequence - a.sequence || compareText(a.hash, b.hash));
  return places.slice(0, maximalPlaces);
}
