/**
 * Chains: how each device's records follow one another, as far as they are held, and what they give away. Every record names the
 * one before it, and says how far its author had seen the others; so a record that a relay withholds is missed, a device that
 * says two things at one place is found out, and neither stops anything: what is there counts.
 *
 * Two records at one place of a chain are a fork: a copied or restored device, or a thief. A record that is named and not held is
 * missing: still on its way, lost, or withheld. Nothing here judges which.
 */
import type { Frontier } from "../ids/frontier.ts";
import type { DeviceId, RecordHash } from "../ids/ids.ts";
import { compareText } from "../primitives/bytes.ts";

/** A record's place. */
export interface ChainLink extends Frontier {
  /** Null where the sequence is 1. */
  readonly previous: RecordHash | null;
}

/** Different records of one device at one sequence. */
export interface Fork {
  readonly device: DeviceId;
  readonly sequence: number;
  /** Sorted; at least two. */
  readonly hashes: readonly RecordHash[];
}

/** A record that is named and not held. */
export interface MissingRecord extends Frontier {
  /** Whose records name it, sorted: its own device's where a later one follows it. */
  readonly toldBy: readonly DeviceId[];
}

/** The chains of all devices. */
export interface Chains {
  /** Takes a record in; repetition changes nothing. */
  readonly add: (link: ChainLink) => void;
  /** Takes in what the author of a held record says it had seen. */
  readonly noteSeen: (by: DeviceId, seen: readonly Frontier[]) => void;
  /** The furthest record of each device, sorted by device; where it forked there, the one with the lower hash. */
  readonly frontiers: () => readonly Frontier[];
  readonly frontier: (device: DeviceId) => Frontier | null;
  /** Hash of the record before a held one; null where it is the first, or not held. */
  readonly previousOf: (hash: RecordHash) => RecordHash | null;
  /** Whether a held record of the same device follows this place. */
  readonly isFollowed: (place: Frontier) => boolean;
  /** The records of a device that no held record of it follows: one, or one for each branch. By (sequence, hash). */
  readonly tips: (device: DeviceId) => readonly Frontier[];
  /** By (device, sequence). */
  readonly forks: () => readonly Fork[];
  /** By (device, sequence, hash). */
  readonly missing: () => readonly MissingRecord[];
}

/** No chains yet. */
export function createChains(): Chains {
  const links = new Map<RecordHash, ChainLink>();
  const followed = new Set<string>();
  const frontiers = new Map<DeviceId, Frontier>();
  const hashesAt = new Map<string, RecordHash[]>();
  const forkedAt = new Set<string>();
  const wanted = new Map<RecordHash, { readonly at: Frontier; readonly toldBy: Set<DeviceId> }>();
  const want = ({ device, sequence, hash }: Frontier, by: DeviceId): void => {
    if (links.has(hash)) return;
    const known = wanted.get(hash) ?? { at: { device, sequence, hash }, toldBy: new Set() };
    wanted.set(hash, known);
    known.toldBy.add(by);
  };
  return {
    add: (link) => {
      const { device, sequence, hash, previous } = link;
      if (links.has(hash)) return;
      links.set(hash, link);
      wanted.delete(hash);
      if (isFurther(link, frontiers.get(device))) frontiers.set(device, { device, sequence, hash });
      const place = `${device}${sequence}`;
      const here = hashesAt.get(place);
      if (here === undefined) hashesAt.set(place, [hash]);
      else {
        here.push(hash);
        forkedAt.add(place);
      }
      if (previous === null) return;
      followed.add(placeKey({ device, sequence: sequence - 1, hash: previous }));
      want({ device, sequence: sequence - 1, hash: previous }, device);
    },
    noteSeen: (by, seen) => {
      for (const frontier of seen) want(frontier, by);
    },
    frontiers: () => [...frontiers.values()].sort((a, b) => compareText(a.device, b.device)),
    frontier: (device) => frontiers.get(device) ?? null,
    previousOf: (hash) => links.get(hash)?.previous ?? null,
    isFollowed: (place) => followed.has(placeKey(place)),
    tips: (device) =>
      [...links.values()]
        .filter((link) => link.device === device && !followed.has(placeKey(link)))
        .map(({ sequence, hash }) => ({ device, sequence, hash }))
        .sort(comparePlaces),
    forks: () =>
      [...forkedAt]
        .map((place) => ({
          device: place.slice(0, 64) as DeviceId,
          sequence: Number(place.slice(64)),
          hashes: [...(hashesAt.get(place) ?? [])].sort(compareText),
        }))
        .sort((a, b) => compareText(a.device, b.device) || a.sequence - b.sequence),
    missing: () =>
      [...wanted.values()].map(({ at, toldBy }) => ({ ...at, toldBy: [...toldBy].sort(compareText) })).sort(comparePlaces),
  };
}

/** A place as text: a device vouches for the records of its own chain and for nobody else's. */
export function placeKey({ device, sequence, hash }: Frontier): string {
  return `${device}${sequence}.${hash}`;
}

function isFurther(link: Frontier, known: Frontier | undefined): boolean {
  if (known === undefined || link.sequence > known.sequence) return true;
  return link.sequence === known.sequence && compareText(link.hash, known.hash) < 0;
}

function comparePlaces(a: Frontier, b: Frontier): number {
  return compareText(a.device, b.device) || a.sequence - b.sequence || compareText(a.hash, b.hash);
}
