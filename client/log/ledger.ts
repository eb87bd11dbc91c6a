/**
 * Ledger: the records that this device accepted, in memory, and what they mean: who is a member, what each record says, where
 * every chain stands. `stage` checks untrusted bytes without changing anything; `commit` takes what the store has made durable.
 *
 * What counts is a function of the set: a record that cannot be opened yet waits and is opened when a key arrives, whatever the
 * order of delivery. A record whose content is refused is quarantined alone and keeps its place in its chain.
 */
import type { MemberKeys } from "@albumen/core/crypto/keys.ts";
import type { CarriedChange, DocumentChange } from "@albumen/core/documents/content.ts";
import type { VerifiedRecord } from "@albumen/core/facts/verified-record.ts";
import type { Frontier } from "@albumen/core/ids/frontier.ts";
import type { DeviceId, LibraryId, RecordHash } from "@albumen/core/ids/ids.ts";
import type { MembershipEntry } from "@albumen/core/membership/entry.ts";
import { createMembershipMemo } from "@albumen/core/membership/memo.ts";
import { evaluateMembership, type Membership } from "@albumen/core/membership/membership.ts";
import { compareText } from "@albumen/core/primitives/bytes.ts";
import { parseStatement } from "@albumen/core/roster/statement-codec.ts";
import { createChains, type Chains } from "@albumen/core/sync/chains.ts";
import type { QuarantineView } from "./api.ts";
import type { LogMemory } from "@albumen/core/snapshot/memory.ts";
import { createEntry, createRecordKeys, openEntry, type Entry } from "./entry.ts";
import { memoryOf, rememberedEntries } from "./remembered.ts";
import { stageBatch, type Staged, type StagedRecord, type StagingContext } from "./staging.ts";

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
  /** Whether the roster sets a record that is held aside. */
  readonly isVoid: (record: Frontier) => boolean;
  /** How the records of each device follow one another. */
  readonly chains: Omit<Chains, "add" | "noteSeen">;
  /** Content that opened and that the roster sets aside, in order of arrival. */
  readonly aside: () => readonly VerifiedRecord[];
  /** Milliseconds since 1970 by the clock of `device` at the newest record of it that opened; null where none did. */
  readonly lastActive: (device: DeviceId) => number | null;
  readonly has: (hash: RecordHash) => boolean;
  /** Takes in what a snapshot says of records that are not held: it is believed, not verified. */
  readonly remember: (memory: LogMemory) => void;
  /** What is to be remembered: all that is held but membership records. */
  readonly memory: () => LogMemory;
  /** What is held, in order of arrival. */
  readonly entries: () => Iterable<Entry>;
  readonly entry: (hash: RecordHash) => Entry | null;
}

/** An empty ledger of `library` for the holder of `keys`. */
export function createLedger(library: LibraryId, keys: MemberKeys): Ledger {
  const entries = new Map<RecordHash, Entry>();
  const chains = createChains();
  const activity: Activity = new Map();
  const apart = new Set<Entry>();
  const refused = new Map<string, QuarantineView>();
  const heldOf = new Map<DeviceId, number>();
  const memo = createMembershipMemo();
  const freeChanges: CarriedChange[] = [];
  const membershipEntries: MembershipEntry[] = [];
  let membership: Membership | null = null;

  const note = (entry: Entry): void => {
    if (entry.apart === null) apart.delete(entry);
    else apart.add(entry);
    if (entry.content === null) return;
    chains.noteSeen(entry.content.device, entry.content.seen);
    freeChanges.push(...entry.freeChanges);
    if (membership !== null) noteActivity(activity, entry.content, membership);
  };
  const hold = (entry: Entry): void => {
    const { hash, device } = entry.link;
    entries.set(hash, entry);
    heldOf.set(device, (heldOf.get(device) ?? 0) + 1);
    chains.add(entry.link);
    note(entry);
  };
  const evaluate = (): void => {
    membership = evaluateMembership(library, membershipEntries, keys, chains.previousOf, memo);
  };
  const commit = (records: readonly StagedRecord[]): void => {
    const fresh = records.filter(({ hash }) => !entries.has(hash)).map(createEntry);
    let newMembers = false;
    for (const entry of fresh) {
      hold(entry);
      // What holds of a removed device follows from its chain, so that a record which fills a gap in it may change the roster.
      if (membership !== null && membership.roster.memberOf(entry.link.device)?.removedBy !== null) newMembers = true;
      const statement = membershipEntryOf(entry);
      newMembers ||= statement !== null;
      if (statement !== null) membershipEntries.push(statement);
    }
    if (newMembers) evaluate();
    openWaiting(newMembers ? entries.values() : fresh, membership, note);
  };
  const remember = (memory: LogMemory): void => {
    for (const entry of rememberedEntries(memory)) if (!entries.has(entry.link.hash)) hold(entry);
    // The chains of removed devices decide what holds of them.
    if (membership !== null) evaluate();
  };
  return {
    stage: (records) => stageBatch(records, { library, held: entries, chains, refused, ...knownIn(membership, heldOf) }),
    commit,
    membership: () => membership,
    verified: () => [...entries.values()].flatMap((entry) => entry.content ?? []),
    changes: () => [...entries.values()].flatMap((entry) => entry.changes),
    freeChanges: () => freeChanges,
    apart: () => [...[...apart].flatMap(apartView), ...refused.values()].sort((a, b) => compareText(a.id, b.id)),
    isVoid: (record) => membership === null || isSetAside(record, membership),
    chains,
    aside: () => (membership === null ? [] : findAside(entries.values(), membership)),
    lastActive: (device) => activity.get(device)?.at ?? null,
    has: (hash) => entries.has(hash),
    remember,
    memory: () => memoryOf(entries.values(), new Set(membershipEntries.map(({ hash }) => hash))),
    entries: () => entries.values(),
    entry: (hash) => entries.get(hash) ?? null,
  };
}

function isSetAside(record: Frontier, { roster }: Membership): boolean {
  return !roster.isContentHeld(record.device, record);
}

/** Events of removed devices that do not hold; while nobody was removed there are none, and nothing is looked through. */
function findAside(entries: Iterable<Entry>, membership: Membership): readonly VerifiedRecord[] {
  if (membership.roster.members.every((member) => member.removedBy === null)) return [];
  return [...entries].flatMap((entry) => {
    const { content } = entry;
    return content !== null && content.events.length > 0 && isSetAside(content, membership) ? [content] : [];
  });
}

/** Opens what the keys of `membership` open of `candidates`; `note` hears of each. */
function openWaiting(candidates: Iterable<Entry>, membership: Membership | null, note: (entry: Entry) => void): void {
  if (membership === null) return;
  const keyOf = createRecordKeys(membership);
  for (const entry of candidates) if (entry.waiting !== null && openEntry(entry, entry.waiting, membership, keyOf)) note(entry);
}

/** Who is known, and how many of the records `heldOf` counts are of others. */
function knownIn(
  membership: Membership | null,
  heldOf: ReadonlyMap<DeviceId, number>,
): Pick<StagingContext, "isKnown" | "strangers"> {
  if (membership === null) return { isKnown: null, strangers: 0 };
  const isKnown = (device: DeviceId): boolean => membership.roster.memberOf(device) !== null;
  let strangers = 0;
  for (const [device, count] of heldOf) if (!isKnown(device)) strangers += count;
  return { isKnown, strangers };
}

/** The newest thing that each device did and that opened. */
type Activity = Map<DeviceId, { readonly sequence: number; readonly at: number }>;

function noteActivity(activity: Activity, { device, sequence, hash, events }: VerifiedRecord, membership: Membership): void {
  const at = events.at(-1)?.at ?? membership.privateParts.get(hash)?.at;
  if (at !== undefined && sequence >= (activity.get(device)?.sequence ?? 0)) activity.set(device, { sequence, at });
}

/** What a membership record says; one that this version cannot read is set apart. */
function membershipEntryOf(entry: Entry): MembershipEntry | null {
  const { hash, device, sequence } = entry.link;
  const parts = entry.waiting?.parts;
  if (parts === undefined || parts.publicPart === null) return null;
  const statement = parseStatement(parts.publicPart);
  if (statement !== null) return { hash, device, sequence, statement, parts };
  Object.assign(entry, { waiting: null, apart: newerStatement });
  return null;
}

const newerStatement = "it says something about membership that needs a newer version of Albumen";

function apartView({ apart, link: { hash, device } }: Entry): QuarantineView[] {
  return apart === null ? [] : [{ id: hash, device, reason: apart }];
}
