/**
 * Content of a record: events and what the author had seen, canonical CBOR, packed and encrypted.
 *
 *   [1, [[what, at, height, body]], [[device, sequence, hash]]]
 *
 * What an event brings is its body (`event-body.ts`). Facts are numbered through the whole record. The last list says, of the
 * devices whose chains moved since the author's previous record, where they stand; in full every 64th record. Limits: 1,000
 * events, 8 MiB inflated, 262,144 operations of free documents.
 */
import type { Frontier } from "../ids/frontier.ts";
import type { StatedFact, VerifiedEvent, VerifiedRecord } from "../facts/verified-record.ts";
import type { DeviceId, FreeDocumentId, RecordHash } from "../ids/ids.ts";
import { frontierToCbor, parseSeen } from "../membership/private-part.ts";
import { concatBytes, hexToBytes, utf8 } from "../primitives/bytes.ts";
import { decodeCbor, encodeCbor, type CborValue } from "../primitives/cbor.ts";
import { err, ok, type Result } from "../primitives/result.ts";
import type { RecordHeader } from "../wire/record.ts";
import { documentOfHeight } from "./author.ts";
import type { ChangePolicy } from "./change-policy.ts";
import { bodyToCbor, parseBody, type EventBody } from "./event-body.ts";
import { freeChangeLimits, type FreeChange } from "./free-change.ts";

/** One event on its way into a record. */
export interface EventDraft {
  readonly what: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly height: number;
  readonly body: EventBody;
}

/** A change of facts that was verified, and the document it belongs to. */
export interface DocumentChange {
  /** n of `facts/<n>`. */
  readonly document: number;
  readonly bytes: Uint8Array;
}

/** A change of a free document, and who carries it. */
export interface CarriedChange extends FreeChange {
  readonly document: FreeDocumentId;
  readonly record: RecordHash;
  /** The author of the record, who need not be the author of the change. */
  readonly device: DeviceId;
  readonly sequence: number;
}

/** A record's content, verified, with the changes it brings. */
export interface VerifiedContent {
  readonly record: VerifiedRecord;
  readonly changes: readonly DocumentChange[];
  /** In the order they stand in the record. */
  readonly freeChanges: readonly CarriedChange[];
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
  hexToBytes("83018184") ?? new Uint8Array(0),
  hexToBytes("02820058fc856f4a83") ?? new Uint8Array(0),
  hexToBytes("019e0101084f8f0678dbd44c774639b8d9627894bf3684301acb667e05aa3c1aeb1b1c9818") ?? new Uint8Array(0),
  hexToBytes("0102000000061523340142025603575870027f2030017f0080") ?? new Uint8Array(0),
);

const maximalEvents = 1000;

/** The canonical bytes of a record's content. */
export function encodeContent(events: readonly EventDraft[], seen: readonly Frontier[]): Uint8Array {
  const drafts = events.map(({ what, at, height, body }): CborValue => [what, at, height, bodyToCbor(body)]);
  return encodeCbor([1, drafts, seen.map(frontierToCbor)]);
}

/** Checks the content of the record `hash` in full: schema, every fact's id, and every change as `policy` has it. */
export function verifyContent(
  bytes: Uint8Array,
  header: RecordHeader,
  hash: RecordHash,
  policy: ChangePolicy,
): Result<VerifiedContent, ContentRefusal> {
  const decoded = decodeCbor(bytes);
  if (!decoded.ok) return quarantined(decoded.error.reason);
  if (!Array.isArray(decoded.value)) return quarantined("its content is not of version 1");
  const [version, drafts, frontiers, ...more] = decoded.value as readonly CborValue[];
  if (typeof version === "number" && version > 1) return newer(`its content is of version ${version}`);
  if (version !== 1 || more.length > 0) return quarantined("its content is not of version 1");
  const seen = frontiers === undefined ? null : parseSeen(frontiers);
  if (seen === null) return quarantined("what it has seen is malformed");
  if (!Array.isArray(drafts) || drafts.length > maximalEvents) return quarantined("it holds no events, or too many");
  const gathered: Gathered = { events: [], changes: [], freeChanges: [], facts: 0, operations: 0 };
  for (const value of drafts as readonly CborValue[]) {
    const draft = parseDraft(value);
    if (!draft.ok) return draft;
    const taken = takeEvent(draft.value, { header, hash, policy }, gathered);
    if (!taken.ok) return taken;
  }
  const { device, sequence, previous } = header;
  const { events, changes, freeChanges } = gathered;
  return ok({ record: { hash, device, sequence, previous, seen, events }, changes, freeChanges });
}

interface Gathered {
  readonly events: VerifiedEvent[];
  readonly changes: DocumentChange[];
  readonly freeChanges: CarriedChange[];
  /** Facts and operations of free documents so far. */
  facts: number;
  operations: number;
}

interface ContentContext {
  readonly header: RecordHeader;
  readonly hash: RecordHash;
  readonly policy: ChangePolicy;
}

/** Verifies what one event brings and adds it to what is gathered of its record. */
function takeEvent(draft: EventDraft, context: ContentContext, gathered: Gathered): Result<null, ContentRefusal> {
  const { what, at, height, body } = draft;
  const { device, previous } = context.header;
  let facts: readonly StatedFact[] = [];
  switch (body.kind) {
    case "facts": {
      const allowed = context.policy.facts(body.change, { device, previous, index: gathered.facts });
      if (!allowed.ok) return quarantined(`a change was refused: ${allowed.error.reason}`);
      facts = allowed.value;
      gathered.facts += facts.length;
      gathered.changes.push({ document: documentOfHeight(height), bytes: body.change });
      break;
    }
    case "document": {
      const taken = takeFreeChanges(body, context, gathered);
      if (!taken.ok) return taken;
      break;
    }
    case "announcement":
      break;
  }
  gathered.events.push({ what, at, height, facts, announcement: body.kind === "announcement" ? body.announcement : null });
  return ok(null);
}

function takeFreeChanges(
  { document, changes }: EventBody & { kind: "document" },
  { header, hash, policy }: ContentContext,
  gathered: Gathered,
): Result<null, ContentRefusal> {
  for (const bytes of changes) {
    const allowed = policy.document(bytes);
    if (!allowed.ok) return quarantined(`a change was refused: ${allowed.error.reason}`);
    gathered.operations += allowed.value.operations;
    if (gathered.operations > freeChangeLimits.rows) return quarantined("its changes claim too many operations");
    const { device, sequence } = header;
    gathered.freeChanges.push({ ...allowed.value, document, record: hash, device, sequence });
  }
  return ok(null);
}

function parseDraft(value: CborValue): Result<EventDraft, ContentRefusal> {
  const malformed = quarantined("an event is malformed");
  if (!Array.isArray(value) || value.length !== 4) return malformed;
  const [what, at, height, rest] = value as readonly CborValue[];
  if (typeof what !== "string" || what.length > 40 || typeof at !== "number") return malformed;
  if (typeof height !== "number" || height < 1) return malformed;
  const body = parseBody(rest);
  if (body === "newer") return newer("it says something");
  return body === null ? malformed : ok({ what, at, height, body });
}

function quarantined(reason: string): Result<never, ContentRefusal> {
  return err({ kind: "quarantined", reason });
}

function newer(what: string): Result<never, ContentRefusal> {
  return err({ kind: "newer", reason: `${what}: it needs a newer version of Albumen` });
}
