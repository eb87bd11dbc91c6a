/**
 * Content of a record: events and what the author had seen, canonical CBOR, packed and encrypted.
 *
 *   [1, [[what, at, height, change or null, announcement or null]], [[device, sequence, hash]]]
 *
 * An event is exactly one Automerge change in the document of its height, or one announcement. The keys that a change puts are
 * the ids of its facts, numbered through the whole record, so nobody squats an id. The last list says, of the devices whose chains moved
 * since the author's previous record, where they stand; in full every 64th record. Limits: 1,000 events, 8 MiB inflated.
 */
import type { Frontier } from "../ids/frontier.ts";
import type { StatedFact, VerifiedEvent, VerifiedRecord } from "../facts/verified-record.ts";
import { factId } from "../facts/fact-id.ts";
import type { RecordHash } from "../ids/ids.ts";
import { frontierToCbor, parseSeen } from "../membership/private-part.ts";
import { concatBytes, hexToBytes, utf8 } from "../primitives/bytes.ts";
import { decodeCbor, encodeCbor, type CborValue } from "../primitives/cbor.ts";
import { err, ok, type Result } from "../primitives/result.ts";
import type { RecordHeader } from "../wire/record.ts";
import { actorPrefix, documentOfHeight } from "./author.ts";
import { verifyChange, type VerifiedChange } from "./verify-change.ts";

/** One event on its way into a record. */
export interface EventDraft {
  readonly what: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly height: number;
  readonly change: Uint8Array | null;
  readonly announcement: Uint8Array | null;
}

/** A change and the document it belongs to. */
export interface DocumentChange extends VerifiedChange {
  /** n of `facts/<n>`. */
  readonly document: number;
  readonly bytes: Uint8Array;
}

/** A record's content, verified, with the changes it brings. */
export interface VerifiedContent {
  readonly record: VerifiedRecord;
  readonly changes: readonly DocumentChange[];
}

/** Why a record's content was refused: `quarantined` for good, `newer` until this software knows its version. */
export interface ContentRefusal {
  readonly kind: "quarantined" | "newer";
  readonly reason: string;
}

/** Largest content that is inflated, in bytes. */
export const contentCap = 8_388_608;

/**
 * The preset dictionary under which content is packed: what the first change of an actor and its CBOR frame have in common, the
 * commonest last. Constant for version 1: another one would be another version.
 */
export const contentDictionary: Uint8Array = concatBytes(
  utf8("undorestoretrashrenameAlbumrulecaptionfavouritehidePhotopinexcludedeleteAlbumcreateAlbumunmergemergenamenameCluster"),
  utf8("importignoredenyassignNewassign"),
  hexToBytes("01010102000000061543340142025605575870027e20300202017ef7") ?? new Uint8Array(0),
  hexToBytes("83018185") ?? new Uint8Array(0),
  hexToBytes("0258fc856f4a83") ?? new Uint8Array(0),
  hexToBytes("019e0101084f8f0678dbd44c774639b8d9627894bf3684301acb667e05aa3c1aeb1b1c9818") ?? new Uint8Array(0),
  hexToBytes("0102000000061523340142025603575870027f20300101017ff680") ?? new Uint8Array(0),
);

const maximalEvents = 1000;

/** The canonical bytes of a record's content. */
export function encodeContent(events: readonly EventDraft[], seen: readonly Frontier[]): Uint8Array {
  const drafts = events.map((event): CborValue => [event.what, event.at, event.height, event.change, event.announcement]);
  return encodeCbor([1, drafts, seen.map(frontierToCbor)]);
}

/** Checks the content of the record `hash` in full: schema, every change, every fact's id. */
export function verifyContent(
  bytes: Uint8Array,
  header: RecordHeader,
  hash: RecordHash,
): Result<VerifiedContent, ContentRefusal> {
  const decoded = decodeCbor(bytes);
  if (!decoded.ok) return quarantined(decoded.error.reason);
  if (!Array.isArray(decoded.value)) return quarantined("its content is not of version 1");
  const [version, drafts, frontiers, ...more] = decoded.value as readonly CborValue[];
  if (typeof version === "number" && version > 1) {
    return err({ kind: "newer", reason: `its content is of version ${version}: it needs a newer version of Albumen` });
  }
  if (version !== 1 || more.length > 0) return quarantined("its content is not of version 1");
  const seen = frontiers === undefined ? null : parseSeen(frontiers);
  if (seen === null) return quarantined("what it has seen is malformed");
  if (!Array.isArray(drafts) || drafts.length > maximalEvents) return quarantined("it holds no events, or too many");
  const events: VerifiedEvent[] = [];
  const changes: DocumentChange[] = [];
  let index = 0;
  for (const value of drafts as readonly CborValue[]) {
    const draft = parseDraft(value);
    if (draft === null) return quarantined("an event is malformed");
    const facts = verifyFacts(draft, header, index);
    if (!facts.ok) return facts;
    index += facts.value.facts.length;
    changes.push(...facts.value.changes);
    const { what, at, height, announcement } = draft;
    events.push({ what, at, height, announcement, facts: facts.value.facts });
  }
  const { device, sequence, previous } = header;
  return ok({ record: { hash, device, sequence, previous, seen, events }, changes });
}

interface EventFacts {
  readonly facts: readonly StatedFact[];
  readonly changes: readonly DocumentChange[];
}

function verifyFacts(draft: EventDraft, header: RecordHeader, firstIndex: number): Result<EventFacts, ContentRefusal> {
  const { change: bytes, height } = draft;
  if (bytes === null) return ok({ facts: [], changes: [] });
  const change = verifyChange(bytes, actorPrefix(header.device));
  if (!change.ok) return quarantined(`a change was refused: ${change.error.reason}`);
  const facts: StatedFact[] = [];
  for (const { key, value } of change.value.entries) {
    const id = factId(header.device, header.previous, firstIndex + facts.length, value);
    if ((id as string) !== key) return quarantined("a fact stands under an id that is not its own");
    facts.push({ id, bytes: value });
  }
  return ok({ facts, changes: [{ ...change.value, document: documentOfHeight(height), bytes }] });
}

function parseDraft(value: CborValue): EventDraft | null {
  if (!Array.isArray(value) || value.length !== 5) return null;
  const [what, at, height, change, announcement] = value as readonly CborValue[];
  if (typeof what !== "string" || what.length > 40 || typeof at !== "number") return null;
  if (typeof height !== "number" || height < 1) return null;
  if (change instanceof Uint8Array && announcement === null) return { what, at, height, change, announcement };
  if (change === null && announcement instanceof Uint8Array) return { what, at, height, change, announcement };
  return null;
}

function quarantined(reason: string): Result<never, ContentRefusal> {
  return err({ kind: "quarantined", reason });
}
