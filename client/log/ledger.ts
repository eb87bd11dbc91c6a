/**
 * Ledger: the records that this device accepted, in memory, and what they mean: who is a member, what each record says, where
 * every chain stands. `stage` checks untrusted bytes without changing anything; `commit` takes what the store has made durable.
 *
 * What counts is a function of the set: a record that cannot be opened yet waits and is opened when a key arrives, whatever the
 * order of delivery. A record whose content is refused is quarantined alone and keeps its place in its chain.
 */
import { recordKey, type MemberKeys, type RecordKey } from "@albumen/core/crypto/keys.ts";
import { unpackContent } from "@albumen/core/crypto/packing.ts";
import { isSignatureValid, openRecord } from "@albumen/core/crypto/record-seal.ts";
import { recordHash } from "@albumen/core/crypto/verify.ts";
import { contentCap, contentDictionary, verifyContent, type DocumentChange } from "@albumen/core/documents/content.ts";
import type { VerifiedRecord } from "@albumen/core/facts/verified-record.ts";
import type { DeviceId, LibraryId, RecordHash } from "@albumen/core/ids/ids.ts";
import type { MembershipEntry } from "@albumen/core/membership/entry.ts";
import { createMembershipMemo } from "@albumen/core/membership/memo.ts";
import { evaluateMembership, type Membership } from "@albumen/core/membership/membership.ts";
import { compareText } from "@albumen/core/primitives/bytes.ts";
import { parseStatement } from "@albumen/core/roster/statement-codec.ts";
import { createChains, placeKey, type Chains } from "@albumen/core/sync/chains.ts";
import { parseRecord, type RecordParts } from "@albumen/core/wire/record.ts";
import type { QuarantineView } from "./api.ts";

/** A record whose authenticity was checked, not yet durable. */
export interface StagedRecord {
  readonly hash: RecordHash;
  readonly bytes: Uint8Array;
  readonly parts: RecordParts;
}

/** Outcome of staging a batch. */
export interface Staged {
  /** New and authentic, in the order given. */
  readonly accepted: readonly StagedRecord[];
  readonly duplicates: number;
  readonly refused: readonly QuarantineView[];
}

/** The ledger of one device. */
export interface Ledger {
  readonly stage: (records: readonly Uint8Array[]) => Staged;
  readonly commit: (records: readonly StagedRecord[]) => void;
  /** Null until the library's `create` is held. */
  readonly membership: () => Membership | null;
  /** Records that were opened and verified, membership records (without events) among them. */
  readonly verified: () => readonly VerifiedRecord[];
  readonly changes: () => readonly DocumentChange[];
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

interface Entry {
  readonly staged: StagedRecord;
  /** Null until it was opened. */
  content: VerifiedRecord | null;
  changes: readonly DocumentChange[];
  /** Why it does not count; null where it does. */
  apart: string | null;
  /** Whether a key that arrives later may still open it. */
  waiting: boolean;
}

/** An empty ledger of `library` for the holder of `keys`. */
export function createLedger(library: LibraryId, keys: MemberKeys): Ledger {
  const entries = new Map<RecordHash, Entry>();
  const chains = createChains();
  const activity: Activity = new Map();
  const apart = new Set<Entry>();
  const refused = new Map<string, QuarantineView>();
  const memo = createMembershipMemo();
  let membershipEntries: MembershipEntry[] = [];
  let membership: Membership | null = null;

  const isVoid = (hash: RecordHash): boolean => {
    const header = entries.get(hash)?.staged.parts.header;
    if (header === undefined || membership === null) return true;
    return !membership.roster.isContentHeld(header.device, { sequence: header.sequence, hash });
  };
  const openWaiting = (candidates: Iterable<Entry>): void => {
    if (membership === null) return;
    const cache = new Map<string, RecordKey>();
    for (const entry of candidates) {
      if (!entry.waiting) continue;
      openEntry(entry, membership, cache);
      if (entry.apart === null) apart.delete(entry);
      if (entry.content === null) continue;
      chains.noteSeen(entry.content.device, entry.content.seen);
      noteActivity(activity, entry.content, membership);
    }
  };
  const commit = (records: readonly StagedRecord[]): void => {
    const fresh: Entry[] = [];
    let newMembers = false;
    for (const staged of records) {
      if (entries.has(staged.hash)) continue;
      const entry: Entry = { staged, content: null, changes: [], apart: "its key has not arrived yet", waiting: true };
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
    stage: (records) => stageBatch(records, { library, entries, chains, refused }),
    commit,
    membership: () => membership,
    verified: () => [...entries.values()].flatMap((entry) => entry.content ?? []),
    changes: () => [...entries.values()].flatMap((entry) => entry.changes),
    apart: () => [...[...apart].flatMap(apartView), ...refused.values()].sort((a, b) => compareText(a.id, b.id)),
    isVoid,
    chains,
    aside: () => {
      if (membership?.roster.members.every((member) => member.removedBy === null) !== false) return [];
      return [...entries.values()].flatMap(({ content }) =>
        content !== null && content.events.length > 0 && isVoid(content.hash) ? [content] : [],
      );
    },
    lastActive: (device) => activity.get(device)?.at ?? null,
    has: (hash) => entries.has(hash),
  };
}

/** The newest thing that each device did and that opened. */
type Activity = Map<DeviceId, { readonly sequence: number; readonly at: number }>;

function noteActivity(activity: Activity, { device, sequence, hash, events }: VerifiedRecord, membership: Membership): void {
  const at = events.at(-1)?.at ?? membership.privateParts.get(hash)?.at;
  if (at !== undefined && sequence >= (activity.get(device)?.sequence ?? 0)) activity.set(device, { sequence, at });
}

const newerStatement = "it says something about membership that needs a newer version of Albumen";

interface StagingContext {
  readonly library: LibraryId;
  readonly entries: ReadonlyMap<RecordHash, Entry>;
  readonly chains: Pick<Chains, "isFollowed">;
  readonly refused: Map<string, QuarantineView>;
}

function stageBatch(records: readonly Uint8Array[], context: StagingContext): Staged {
  const candidates = new Map<RecordHash, StagedRecord>();
  const refused: QuarantineView[] = [];
  let duplicates = 0;
  const refuse = (hash: RecordHash, device: DeviceId | null, reason: string): void => {
    refused.push({ id: hash, device, reason });
    // Bounded: a relay that sends rubbish without end fills no memory with it.
    if (context.refused.size < 1000) context.refused.set(hash, { id: hash, device, reason });
  };
  for (const bytes of records) {
    const hash = recordHash(bytes);
    if (context.entries.has(hash) || candidates.has(hash)) {
      duplicates++;
      continue;
    }
    const parts = parseRecord(bytes);
    if (!parts.ok) refuse(hash, null, parts.error.reason);
    else if ((parts.value.header.library ?? hash) !== context.library)
      refuse(hash, parts.value.header.device, "it belongs to another library");
    else candidates.set(hash, { hash, bytes, parts: parts.value });
  }
  const authentic = authenticate(candidates, context.chains);
  const accepted: StagedRecord[] = [];
  for (const staged of candidates.values()) {
    if (authentic.has(staged.hash)) accepted.push(staged);
    else refuse(staged.hash, staged.parts.header.device, "its signature is not its device's, or a byte of it was changed");
  }
  return { accepted, duplicates, refused };
}

/** Verifies the tips of runs and hashes the rest: a record that an authentic later one of its device chains to is authentic. */
function authenticate(
  candidates: ReadonlyMap<RecordHash, StagedRecord>,
  chains: Pick<Chains, "isFollowed">,
): ReadonlySet<RecordHash> {
  const newestFirst = [...candidates.values()].sort((a, b) => b.parts.header.sequence - a.parts.header.sequence);
  const vouchedFor = new Set<string>();
  const authentic = new Set<RecordHash>();
  for (const { hash, parts } of newestFirst) {
    const { device, sequence, previous } = parts.header;
    const place = { device, sequence, hash };
    if (!chains.isFollowed(place) && !vouchedFor.has(placeKey(place)) && !isSignatureValid(parts)) continue;
    authentic.add(hash);
    if (previous !== null) vouchedFor.add(placeKey({ device, sequence: sequence - 1, hash: previous }));
  }
  return authentic;
}

function openEntry(entry: Entry, membership: Membership, cache: Map<string, RecordKey>): void {
  const { parts, hash } = entry.staged;
  const { header } = parts;
  const { device, sequence, previous } = header;
  if (header.kind === "membership") {
    const part = membership.privateParts.get(hash);
    const seen = part?.seen ?? [];
    entry.content = { hash, device, sequence, previous, seen, events: [] };
    entry.apart = null;
    entry.waiting = part === undefined;
    return;
  }
  const epochKey = header.epoch === null ? undefined : membership.keys.get(header.epoch);
  if (epochKey === undefined) return;
  const place = `${header.epoch}${device}`;
  const key = cache.get(place) ?? recordKey(epochKey, header.library, header.epoch, device);
  cache.set(place, key);
  entry.waiting = false;
  const packed = openRecord(parts, key);
  if (packed === null) {
    entry.apart = "it does not decrypt under the key it names";
    return;
  }
  const content = unpackContent(packed, contentCap, contentDictionary);
  if (!content.ok) {
    entry.apart = content.error.reason;
    return;
  }
  const verified = verifyContent(content.value, header, hash);
  if (!verified.ok) {
    entry.apart = verified.error.reason;
    return;
  }
  entry.content = verified.value.record;
  entry.changes = verified.value.changes;
  entry.apart = null;
}

function apartView(entry: Entry): QuarantineView[] {
  const { hash, parts } = entry.staged;
  return entry.apart === null ? [] : [{ id: hash, device: parts.header.device, reason: entry.apart }];
}
