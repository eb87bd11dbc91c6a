/**
 * Checking a ledger that a snapshot filled against one that verified the whole log: record by record, both ways. Where they
 * agree, the verified one takes over what is remembered with the believed records, so that nothing is taken apart twice.
 */
import type { VerifiedEvent, VerifiedRecord } from "@albumen/core/facts/verified-record.ts";
import { equalBytes } from "@albumen/core/primitives/bytes.ts";
import type { Entry } from "./entry.ts";
import type { Ledger } from "./ledger.ts";

/** How far a memory and the log differ; all zeros where they agree. */
export interface LedgerDifference {
  /** Records of which the memory says something else than the log. */
  readonly altered: number;
  /** Records that the memory has, and the log has not or does not count. */
  readonly invented: number;
  /** Records of the log that the memory left out. */
  readonly omitted: number;
}

/** Records per step. */
const recordsPerStep = 2000;

/** Compares `believed` with `verified`, in steps. Both hold the log up to now. */
export function* checkLedger(believed: Ledger, verified: Ledger): Generator<undefined, LedgerDifference> {
  let [altered, invented, omitted, seen] = [0, 0, 0, 0];
  for (const entry of believed.entries()) {
    if (++seen % recordsPerStep === 0) yield;
    if (entry.content === null) continue;
    const own = verified.entry(entry.link.hash);
    if (own === null || own.content === null) invented++;
    else if (isSameEntry(entry, own)) own.content = entry.content;
    else altered++;
  }
  for (const { link, content } of verified.entries()) {
    if (++seen % recordsPerStep === 0) yield;
    if (content !== null && !believed.has(link.hash)) omitted++;
  }
  return { altered, invented, omitted };
}

function isSameEntry(a: Entry, b: Entry): boolean {
  return (
    a.content !== null &&
    b.content !== null &&
    isSameRecord(a.content, b.content) &&
    isSameList(a.freeChanges, b.freeChanges, (x, y) => x.document === y.document && equalBytes(x.bytes, y.bytes))
  );
}

function isSameRecord(a: VerifiedRecord, b: VerifiedRecord): boolean {
  return (
    a.device === b.device &&
    a.sequence === b.sequence &&
    a.previous === b.previous &&
    isSameList(a.seen, b.seen, (x, y) => x.device === y.device && x.sequence === y.sequence && x.hash === y.hash) &&
    isSameList(a.events, b.events, isSameEvent)
  );
}

function isSameEvent(a: VerifiedEvent, b: VerifiedEvent): boolean {
  const isSameAnnouncement =
    a.announcement === null || b.announcement === null
      ? a.announcement === b.announcement
      : equalBytes(a.announcement, b.announcement);
  return (
    a.what === b.what &&
    a.at === b.at &&
    a.height === b.height &&
    isSameAnnouncement &&
    isSameList(a.facts, b.facts, (x, y) => x.id === y.id && equalBytes(x.bytes, y.bytes))
  );
}

function isSameList<T>(a: readonly T[], b: readonly T[], isSame: (a: T, b: T) => boolean): boolean {
  return a.length === b.length && a.every((item, at) => isSame(item, b[at] as T));
}
