/**
 * Contests. Automerge holds one change per (actor, seq); two of them in one batch make the whole batch throw, and one of them alone
 * keeps the other out for good. So where two claim one (actor, seq), one counts.
 *
 * Backed is a change by the devices whose records bring it or a change that builds on it, records that hold only; the device of
 * the actor itself backs neither, since only it can have written both. The change whose most senior backer is more senior counts;
 * then the one that stands earlier in its carrier's chain; then the lesser hash.
 *
 * Why not the lesser hash alone: a member shows one change, waits until another device has built on it, and then shows a second
 * one that it ground to a lesser hash; the other device's work would vanish. Why not the most senior carrier alone: an actor of no
 * device, under which a document began before the log carried it, can be claimed by whoever has seen it. As it is, nobody can
 * displace what somebody senior to it wrote or built on; and whoever is senior could remove the junior with a cut-off, which does
 * as much. What loses is kept in the log and named.
 */
import type { DeviceId } from "../../ids/ids.ts";
import { compareText } from "../../primitives/bytes.ts";
import type { Candidate, DocumentContext } from "./candidates.ts";

/** The two most senior devices that back a change, the more senior first. */
type Backers = readonly { readonly device: DeviceId; readonly rank: number }[];

/** The changes that lose. */
export function losingChanges(
  candidates: ReadonlyMap<string, Candidate>,
  { rankOf, isVoid }: Pick<DocumentContext, "rankOf" | "isVoid">,
): ReadonlySet<string> {
  const contests = contestsAmong(candidates);
  const losers = new Set<string>();
  if (contests.length === 0) return losers;
  const { children, inOrder } = orderOf(candidates);
  const backers = backersOf(inOrder, candidates, { rankOf, isVoid });
  /** Losers and what builds on them. */
  const fallen = new Set<string>();
  for (const contest of contests) {
    const standing = contest.filter(({ change }) => !fallen.has(change.hash));
    const ranked = (standing.length > 0 ? standing : contest).map((candidate) => rank(candidate, backers));
    ranked.sort((a, b) => a.rank - b.rank || a.sequence - b.sequence || compareText(a.hash, b.hash));
    const winner = ranked[0]?.hash;
    for (const { change } of contest) {
      if (change.hash === winner) continue;
      losers.add(change.hash);
      const open = [change.hash];
      for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
        if (fallen.has(hash)) continue;
        fallen.add(hash);
        open.push(...(children.get(hash) ?? []));
      }
    }
  }
  return losers;
}

/** Groups of changes that claim one (actor, seq), those with the least number of an operation first. */
function contestsAmong(candidates: ReadonlyMap<string, Candidate>): readonly (readonly Candidate[])[] {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates.values()) {
    const place = `${candidate.change.actor}.${candidate.change.seq}`;
    groups.set(place, [...(groups.get(place) ?? []), candidate]);
  }
  const contested = [...groups].filter(([, group]) => group.length > 1);
  const least = (group: readonly Candidate[]): number => Math.min(...group.map(({ change }) => change.startOp));
  contested.sort(([a, first], [b, second]) => least(first) - least(second) || compareText(a, b));
  return contested.map(([, group]) => group);
}

interface Order {
  readonly children: ReadonlyMap<string, readonly string[]>;
  /** Each after what it builds on; without those that build on what is not there. */
  readonly inOrder: readonly Candidate[];
}

function orderOf(candidates: ReadonlyMap<string, Candidate>): Order {
  const children = new Map<string, string[]>();
  const missing = new Map<string, number>();
  const open: Candidate[] = [];
  for (const candidate of candidates.values()) {
    const { hash, dependencies } = candidate.change;
    missing.set(hash, dependencies.length);
    if (dependencies.length === 0) open.push(candidate);
    for (const dependency of dependencies) {
      const known = children.get(dependency);
      if (known === undefined) children.set(dependency, [hash]);
      else known.push(hash);
    }
  }
  const inOrder: Candidate[] = [];
  for (let candidate = open.pop(); candidate !== undefined; candidate = open.pop()) {
    inOrder.push(candidate);
    for (const child of children.get(candidate.change.hash) ?? []) {
      const left = (missing.get(child) ?? 0) - 1;
      missing.set(child, left);
      const ready = candidates.get(child);
      if (left === 0 && ready !== undefined) open.push(ready);
    }
  }
  return { children, inOrder };
}

/** The backers of each change, handed down from what builds on it. */
function backersOf(
  inOrder: readonly Candidate[],
  candidates: ReadonlyMap<string, Candidate>,
  { rankOf, isVoid }: Pick<DocumentContext, "rankOf" | "isVoid">,
): ReadonlyMap<string, Backers> {
  const backers = new Map<string, Backers>();
  for (const [hash, { carriers }] of candidates) {
    const own = carriers.filter(({ record }) => !isVoid(record)).map(({ device }) => ({ device, rank: rankOf(device) }));
    backers.set(hash, mostSenior(own));
  }
  for (const { change } of [...inOrder].reverse()) {
    const own = backers.get(change.hash) ?? [];
    for (const dependency of change.dependencies) {
      const known = backers.get(dependency);
      if (known !== undefined) backers.set(dependency, mostSenior([...known, ...own]));
    }
  }
  return backers;
}

function mostSenior(backers: Backers): Backers {
  const sorted = [...backers].sort((a, b) => a.rank - b.rank || compareText(a.device, b.device));
  return sorted.filter(({ device }, at) => sorted.findIndex((other) => other.device === device) === at).slice(0, 2);
}

function rank(
  { change: { hash }, owner, carriers }: Candidate,
  backers: ReadonlyMap<string, Backers>,
): { readonly hash: string; readonly rank: number; readonly sequence: number } {
  const others = (backers.get(hash) ?? []).filter(({ device }) => device !== owner);
  return {
    hash,
    rank: others[0]?.rank ?? Number.POSITIVE_INFINITY,
    sequence: Math.min(...carriers.map(({ sequence }) => sequence)),
  };
}
