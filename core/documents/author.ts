/**
 * Authoring changes. A document `facts/<n>` is a flat, add-only map at the root of an Automerge document: key → bytes. It
 * begins with one constant genesis change, so no two devices ever create it twice. A change is made on a copy that holds only
 * genesis and its own actor's changes: it depends on nothing of other devices, whatever becomes of theirs, and costs 0.2 ms
 * however long the history is.
 */
import { labelledHash } from "../crypto/hash.ts";
import { idToBytes, type DeviceId } from "../ids/ids.ts";
import { bytesToHex, hexToBytes } from "../primitives/bytes.ts";
import { Automerge } from "./automerge.ts";

/** A document as its readers see it. */
export type FactDocument = Record<string, Uint8Array | number>;

/** A copy of a document with only one actor's changes. */
export type ActorCopy = Automerge.Doc<FactDocument>;

/** One entry to put. */
export interface DocumentEntry {
  readonly key: string;
  readonly value: Uint8Array;
}

/** Heights per document. */
export const heightsPerDocument = 1024;

/**
 * The genesis change of every document: `{ albumen: 1 }` at time 0 by the actor of sixteen zero bytes, which is no device's
 * prefix. Committed as bytes, so that no version of Automerge ever makes another.
 */
export const genesis: Uint8Array = Uint8Array.from(
  hexToBytes(
    "856f4a83084f8f0601350010000000000000000000000000000000000101000000061509340142025602570170027f07616c62756d656e017f017f14017f00",
  ) ?? [],
);

/** Number of the document that holds events of `height`. */
export function documentOfHeight(height: number): number {
  return Math.floor(height / heightsPerDocument);
}

/** The first 16 bytes, in hex, of every actor of `device`; 8 random bytes per start follow. */
export function actorPrefix(device: DeviceId): string {
  return bytesToHex(labelledHash("albumen actor 1", idToBytes(device), 16));
}

/** An actor's copy of a document in which it has written nothing yet. */
export function createActorCopy(actor: string): ActorCopy {
  return Automerge.applyChanges(Automerge.init<FactDocument>({ actor }), [genesis])[0];
}

/** Puts `entries`, whose keys are new, as one change; the given copy is used up. */
export function authorChange(copy: ActorCopy, entries: readonly DocumentEntry[]): { copy: ActorCopy; change: Uint8Array } {
  const changed = Automerge.change(copy, { time: 0 }, (root) => {
    for (const { key, value } of entries) root[key] = value;
  });
  return { copy: changed, change: lastLocalChange(changed) };
}

function lastLocalChange(doc: ActorCopy): Uint8Array {
  const change = Automerge.getLastLocalChange(doc);
  if (change === undefined) throw new Error("a change that puts entries made no change");
  return change;
}
