/** Entry: a record that is held, and what opening it gave. */
import { recordKey, type RecordKey } from "@albumen/core/crypto/keys.ts";
import { unpackContent } from "@albumen/core/crypto/packing.ts";
import { openRecord } from "@albumen/core/crypto/record-seal.ts";
import { factsAndFreeDocuments } from "@albumen/core/documents/change-policy.ts";
import {
  contentCap,
  contentDictionary,
  verifyContent,
  type CarriedChange,
  type DocumentChange,
  type VerifiedContent,
} from "@albumen/core/documents/content.ts";
import type { VerifiedRecord } from "@albumen/core/facts/verified-record.ts";
import type { Membership } from "@albumen/core/membership/membership.ts";
import { err, type Result } from "@albumen/core/primitives/result.ts";
import type { ChainLink } from "@albumen/core/sync/chains.ts";
import type { RecordHeader } from "@albumen/core/wire/record.ts";
import type { StagedRecord } from "./staging.ts";

/** A record that is held. Opening it changes it. */
export interface Entry {
  readonly link: ChainLink;
  /** The record itself while a key that arrives later may still open it; null afterwards, for the store has it. */
  waiting: StagedRecord | null;
  /** Null until it was opened. */
  content: VerifiedRecord | null;
  changes: readonly DocumentChange[];
  freeChanges: readonly CarriedChange[];
  /** Why it does not count; null where it does. */
  apart: string | null;
}

const none: readonly never[] = [];

/** A record that was not opened yet. */
export function createEntry(staged: StagedRecord): Entry {
  const { device, sequence, previous } = staged.parts.header;
  const link = { device, sequence, hash: staged.hash, previous };
  return { link, waiting: staged, content: null, changes: none, freeChanges: none, apart: "its key has not arrived yet" };
}

/** Finds the keys of records under a membership; it remembers them by epoch and device. */
export type RecordKeys = (header: RecordHeader) => RecordKey | null;

/** The keys of records whose epochs `membership` knows. */
export function createRecordKeys(membership: Membership): RecordKeys {
  const keys = new Map<string, RecordKey>();
  let last: { readonly epoch: string | null; readonly device: string; readonly key: RecordKey } | null = null;
  return ({ epoch, device, library }) => {
    if (last !== null && last.epoch === epoch && last.device === device) return last.key;
    const epochKey = epoch === null ? undefined : membership.keys.get(epoch);
    if (epochKey === undefined) return null;
    const place = `${epoch}${device}`;
    const key = keys.get(place) ?? recordKey(epochKey, library, epoch, device);
    keys.set(place, key);
    last = { epoch, device, key };
    return key;
  };
}

/** Opens `entry`, which is `staged`, as far as the keys of `membership` allow; whether anything became known of it. */
export function openEntry(entry: Entry, staged: StagedRecord, membership: Membership, keyOf: RecordKeys): boolean {
  const { parts, hash } = staged;
  if (parts.header.kind === "membership") {
    const part = membership.privateParts.get(hash);
    entry.content = { ...entry.link, seen: part?.seen ?? none, events: none };
    entry.apart = null;
    entry.waiting = part === undefined ? staged : null;
    return true;
  }
  const key = keyOf(parts.header);
  if (key === null) return false;
  entry.waiting = null;
  const verified = openContent(staged, key);
  if (!verified.ok) {
    entry.apart = verified.error.reason;
    return true;
  }
  entry.content = verified.value.record;
  entry.changes = verified.value.changes;
  entry.freeChanges = verified.value.freeChanges;
  entry.apart = null;
  return true;
}

function openContent({ hash, parts }: StagedRecord, key: RecordKey): Result<VerifiedContent, { readonly reason: string }> {
  const packed = openRecord(parts, key);
  if (packed === null) return err({ reason: "it does not decrypt under the key it names" });
  const content = unpackContent(packed, contentCap, contentDictionary);
  return content.ok ? verifyContent(content.value, parts.header, hash, factsAndFreeDocuments) : content;
}
