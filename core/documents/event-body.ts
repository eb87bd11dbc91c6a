/**
 * Body of an event: what it brings, canonical CBOR, its kind first.
 *
 *   [0, change]                    facts: one change in the document `facts/<n>` of the event's height
 *   [1, announcement]              photos (`facts/announcement.ts`)
 *   [2, document id, [change, …]]  a free document: 16 bytes, and 1 … 10,000 changes of it in the order they were made
 *
 * A kind that is unknown is one of a newer version: the record that holds it is kept and forwarded, and waits.
 */
import { bytesToId, idToBytes, type FreeDocumentId } from "../ids/ids.ts";
import type { CborValue } from "../primitives/cbor.ts";

/** What an event brings. */
export type EventBody =
  | { readonly kind: "facts"; readonly change: Uint8Array }
  | { readonly kind: "announcement"; readonly announcement: Uint8Array }
  | { readonly kind: "document"; readonly document: FreeDocumentId; readonly changes: readonly Uint8Array[] };

/** Most changes that one event may bring. */
export const maximalChanges = 10_000;

/** The value that is encoded for `body`. */
export function bodyToCbor(body: EventBody): CborValue {
  switch (body.kind) {
    case "facts":
      return [0, body.change];
    case "announcement":
      return [1, body.announcement];
    case "document":
      return [2, idToBytes(body.document), [...body.changes]];
  }
}

/** The body in `value`; "newer" where its kind is unknown, null where it is malformed. */
export function parseBody(value: CborValue | undefined): EventBody | "newer" | null {
  if (!Array.isArray(value)) return null;
  const [kind, first, second, ...more] = value as readonly CborValue[];
  if (typeof kind === "number" && kind > 2) return "newer";
  if (kind === 2) {
    const document = bytesToId("FreeDocumentId", first);
    return document !== null && isListOfBytes(second) && more.length === 0
      ? { kind: "document", document, changes: second }
      : null;
  }
  if (!(first instanceof Uint8Array) || value.length !== 2) return null;
  if (kind === 0) return { kind: "facts", change: first };
  return kind === 1 ? { kind: "announcement", announcement: first } : null;
}

function isListOfBytes(value: CborValue | undefined): value is readonly Uint8Array[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > maximalChanges) return false;
  return (value as readonly CborValue[]).every((item) => item instanceof Uint8Array);
}
