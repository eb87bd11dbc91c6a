/** A made-up library for tests of free documents: devices of which only the keys matter, and records of which only the places. */
import "../../arbitraries/automerge.ts";
import { actorPrefix } from "@albumen/core/documents/author.ts";
import { Automerge } from "@albumen/core/documents/automerge.ts";
import type { CarriedChange } from "@albumen/core/documents/content.ts";
import { createFreeDocuments, type FreeDocument } from "@albumen/core/documents/free/free-documents.ts";
import { verifyFreeChange } from "@albumen/core/documents/free-change.ts";
import { bytesToId, type DeviceId, type FreeDocumentId, type RecordHash } from "@albumen/core/ids/ids.ts";
import { bytesToHex } from "@albumen/core/primitives/bytes.ts";
import { sha256 } from "@albumen/core/crypto/hash.ts";

/** Four devices, the most senior first. */
export const devices: readonly DeviceId[] = [1, 2, 3, 4].map(
  (byte) => bytesToId("DeviceId", new Uint8Array(32).fill(byte)) as DeviceId,
);

/** The document that these tests are about. */
export const document = bytesToId("FreeDocumentId", new Uint8Array(16).fill(7)) as FreeDocumentId;

/** Whose record brings a change, and where in its chain it stands. */
export interface Place {
  readonly device: number;
  readonly sequence: number;
  /** Another document than `document`. */
  readonly elsewhere?: boolean;
}

/** An actor of the device numbered `device`, from 0; `start` makes it another one of the same device. */
export function actorOf(device: number, start = 0): string {
  return actorPrefix(devices[device] as DeviceId) + bytesToHex(new Uint8Array(8).fill(start));
}

/** `bytes`, brought by a record. */
export function carried(bytes: Uint8Array, { device, sequence, elsewhere }: Place): CarriedChange {
  const change = verifyFreeChange(bytes);
  if (!change.ok) throw new Error(change.error.reason);
  const other = bytesToId("FreeDocumentId", new Uint8Array(16).fill(9)) as FreeDocumentId;
  return {
    ...change.value,
    document: elsewhere === true ? other : document,
    record: recordAt(device, sequence),
    device: devices[device] as DeviceId,
    sequence,
  };
}

/** The hash of the record at a place. */
export function recordAt(device: number, sequence: number): RecordHash {
  return `${device}${String(sequence).padStart(63, "0")}` as RecordHash;
}

/** The document that `changes` give, where `isVoid` sets records aside. */
export function judge(
  changes: readonly CarriedChange[],
  isVoid: (record: RecordHash) => boolean = () => false,
  id: FreeDocumentId = document,
): FreeDocument {
  const free = createFreeDocuments();
  free.update({ changes, members: devices.map((device) => ({ device })), isVoid });
  return free.document(id);
}

/** The document that is applied. */
export function applied<T>({ applied: changes }: FreeDocument): Automerge.Doc<T> {
  return Automerge.applyChanges(
    Automerge.init<T>(),
    changes.map(({ bytes }) => bytes),
  )[0];
}

/** `change` with its checksum set right, as somebody who forges changes would. */
export function withChecksum(change: Uint8Array): Uint8Array {
  const forged = change.slice();
  forged.set(sha256(forged.subarray(8)).subarray(0, 4), 4);
  return forged;
}

/** The last change of a document's own actor. */
export function lastOf(doc: Automerge.Doc<unknown>): Uint8Array {
  return Automerge.getLastLocalChange(doc) ?? new Uint8Array(0);
}
