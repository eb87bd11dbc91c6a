/**
 * Ledger: the records that this device accepted, in memory, and what they mean: who is a member, what each record says, where
 * every chain stands. `stage` checks untrusted bytes without changing anything; `commit` takes what the store has made durable.
 *
 * What counts is a function of the set: a record that cannot be opened yet waits and is opened when a key arrives, whatever the
 * order of delivery. A record whose content is refused is quarantined alone and keeps its place in its chain.
 */
import type { MemberKeys, RecordKey } from "@albumen/core/crypto/keys.ts";
import type { CarriedChange, DocumentChange } from "@albumen/core/documents/content.ts";
import type { VerifiedRecord } from "@albumen/core/facts/verified-record.ts";
import type { DeviceId, LibraryId, RecordHash } from "@albumen/core/ids/ids.ts";
import type { MembershipEntry } from "@albumen/core/membership/entry.ts";
import { createMembershipMemo } from "@albumen/core/membership/memo.ts";
import { evaluateMembership, type Membership } from "@albumen/core/membership/membership.ts";
import { compareText } from "@albumen/core/primitives/bytes.ts";
import { parseStatement } from "@albumen/core/roster/statement-codec.ts";
import { createChains, type Chains } from "@albumen/core/sync/chains.ts";
import type { QuarantineView } from "./api.ts";
import { createEntry, openEntry, type Entry } from "./entry.ts";
import { stageBatch, type Staged, type StagedRecord } from "./staging.ts";

/** The ledger of one device. */
export interface Ledger {
  readonly stage: (records: readonly Uint8Array[]) => Staged;
  readonly commit: (records: readonly StagedRecord[]) => void;
  /** Null until the library's `create` is held. */
  readonly membership: () => Membership | null;
  /** Records that were opened and verified, membership records (without events) among them. */
  readonly verified: () => readonly VerifiedRecord[];
  readonly changes: () => readonly DocumentChange[];
  /** Changes of free documents, those of void records among them: one list that grows. */
  readonly freeChanges: () => readonly CarriedChange[];
  /** Records that do not count: refused, quarantined, waiting for a key, from a newer version. */
  readonly apart: () => readonly QuarantineView[];
  /** Whether the roster sets a record aside. */
  readonly isVoid: (hash: RecordHash) => boolean;
  /** How the records of each device follow one another. */
  readonly chains: Omit<Chains, "add" | "noteSeen">;
  /** Content that opened and that the roster sets aside, in order of arrival. */
  readonly aside: () => readonly VerifiedRecord[];
  /** Milliseconds since 1970 by the clock of `device` at the newest record of it that opened; null where none did. */
  readonly lastActive: (device: DeviceId) => number | null;
  readonly has: (hash: RecordHash) => boolean;
}

/** An empty ledger of `library` for the holder of `keys`. */
export function createLedger(library: LibraryId, keys: MemberKeys): Ledger {
  const entries = new Map<RecordHash, Entry>();
  const chains = createChains();
  const activity: Activity = new Map();
  const apart = new Set<Entry>();
  const refused = new Map<string, QuarantineView>();
  const memo = createMembershipMemo();
  const freeChanges: CarriedChange[] = [];
  let membershipEntries: MembershipEntry[] = [];
  let membership: Membership | null = null;

  const openWaiting = (candidates: Iterable<Entry>): void => {
    if (membership === null) return;
    const cache = new Map<string, RecordKey>();
    for (const entry of candidates) {
      if (!entry.waiting) continue;
      openEntry(entry, membership, cache);
      if (entry.apart === null) apart.delete(entry);
      if (entry.content === null) continue;
      if (!entry.waiting) freeChanges.push(...entry.freeChanges);
      chains.noteSeen(entry.content.device, entry.content.seen);
      noteActivity(activity, entry.content, membership);
    }
  };
  const commit = (records: readonly StagedRecord[]): void => {
    const fresh: Entry[] = [];
    let newMembers = false;
    for (const staged of records) {
      if (entries.has(staged.hash)) continue;
      const entry = createEntry(staged);
      entries.set(staged.hash, entry);
      apart.add(entry);
      fresh.push(entry);
      const { header, publicPart } = staged.parts;
      const { device, sequence, previous } = header;
      chains.add({ device, sequence, hash: staged.hash, previous });
      // What holds of a removed device follows from its chain, so that a record which fills a gap in it may change the roster.
      if (membership !== null && membership.roster.memberOf(device)?.removedBy !== null) newMembers = true;
      const statement = publicPart === null ? null : parseStatement(publicPart);
      if (publicPart !== null && statement === null) Object.assign(entry, { waiting: false, apart: newerStatement });
      if (statement === null) continue;
      membershipEntries = [...membershipEntries, { hash: staged.hash, device, sequence, statement, parts: staged.parts }];
      newMembers = true;
    }
    if (newMembers) membership = evaluateMembership(library, membershipEntries, keys, chains.previousOf, memo);
    openWaiting(newMembers ? entries.values() : fresh);
  };
  return {
    stage: (records) => stageBatch(records, { library, held: entries, chains, refused }),
    commit,
    membership: () => membership,
    verified: () => [...entries.values()].flatMap((entry) => entry.content ?? []),
    changes: () => [...entries.values()].flatMap((entry) => entry.changes),
    freeChanges: () => freeChanges,
    apart: () => [...[...apart].flatMap(apartView), ...refused.values()].sort((a, b) => compareText(a.id, b.id)),
    isVoid: (hash) => {
      const entry = entries.get(hash);
      return entry === undefined || membership === null || isSetAside(entry, membership);
    },
    chains,
    aside: () => (membership === null ? [] : findAside(entries.values(), membership)),
    lastActive: (device) => activity.get(device)?.at ?? null,
    has: (hash) => entries.has(hash),
  };
}

function isSetAside({ staged: { hash, parts } }: Entry, { roster }: Membership): boolean {
  const { device, sequence } = parts.header;
  return !roster.isContentHeld(device, { sequence, hash });
}

/** Events of removed devices that do not hold; while nobody was removed there are none, and nothing is looked through. */
function findAside(entries: Iterable<Entry>, membership: Membership): readonly VerifiedRecord[] {
  if (membership.roster.members.every((member) => member.removedBy === null)) return [];
  return [...entries].flatMap((entry) => {
    const { content } = entry;
    return content !== null && content.events.length > 0 && isSetAside(entry, membership) ? [content] : [];
  });
}

/** The newest thing that each device did and that opened. */
type Activity = Map<DeviceId, { readonly sequence: number; readonly at: number }>;

function noteActivity(activity: Activity, { device, sequence, hash, events }: VerifiedRecord, membership: Membership): void {
  const at = events.at(-1)?.at ?? membership.privateParts.get(hash)?.at;
  if (at !== undefined && sequence >= (activity.get(device)?.sequence ?? 0)) activity.set(device, { sequence, at });
}

const newerStatement = "it says something about membership that needs a newer version of Albumen";

function apartView(entry: Entry): QuarantineView[] {
  const { hash, parts } = entry.staged;
  return entry.apart === null ? [] : [{ id: hash, device: parts.header.device, reason: entry.apart }];
}
