/**
 * Candidates: the changes of one free document that may count, each with who carries it.
 *
 * A change by a device's actor is that device's own, so only its own records bring it; another may bring along one that its
 * device wrote too, in whatever document, as the clone of a document does. A change by the actor of no device comes from
 * outside the log: from the time before a repository was attached, or from elsewhere on a network. Anybody may bring it.
 *
 * A change of void records only (their device was removed before them) counts where a change of a record that holds builds on
 * it, however far back: a member has built on it, so it stays, and is named.
 */
import type { DeviceId, RecordHash } from "../../ids/ids.ts";
import { compareText } from "../../primitives/bytes.ts";
import type { CarriedChange } from "../content.ts";
import type { FreeChange } from "../free-change.ts";

/** What judging a document needs to know of the library. */
export interface DocumentContext {
  readonly isVoid: (record: RecordHash) => boolean;
  /** 0 is the most senior; infinite of whoever was never a member. */
  readonly rankOf: (device: DeviceId) => number;
  /** The device whose actor it is; null of an actor of none. */
  readonly deviceOf: (actor: string) => DeviceId | null;
  /** Whether the device of a change's actor wrote the change itself, in whatever document. */
  readonly isOwn: (hash: string) => boolean;
  /** Whether a record waits for its device's allowance. */
  readonly waits: (record: RecordHash) => boolean;
}

/** A change that may count. */
export interface Candidate {
  readonly change: FreeChange;
  /** The device of its actor; null where it is of none. */
  readonly owner: DeviceId | null;
  /** Records that bring it, void ones too. */
  readonly carriers: readonly CarriedChange[];
  /** Whether only void records bring it. */
  readonly isVoid: boolean;
}

/** A change that does not count, or counts although its records are void, and why. */
export interface NamedChange {
  readonly hash: string;
  /** Who carries it. */
  readonly device: DeviceId;
  readonly reason: string;
}

/** The changes of a document, sorted out. */
export interface Candidates {
  readonly byHash: ReadonlyMap<string, Candidate>;
  readonly left: readonly (NamedChange & { readonly waits: boolean })[];
  /** Those of void records that stay. */
  readonly kept: readonly NamedChange[];
}

/** Sorts out `changes`, all of one document. */
export function sortCandidates(changes: readonly CarriedChange[], context: DocumentContext): Candidates {
  const left: Candidates["left"][number][] = [];
  const carriersByHash = new Map<string, CarriedChange[]>();
  for (const change of changes) {
    const owner = context.deviceOf(change.actor);
    const name = (reason: string): number => left.push({ hash: change.hash, device: change.device, reason, waits: true });
    if (owner !== null && owner !== change.device && !context.isOwn(change.hash)) name("it is by the actor of another device");
    else if (context.waits(change.record)) name("its device brought more operations than the library allows it so far");
    else carriersByHash.set(change.hash, [...(carriersByHash.get(change.hash) ?? []), change]);
  }
  const all = new Map<string, Candidate>();
  for (const [hash, carriers] of carriersByHash) {
    carriers.sort((a, b) => compareText(a.record, b.record));
    const [change] = carriers;
    if (change === undefined) continue;
    const isVoid = carriers.every(({ record }) => context.isVoid(record));
    all.set(hash, { change, owner: context.deviceOf(change.actor), carriers, isVoid });
  }
  const needed = builtOn(all);
  const [byHash, kept] = [new Map<string, Candidate>(), [] as NamedChange[]];
  for (const [hash, candidate] of all) {
    const { isVoid, carriers } = candidate;
    const device = carriers[0]?.device;
    if (!isVoid || needed.has(hash)) byHash.set(hash, candidate);
    if (!isVoid || device === undefined) continue;
    if (needed.has(hash)) kept.push({ hash, device, reason: "its device was removed before it, and a member has built on it" });
    else left.push({ hash, device, reason: "its device was removed before it", waits: false });
  }
  return { byHash, left, kept };
}

/** What changes of records that hold build on. */
function builtOn(candidates: ReadonlyMap<string, Candidate>): ReadonlySet<string> {
  const needed = new Set<string>();
  const open = [...candidates.values()].filter(({ isVoid }) => !isVoid).flatMap(({ change }) => change.dependencies);
  for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
    const candidate = candidates.get(hash);
    if (candidate === undefined || needed.has(hash)) continue;
    needed.add(hash);
    if (candidate.isVoid) open.push(...candidate.change.dependencies);
  }
  return needed;
}
