/**
 * Roster: who is a member, a pure function of the set of authentic membership records. Devices and the relay run it alike.
 * With pictures and the cases that break simpler rules: docs/MEMBERSHIP.md.
 *
 * Definition. Keys form a tree: the words at its root, the founder beneath them, and whoever is added beneath its adder. The
 * children of a key are ordered: recovery words first (by hash of their add), then the founder, then devices by (sequence, hash)
 * of their add. Rank is the order in which a walk meets the keys, each before what is beneath it; a key that was added more than
 * once stands where it is met first. Rule. Keys are visited in that order. A removal counts only against its author's own key or
 * a key that was not visited yet, so when a key is visited every removal that can cut it off has been seen: its cut-off is final,
 * and its own adds and removals within that cut-off then apply. Consequence. One pass, no circle; nobody removes a senior,
 * nobody is admitted twice.
 *
 * A cut-off is a set of places in a device's chain: a record holds iff it is named or a chain ancestor of one named. For
 * membership records the most senior counting removal's cut-off alone holds; for content, cut-offs and `keep`s join by union.
 * A `keep` counts only about another device: nobody vouches for itself.
 */
import type { DeviceId, LibraryId, RecordHash } from "../ids/ids.ts";
import { compareText } from "../primitives/bytes.ts";
import { createHeldChains } from "./held-chains.ts";
import { addMessage, createMessage } from "./statement-messages.ts";
import type { AddStatement, ChainPoint, RemoveStatement, Statement } from "./statement.ts";

/** A membership record whose authenticity was checked. */
export interface MembershipRecord extends ChainPoint {
  readonly device: DeviceId;
  readonly statement: Statement;
}

/** Somebody the roster admits or once admitted. */
export interface Member {
  readonly device: DeviceId;
  /** X25519 public key, 32 bytes. */
  readonly seal: Uint8Array;
  /** Whether it is recovery words. */
  readonly words: boolean;
  /** 0 is the most senior. */
  readonly rank: number;
  readonly addedBy: DeviceId | null;
  /** The record that admitted it. */
  readonly addedIn: RecordHash;
  /** Null while it is a member. */
  readonly removedBy: DeviceId | null;
  /** The record of the most senior removal; null while it is a member. */
  readonly removedIn: RecordHash | null;
}

/** The outcome. */
export interface Roster {
  readonly library: LibraryId;
  /** Everybody ever admitted, in rank order; the words come first. */
  readonly members: readonly Member[];
  readonly memberOf: (device: DeviceId) => Member | null;
  /** Whether a content record of `device` at this place counts; those of strangers do only where a member keeps them. */
  readonly isContentHeld: (device: DeviceId, point: ChainPoint) => boolean;
  /** Hashes of the membership records that count. */
  readonly counting: ReadonlySet<RecordHash>;
}

/** What evaluation needs beside the records. */
export interface RosterContext {
  /** Ed25519 of `device` over a message of statement kind "create" or "add". */
  readonly verify: (kind: "create" | "add", message: Uint8Array, signature: Uint8Array, device: DeviceId) => boolean;
  /** Hash of the record before the one named, where that record is held. */
  readonly previousOf: (hash: RecordHash) => RecordHash | null;
}

interface Candidate {
  readonly device: DeviceId;
  readonly seal: Uint8Array;
  readonly words: boolean;
  readonly addedBy: DeviceId | null;
  readonly addedIn: RecordHash;
}

interface Removal {
  readonly by: DeviceId;
  readonly record: RecordHash;
  readonly cutoff: readonly ChainPoint[];
}

/** What is known while the walk goes on. */
interface Walk {
  readonly library: LibraryId;
  readonly context: RosterContext;
  readonly visited: Map<DeviceId, Candidate>;
  /** The most senior removal of a key first. */
  readonly removals: Map<DeviceId, Removal[]>;
  readonly counting: Map<RecordHash, MembershipRecord>;
}

/** Who belongs to `library`; null where its `create` record is not among `records` or is not signed by its words. */
export function evaluateRoster(library: LibraryId, records: readonly MembershipRecord[], context: RosterContext): Roster | null {
  const founding = records.find((record) => (record.hash as string) === library);
  if (founding?.statement.kind !== "create" || founding.sequence !== 1) return null;
  const { statement, device: founder } = founding;
  if (!context.verify("create", createMessage(founder, statement), statement.wordsSignature, statement.words)) return null;
  const walk: Walk = { library, context, visited: new Map(), removals: new Map(), counting: new Map() };
  const words: Candidate = {
    device: statement.words,
    seal: statement.wordsSeal,
    words: true,
    addedBy: null,
    addedIn: founding.hash,
  };
  const first: Candidate = {
    device: founder,
    seal: statement.seal,
    words: false,
    addedBy: statement.words,
    addedIn: founding.hash,
  };
  const byDevice = recordsByDevice(records);
  // What is to be visited, the next one last.
  const ahead: Candidate[] = [words];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    if (walk.visited.has(next.device)) continue;
    const { addedWords, addedDevices } = visit(next, byDevice.get(next.device) ?? [], walk);
    ahead.push(...addedDevices.reverse(), ...(next === words ? [first] : []), ...addedWords.reverse());
  }
  return finish(walk);
}

/** Visits a key: which of its records hold, and what they do. Whom it added, in the order of their rank. */
function visit(
  key: Candidate,
  own: readonly MembershipRecord[],
  walk: Walk,
): { readonly addedWords: Candidate[]; readonly addedDevices: Candidate[] } {
  const { visited, removals, counting, context } = walk;
  visited.set(key.device, key);
  // A key may remove itself, and the cut-off it then names for itself is as final as a senior's.
  const final = removals.get(key.device)?.[0] ?? ownRemoval(own, key.device);
  const held = final === undefined ? null : createHeldChains(final.cutoff, context.previousOf);
  const addedWords: [RecordHash, Candidate][] = [];
  const addedDevices: Candidate[] = [];
  for (const record of own) {
    if (held !== null && record.hash !== final?.record && !held.has(record.hash)) continue;
    const { statement, hash } = record;
    if (!isEffective(record, statement, walk)) continue;
    counting.set(hash, record);
    if (statement.kind === "remove") noteRemovals(record, statement, walk);
    if (statement.kind !== "add") continue;
    const { device, seal, words } = statement;
    const added = { device, seal, words, addedBy: key.device, addedIn: hash };
    if (words) addedWords.push([hash, added]);
    else addedDevices.push(added);
  }
  addedWords.sort(([a], [b]) => compareText(a, b));
  return { addedWords: addedWords.map(([, added]) => added), addedDevices };
}

/** Whether a record of the key that is being visited does what it says. */
function isEffective(record: MembershipRecord, statement: Statement, walk: Walk): boolean {
  switch (statement.kind) {
    case "create":
      return (record.hash as string) === walk.library;
    case "add":
      return isCountersigned(record.device, statement, walk);
    case "remove":
      return statement.removed.some(({ device }) => isRemovable(record.device, device, walk));
    case "keep":
      return statement.device !== record.device;
    case "rotate":
    case "seal":
    case "ask":
      return true;
  }
}

function isCountersigned(adder: DeviceId, statement: AddStatement, { library, context }: Walk): boolean {
  const { countersignature, device } = statement;
  return context.verify("add", addMessage(library, adder, statement), countersignature, device);
}

/** Whoever was visited before is more senior. */
function isRemovable(by: DeviceId, device: DeviceId, { visited }: Walk): boolean {
  return device === by || !visited.has(device);
}

function noteRemovals(record: MembershipRecord, { removed }: RemoveStatement, walk: Walk): void {
  const { device: by, hash } = record;
  for (const { device, cutoff } of removed) {
    if (!isRemovable(by, device, walk)) continue;
    walk.removals.set(device, [...(walk.removals.get(device) ?? []), { by, record: hash, cutoff }]);
  }
}

/** The earliest removal by which a key removes itself. */
function ownRemoval(own: readonly MembershipRecord[], device: DeviceId): Removal | undefined {
  for (const { statement, hash } of own) {
    if (statement.kind !== "remove") continue;
    const self = statement.removed.find((removed) => removed.device === device);
    if (self !== undefined) return { by: device, record: hash, cutoff: self.cutoff };
  }
  return undefined;
}

function finish({ library, visited, removals, counting, context }: Walk): Roster {
  const members = [...visited.values()].map((key, rank): Member => {
    const removal = removals.get(key.device)?.[0];
    return { ...key, rank, removedBy: removal?.by ?? null, removedIn: removal?.record ?? null };
  });
  const memberByDevice = new Map(members.map((member) => [member.device, member]));
  const keptByDevice = new Map<DeviceId, ChainPoint[]>();
  for (const { statement } of counting.values()) {
    if (statement.kind === "keep") keptByDevice.set(statement.device, [...(keptByDevice.get(statement.device) ?? []), statement]);
  }
  const heldByDevice = new Map<DeviceId, ReturnType<typeof createHeldChains>>();
  for (const device of new Set([...removals.keys(), ...keptByDevice.keys()])) {
    const removed = removals.get(device);
    // Nothing is cut off from a member that nobody removed; and a removal lets nothing of a stranger hold, only a keep does.
    if (visited.has(device) && removed === undefined) continue;
    const named = visited.has(device) ? (removed ?? []).flatMap((removal) => removal.cutoff) : [];
    heldByDevice.set(device, createHeldChains([...named, ...(keptByDevice.get(device) ?? [])], context.previousOf));
  }
  return {
    library,
    members,
    memberOf: (device) => memberByDevice.get(device) ?? null,
    isContentHeld: (device, point) => heldByDevice.get(device)?.has(point.hash) ?? visited.has(device),
    counting: new Set(counting.keys()),
  };
}

/** Each record once, a device's own in the order of its chain; where it forked, by hash. */
function recordsByDevice(records: readonly MembershipRecord[]): Map<DeviceId, MembershipRecord[]> {
  const unique = [...new Map(records.map((record) => [record.hash, record])).values()];
  unique.sort((a, b) => a.sequence - b.sequence || compareText(a.hash, b.hash));
  const byDevice = new Map<DeviceId, MembershipRecord[]>();
  for (const record of unique) {
    const own = byDevice.get(record.device);
    if (own === undefined) byDevice.set(record.device, [record]);
    else own.push(record);
  }
  return byDevice;
}
