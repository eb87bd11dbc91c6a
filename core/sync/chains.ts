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

/** The records of one device. */
interface DeviceChain {
  /** By sequence; several where it forked. */
  readonly linksAt: Map<number, ChainLink | readonly ChainLink[]>;
  /** The furthest; of several the one with the lower hash. */
  furthest: ChainLink;
}

/** No chains yet. */
export function createChains(): Chains {
  const links = new Map<RecordHash, ChainLink>();
  const byDevice = new Map<DeviceId, DeviceChain>();
  const forked: Omit<Frontier, "hash">[] = [];
  const wanted = new Map<RecordHash, { readonly at: Frontier; readonly toldBy: Set<DeviceId> }>();
  const want = (device: DeviceId, sequence: number, hash: RecordHash, by: DeviceId): void => {
    if (links.has(hash)) return;
    const known = wanted.get(hash) ?? { at: { device, sequence, hash }, toldBy: new Set() };
    wanted.set(hash, known);
    known.toldBy.add(by);
  };
  const linksAt = (device: DeviceId, sequence: number): readonly ChainLink[] => {
    const here = byDevice.get(device)?.linksAt.get(sequence);
    return here === undefined ? [] : "hash" in here ? [here] : here;
  };
  const isFollowed = ({ device, sequence, hash }: Frontier): boolean =>
    linksAt(device, sequence + 1).some((link) => link.previous === hash);
  return {
    add: (link) => {
      const { device, sequence, hash, previous } = link;
      if (links.has(hash)) return;
      links.set(hash, link);
      wanted.delete(hash);
      const chain = byDevice.get(device) ?? { linksAt: new Map(), furthest: link };
      if (chain.linksAt.size === 0) byDevice.set(device, chain);
      if (isFurther(link, chain.furthest)) chain.furthest = link;
      const here = linksAt(device, sequence);
      if (here.length === 1) forked.push({ device, sequence });
      chain.linksAt.set(sequence, here.length === 0 ? link : [...here, link]);
      if (previous !== null) want(device, sequence - 1, previous, device);
    },
    noteSeen: (by, seen) => {
      for (const { device, sequence, hash } of seen) want(device, sequence, hash, by);
    },
    frontiers: () =>
      [...byDevice.values()].map(({ furthest }) => placeOf(furthest)).sort((a, b) => compareText(a.device, b.device)),
    frontier: (device) => {
      const chain = byDevice.get(device);
      return chain === undefined ? null : placeOf(chain.furthest);
    },
    previousOf: (hash) => links.get(hash)?.previous ?? null,
    isFollowed,
    tips: (device) =>
      [...(byDevice.get(device)?.linksAt.keys() ?? [])]
        .flatMap((sequence) => linksAt(device, sequence).filter((link) => !isFollowed(link)))
        .map(placeOf)
        .sort(comparePlaces),
    forks: () =>
      forked
        .map(({ device, sequence }) => ({
          device,
          sequence,
          hashes: linksAt(device, sequence)
            .map(({ hash }) => hash)
            .sort(compareText),
        }))
        .sort((a, b) => compareText(a.device, b.device) || a.sequence - b.sequence),
    missing: () =>
      [...wanted.values()].map(({ at, toldBy }) => ({ ...at, toldBy: [...toldBy].sort(compareText) })).sort(comparePlaces),
  };
}

function placeOf({ device, sequence, hash }: ChainLink): Frontier {
  return { device, sequence, hash };
}

function isFurther(link: ChainLink, known: ChainLink): boolean {
  return link.sequence > known.sequence || (link.sequence === known.sequence && compareText(link.hash, known.hash) < 0);
}

function comparePlaces(a: Frontier, b: Frontier): number {
  return compareText(a.device, b.device) || a.sequence - b.sequence || compareText(a.hash, b.hash);
}
