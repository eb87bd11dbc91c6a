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
} from "@albumen/core/documents/content.ts";
import type { VerifiedRecord } from "@albumen/core/facts/verified-record.ts";
import type { Membership } from "@albumen/core/membership/membership.ts";
import type { StagedRecord } from "./staging.ts";

/** A record that is held. Opening it changes it. */
export interface Entry {
  readonly staged: StagedRecord;
  /** Null until it was opened. */
  content: VerifiedRecord | null;
  changes: readonly DocumentChange[];
  freeChanges: readonly CarriedChange[];
  /** Why it does not count; null where it does. */
  apart: string | null;
  /** Whether a key that arrives later may still open it. */
  waiting: boolean;
}

/** A record that was not opened yet. */
export function createEntry(staged: StagedRecord): Entry {
  return { staged, content: null, changes: [], freeChanges: [], apart: "its key has not arrived yet", waiting: true };
}

/** Opens `entry` as far as the keys of `membership` allow; `cache` keeps record keys by epoch and device. */
export function openEntry(entry: Entry, membership: Membership, cache: Map<string, RecordKey>): void {
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
  const verified = verifyContent(content.value, header, hash, factsAndFreeDocuments);
  if (!verified.ok) {
    entry.apart = verified.error.reason;
    return;
  }
  entry.content = verified.value.record;
  entry.changes = verified.value.changes;
  entry.freeChanges = verified.value.freeChanges;
  entry.apart = null;
}
