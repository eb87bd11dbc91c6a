/**
 * Membership: the roster with what only members can read: the keys of the epochs, the library's secret, the devices' names.
 *
 * A pure function of the authentic membership records and of one's own keys. An epoch's key comes from one's own box in the
 * record that founded it, from a `seal` to oneself, or wrapped in the private part of a later record that opens; wherever it
 * comes from, it must meet the commitment in the founding record.
 */
import { isEpochKey, recordKey, type EpochKey, type LibrarySecret, type MemberKeys } from "../crypto/keys.ts";
import { openRecord } from "../crypto/record-seal.ts";
import { unpackContent } from "../crypto/packing.ts";
import { verifySignature } from "../crypto/verify.ts";
import type { DeviceId, EpochId, LibraryId, RecordHash } from "../ids/ids.ts";
import { compareText } from "../primitives/bytes.ts";
import { evaluateRoster, type MembershipRecord, type Roster } from "../roster/roster.ts";
import type { EpochPart, Statement } from "../roster/statement.ts";
import type { RecordParts } from "../wire/record.ts";
import { openKeyBox } from "./key-box.ts";
import { parsePrivatePart, type PrivatePart } from "./private-part.ts";

/** A membership record with its envelope. */
export interface MembershipEntry extends MembershipRecord {
  readonly parts: RecordParts;
}

/** An epoch of the library. */
export interface Epoch extends EpochPart {
  readonly id: EpochId;
  /** False where the record that founded it does not count: it stays readable, and nobody writes under it. */
  readonly counts: boolean;
}

/** Who belongs to the library, and what this member can open. */
export interface Membership {
  readonly library: LibraryId;
  readonly roster: Roster;
  /** Sorted by id. */
  readonly epochs: readonly Epoch[];
  readonly keys: ReadonlyMap<EpochId, EpochKey>;
  /** Null until a box with it opened. */
  readonly secret: LibrarySecret | null;
  readonly names: ReadonlyMap<DeviceId, string>;
  /** Private parts that opened, by record. */
  readonly privateParts: ReadonlyMap<RecordHash, PrivatePart>;
  /** Counting membership records without successors, sorted: the parents of the next `add`. */
  readonly heads: readonly RecordHash[];
}

/** Largest private part that is inflated, in bytes. */
const privatePartCap = 1 << 20;

/** The membership that `entries` give to whoever holds `keys`; null where the library's `create` is not among them. */
export function evaluateMembership(
  library: LibraryId,
  entries: readonly MembershipEntry[],
  keys: MemberKeys,
  previousOf: (hash: RecordHash) => RecordHash | null,
): Membership | null {
  const roster = evaluateRoster(library, entries, { verify: verifyStatement, previousOf });
  if (roster === null) return null;
  const epochs = epochsOf(entries, roster);
  const opened = openKeys(library, entries, epochs, keys);
  const names = new Map<DeviceId, string>();
  for (const entry of inOrder(entries)) {
    if (!roster.counting.has(entry.hash)) continue;
    for (const { device, name } of opened.privateParts.get(entry.hash)?.names ?? []) names.set(device, name);
  }
  return { library, roster, epochs, names, heads: headsOf(entries, roster), ...opened };
}

/** The epochs that counting epochs do not name as parents, among those that count; sorted by id. */
export function headEpochs(epochs: readonly Epoch[]): readonly Epoch[] {
  const counting = epochs.filter((epoch) => epoch.counts);
  const replaced = new Set(counting.flatMap((epoch) => epoch.parents));
  return counting.filter((epoch) => !replaced.has(epoch.id));
}

/** Checks a signature inside a statement: the words' in a `create`, the added key's in an `add`. */
export function verifyStatement(kind: "create" | "add", message: Uint8Array, signature: Uint8Array, device: DeviceId): boolean {
  return verifySignature(kind === "create" ? "albumen create 1" : "albumen countersign 1", message, signature, device);
}

function epochsOf(entries: readonly MembershipEntry[], roster: Roster): readonly Epoch[] {
  const epochs = new Map<EpochId, Epoch>();
  for (const { hash, statement } of entries) {
    const part = epochPart(statement);
    if (part === null) continue;
    const id = hash as string as EpochId;
    epochs.set(id, { ...part, id, counts: roster.counting.has(hash) });
  }
  return [...epochs.values()].sort((a, b) => compareText(a.id, b.id));
}

function epochPart(statement: Statement): EpochPart | null {
  switch (statement.kind) {
    case "create":
    case "add":
    case "remove":
    case "rotate":
      return statement.epoch;
    case "seal":
    case "keep":
      return null;
  }
}

interface OpenedKeys {
  readonly keys: ReadonlyMap<EpochId, EpochKey>;
  readonly secret: LibrarySecret | null;
  readonly privateParts: ReadonlyMap<RecordHash, PrivatePart>;
}

function openKeys(
  library: LibraryId,
  entries: readonly MembershipEntry[],
  epochs: readonly Epoch[],
  own: MemberKeys,
): OpenedKeys {
  const commitments = new Map(epochs.map((epoch) => [epoch.id, epoch.commitment]));
  const keys = new Map<EpochId, EpochKey>();
  const privateParts = new Map<RecordHash, PrivatePart>();
  const learn = (epoch: EpochId, key: Uint8Array | null): boolean => {
    const commitment = commitments.get(epoch);
    if (key === null || commitment === undefined || keys.has(epoch) || !isEpochKey(key, commitment)) return false;
    keys.set(epoch, key);
    return true;
  };
  for (const entry of entries) learn(...epochBox(library, entry, own));
  // Each private part that opens may bring keys that open more; every round opens at least one, so this ends.
  for (let news = true; news; ) {
    news = false;
    for (const entry of entries) {
      if (privateParts.has(entry.hash)) continue;
      const part = openPrivatePart(entry, keys);
      if (part === null) continue;
      privateParts.set(entry.hash, part);
      news = true;
      for (const wrap of part.wraps) learn(wrap.epoch, wrap.key);
    }
  }
  return { keys, privateParts, secret: openSecret(library, entries, own) };
}

function epochBox(library: LibraryId, entry: MembershipEntry, own: MemberKeys): [EpochId, Uint8Array | null] {
  const { statement } = entry;
  const context = entry.parts.header.library;
  if (statement.kind === "seal") {
    const box = statement.device === own.device ? statement.box : null;
    return [statement.of, box === null ? null : openKeyBox(box, own, { library, parents: [] })];
  }
  const part = epochPart(statement);
  const box = part?.boxes.find((candidate) => candidate.device === own.device)?.box ?? null;
  const key = box === null || part === null ? null : openKeyBox(box, own, { library: context, parents: part.parents });
  return [entry.hash as string as EpochId, key];
}

function openSecret(library: LibraryId, entries: readonly MembershipEntry[], own: MemberKeys): LibrarySecret | null {
  for (const { statement, parts, hash } of inOrder(entries)) {
    if (statement.kind !== "create" && statement.kind !== "add") continue;
    if (statement.kind === "create" && (hash as string) !== library) continue;
    const box = statement.secrets.find((candidate) => candidate.device === own.device)?.box;
    const secret = box === undefined ? null : openKeyBox(box, own, { library: parts.header.library, parents: [] });
    if (secret !== null) return secret as LibrarySecret;
  }
  return null;
}

function openPrivatePart(entry: MembershipEntry, keys: ReadonlyMap<EpochId, EpochKey>): PrivatePart | null {
  const { header } = entry.parts;
  const key = keys.get(header.epoch ?? (entry.hash as string as EpochId));
  if (key === undefined) return null;
  const packed = openRecord(entry.parts, recordKey(key, header.library, header.epoch, header.device));
  const content = packed === null ? null : unpackContent(packed, privatePartCap);
  return content?.ok === true ? parsePrivatePart(content.value) : null;
}

function headsOf(entries: readonly MembershipEntry[], roster: Roster): readonly RecordHash[] {
  const latest = new Map<DeviceId, MembershipEntry>();
  const named = new Set<RecordHash>();
  for (const entry of inOrder(entries)) {
    if (!roster.counting.has(entry.hash)) continue;
    latest.set(entry.device, entry);
    if (entry.statement.kind === "add") for (const parent of entry.statement.parents) named.add(parent);
  }
  return [...latest.values()]
    .map((entry) => entry.hash)
    .filter((hash) => !named.has(hash))
    .sort(compareText);
}

function inOrder(entries: readonly MembershipEntry[]): readonly MembershipEntry[] {
  return [...entries].sort((a, b) => compareText(a.device, b.device) || a.sequence - b.sequence || compareText(a.hash, b.hash));
}
