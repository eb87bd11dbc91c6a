/**
 * Membership: the roster with what only members can read: the keys of the epochs, the library's secret, the devices' names. A
 * pure function of the set of authentic membership records and of one's own keys.
 */
import type { MemberKeys } from "../crypto/keys.ts";
import { verifySignature } from "../crypto/verify.ts";
import type { DeviceId, EpochId, LibraryId, RecordHash } from "../ids/ids.ts";
import { compareText } from "../primitives/bytes.ts";
import { evaluateRoster, type Member, type Roster } from "../roster/roster.ts";
import { isDeviceName } from "./device-name.ts";
import type { MembershipEntry } from "./entry.ts";
import { epochsOf, writableAmong, type Epoch } from "./epochs.ts";
import { createMembershipMemo, type MembershipMemo } from "./memo.ts";
import { openKeys, type OpenedKeys } from "./opened-keys.ts";

/** Who belongs to the library, and what this member can open. */
export interface Membership extends OpenedKeys {
  readonly library: LibraryId;
  /** Each record once, by (device, sequence, hash). */
  readonly entries: readonly MembershipEntry[];
  readonly roster: Roster;
  /** Sorted by id. */
  readonly epochs: readonly Epoch[];
  readonly names: ReadonlyMap<DeviceId, string>;
  /** Counting membership records without successors, sorted: the parents of the next `add`. */
  readonly heads: readonly RecordHash[];
}

/** The membership that `records` give to whoever holds `keys`; null where the library's `create` is not among them. */
export function evaluateMembership(
  library: LibraryId,
  records: readonly MembershipEntry[],
  keys: MemberKeys,
  previousOf: (hash: RecordHash) => RecordHash | null,
  memo: MembershipMemo = createMembershipMemo(),
): Membership | null {
  const entries = inOrder(records);
  const roster = evaluateRoster(library, entries, { verify: memo.remember(verifyStatement), previousOf });
  if (roster === null) return null;
  // What strangers seal is opened by nobody: they could make a member ask for keys without end.
  const admitted = entries.filter((entry) => roster.memberOf(entry.device) !== null);
  const epochs = epochsOf(admitted, roster);
  const opened = openKeys(library, admitted, epochs, keys, memo);
  const heads = headsOf(entries, roster);
  return { library, entries, roster, epochs, names: namesOf(entries, roster, opened), heads, ...opened };
}

/** The members that no removal holds against, in rank order. */
export function currentMembers({ roster }: Pick<Membership, "roster">): readonly Member[] {
  return roster.members.filter((member) => member.removedBy === null);
}

/** The epoch to write under (see `epochs.ts`); null where there is none: then rotate first. */
export function writableEpoch(membership: Membership): EpochId | null {
  return writableAmong(membership.epochs, currentMembers(membership), membership.keys);
}

/** Checks a signature inside a statement: the words' in a `create`, the added key's in an `add`. */
export function verifyStatement(kind: "create" | "add", message: Uint8Array, signature: Uint8Array, device: DeviceId): boolean {
  return verifySignature(kind === "create" ? "albumen create 1" : "albumen countersign 1", message, signature, device);
}

/** A device is called what it says itself, or what its adder said when it added it; nobody else is asked. */
function namesOf(
  entries: readonly MembershipEntry[],
  { counting }: Roster,
  { privateParts }: OpenedKeys,
): ReadonlyMap<DeviceId, string> {
  const given = new Map<DeviceId, string>();
  const own = new Map<DeviceId, string>();
  for (const { hash, device: author, statement } of entries) {
    if (!counting.has(hash)) continue;
    for (const { device, name } of privateParts.get(hash)?.names ?? []) {
      if (!isDeviceName(name)) continue;
      if (device === author) own.set(device, name);
      else if (statement.kind === "add" && statement.device === device) given.set(device, name);
    }
  }
  return new Map([...given, ...own]);
}

function headsOf(entries: readonly MembershipEntry[], roster: Roster): readonly RecordHash[] {
  const latest = new Map<DeviceId, MembershipEntry>();
  const named = new Set<RecordHash>();
  for (const entry of entries) {
    if (!roster.counting.has(entry.hash)) continue;
    latest.set(entry.device, entry);
    if (entry.statement.kind === "add") for (const parent of entry.statement.parents) named.add(parent);
  }
  return [...latest.values()]
    .map((entry) => entry.hash)
    .filter((hash) => !named.has(hash))
    .sort(compareText)
    .slice(0, 1000);
}

function inOrder(entries: readonly MembershipEntry[]): readonly MembershipEntry[] {
  const unique = [...new Map(entries.map((entry) => [entry.hash, entry])).values()];
  return unique.sort((a, b) => compareText(a.device, b.device) || a.sequence - b.sequence || compareText(a.hash, b.hash));
}
