/**
 * Roster: who is a member, a pure function of the set of authentic membership records. Devices and the relay run it alike.
 *
 * Definition. Rank of the words is the empty path, of the founder (0); whoever is added has its adder's path extended by
 * (sequence, hash) of the add. Paths compare lexicographically, a beginning before what it begins; a key's least admitted path
 * decides. Rule. Keys are visited in rank order. A removal counts only against its author's own key or a key of greater rank,
 * so when a key is visited every removal that can cut it off has been seen: its cut-off is final, and its own adds and removals
 * within that cut-off then apply. Consequence. One pass, no circle; nobody removes a senior, nobody is admitted twice.
 *
 * A cut-off is a set of places in a device's chain: a record holds iff it is named or a chain ancestor of one named. For
 * membership records the most senior counting removal's cut-off alone holds; for content, cut-offs and `keep`s join by union.
 */
import type { DeviceId, LibraryId, RecordHash } from "../ids/ids.ts";
import { compareText } from "../primitives/bytes.ts";
import { addMessage, createMessage, type ChainPoint, type Statement } from "./statement.ts";

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
  readonly words: boolean;
  /** 0 is the most senior. */
  readonly rank: number;
  readonly addedBy: DeviceId | null;
  /** Null while it is a member. */
  readonly removedBy: DeviceId | null;
}

/** The outcome. */
export interface Roster {
  readonly library: LibraryId;
  /** Everybody ever admitted, in rank order; the words come first. */
  readonly members: readonly Member[];
  /** Whether a content record of `device` at this place counts; records of strangers never do. */
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

type Path = readonly ChainPoint[];

interface Candidate {
  readonly path: Path;
  readonly device: DeviceId;
  readonly seal: Uint8Array;
  readonly words: boolean;
  readonly addedBy: DeviceId | null;
}

interface Removal {
  readonly by: DeviceId;
  readonly cutoff: readonly ChainPoint[];
}

/** Who belongs to `library`; null where its `create` record is not among `records` or is not signed by its words. */
export function evaluateRoster(library: LibraryId, records: readonly MembershipRecord[], context: RosterContext): Roster | null {
  const founding = records.find((record) => (record.hash as string) === library);
  if (founding?.statement.kind !== "create" || founding.sequence !== 1) return null;
  const { statement, device: founder } = founding;
  if (!context.verify("create", createMessage(founder, statement), statement.wordsSignature, statement.words)) return null;
  const candidates: Candidate[] = [
    { path: [], device: statement.words, seal: statement.wordsSeal, words: true, addedBy: null },
    {
      path: [{ sequence: 0, hash: "" as RecordHash }],
      device: founder,
      seal: statement.seal,
      words: false,
      addedBy: statement.words,
    },
  ];
  return visitInRankOrder(library, candidates, recordsByDevice(records), context);
}

function visitInRankOrder(
  library: LibraryId,
  candidates: Candidate[],
  byDevice: ReadonlyMap<DeviceId, readonly MembershipRecord[]>,
  context: RosterContext,
): Roster {
  const visited = new Map<DeviceId, Candidate>();
  const removals = new Map<DeviceId, Removal[]>();
  const counting = new Map<RecordHash, MembershipRecord>();
  for (;;) {
    candidates.sort((a, b) => comparePaths(b.path, a.path));
    const next = candidates.pop();
    if (next === undefined) break;
    if (visited.has(next.device)) continue;
    visited.set(next.device, next);
    const own = byDevice.get(next.device) ?? [];
    // A key may remove itself, and the cut-off it then names for itself is as final as a senior's.
    const senior = removals.get(next.device)?.[0] ?? ownRemoval(own, next.device);
    for (const record of own) {
      if (senior !== undefined && !isSelfRemoval(record, senior) && !isWithin(senior.cutoff, record, context)) continue;
      if (applyStatement(library, record, next, { candidates, visited, removals, context })) counting.set(record.hash, record);
    }
  }
  return finish(library, visited, removals, counting, context);
}

interface Visit {
  readonly candidates: Candidate[];
  readonly visited: ReadonlyMap<DeviceId, Candidate>;
  readonly removals: Map<DeviceId, Removal[]>;
  readonly context: RosterContext;
}

/** Applies one record of the key that is being visited; whether it counts. */
function applyStatement(library: LibraryId, record: MembershipRecord, author: Candidate, visit: Visit): boolean {
  const { statement, device: by } = record;
  switch (statement.kind) {
    case "create":
      return (record.hash as string) === library;
    case "add": {
      const { device, seal, countersignature } = statement;
      if (!visit.context.verify("add", addMessage(library, by, statement), countersignature, device)) return false;
      const path = [...author.path, { sequence: record.sequence, hash: record.hash }];
      visit.candidates.push({ path, device, seal, words: false, addedBy: by });
      return true;
    }
    case "remove": {
      if (statement.device !== by && visit.visited.has(statement.device)) return false;
      const known = visit.removals.get(statement.device) ?? [];
      visit.removals.set(statement.device, [...known, { by, cutoff: statement.cutoff }]);
      return true;
    }
    case "rotate":
    case "seal":
    case "keep":
      return true;
  }
}

function finish(
  library: LibraryId,
  visited: ReadonlyMap<DeviceId, Candidate>,
  removals: ReadonlyMap<DeviceId, readonly Removal[]>,
  counting: ReadonlyMap<RecordHash, MembershipRecord>,
  context: RosterContext,
): Roster {
  const members = [...visited.values()].map((key, rank): Member => {
    const { device, seal, words, addedBy } = key;
    return { device, seal, words, rank, addedBy, removedBy: removals.get(device)?.[0]?.by ?? null };
  });
  const kept = new Map<DeviceId, ChainPoint[]>();
  for (const { statement } of counting.values()) {
    if (statement.kind === "keep") kept.set(statement.device, [...(kept.get(statement.device) ?? []), statement]);
  }
  const isContentHeld = (device: DeviceId, point: ChainPoint): boolean => {
    if (!visited.has(device)) return false;
    const removed = removals.get(device);
    if (removed === undefined) return true;
    const cutoff = [...removed.flatMap((removal) => removal.cutoff), ...(kept.get(device) ?? [])];
    return isWithin(cutoff, point, context);
  };
  return { library, members, isContentHeld, counting: new Set(counting.keys()) };
}

function recordsByDevice(records: readonly MembershipRecord[]): Map<DeviceId, MembershipRecord[]> {
  const unique = [...new Map(records.map((record) => [record.hash, record])).values()];
  unique.sort((a, b) => a.sequence - b.sequence || compareText(a.hash, b.hash));
  const byDevice = new Map<DeviceId, MembershipRecord[]>();
  for (const record of unique) byDevice.set(record.device, [...(byDevice.get(record.device) ?? []), record]);
  return byDevice;
}

function ownRemoval(own: readonly MembershipRecord[], device: DeviceId): Removal | undefined {
  for (const { statement } of own) {
    if (statement.kind === "remove" && statement.device === device) return { by: device, cutoff: statement.cutoff };
  }
  return undefined;
}

function isSelfRemoval(record: MembershipRecord, senior: Removal): boolean {
  const { statement } = record;
  return statement.kind === "remove" && statement.device === record.device && senior.by === record.device;
}

/** Whether `point` is named by the cut-off or a chain ancestor of a place that is. */
function isWithin(cutoff: readonly ChainPoint[], point: ChainPoint, context: RosterContext): boolean {
  return cutoff.some((named) => {
    let at: RecordHash | null = named.hash;
    for (let sequence = named.sequence; at !== null && sequence > point.sequence; sequence--) at = context.previousOf(at);
    return at === point.hash;
  });
}

function comparePaths(a: Path, b: Path): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const [left, right] = [a[i], b[i]];
    if (left === undefined || right === undefined) break;
    const order = left.sequence - right.sequence || compareText(left.hash, right.hash);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
