/**
 * The messages of a pairing (`pairing.ts`) as they lie in the mailbox.
 *
 *   nonce (24) ‖ AEAD(canonical CBOR, associated data "albumen pairing message 1", key from S)
 *
 *   ["commit", commitment (32)]                            joiner → member
 *   ["offer", library, member, nonce (16), [parent]]       member → joiner
 *   ["reveal", device, seal (32), nonce (16), name]        joiner → member
 *   ["confirm", countersignature (64)]                     joiner → member
 *   ["done"]                                               member → joiner
 *   ["abort", reason]                                      both
 *
 * Limits: 16 KiB per message (the relay's), 400 parents, names of 1 … 100 UTF-16 units without control or bidirectional marks,
 * which could rewrite what a terminal shows. Whoever does not have S can neither read nor make one: what does not open is not
 * a message. What opens and is none of these was written by somebody who has S, and is "unknown".
 */
import { openAead, sealAead } from "../crypto/aead.ts";
import { keyedHash } from "../crypto/hash.ts";
import { bytesToId, idToBytes, type DeviceId, type LibraryId, type RecordHash } from "../ids/ids.ts";
import { concatBytes, utf8 } from "../primitives/bytes.ts";
import { decodeCbor, encodeCbor, type CborValue } from "../primitives/cbor.ts";
import { isSealKey } from "../roster/seal-keys.ts";
import { isDeviceName } from "./device-name.ts";

/** What the member offers. */
export interface PairingOffer {
  readonly library: LibraryId;
  readonly member: DeviceId;
  /** 16 bytes. */
  readonly nonce: Uint8Array;
  /** Membership records without successors, as the member sees them. */
  readonly parents: readonly RecordHash[];
}

/** What the joiner commits to and later reveals. */
export interface PairingReveal {
  readonly device: DeviceId;
  /** X25519 public key; 32 bytes. */
  readonly seal: Uint8Array;
  /** 16 bytes. */
  readonly nonce: Uint8Array;
  readonly name: string;
}

/**
 * Why a side broke off: its person saw that the screens differ; its person or its clock ended it; it could not do its part;
 * something came that an honest device does not send.
 */
export type AbortReason = "differs" | "stopped" | "failed" | "alarm";

/** A message; "unknown" opened and is none of the others. */
export type PairingMessage =
  | { readonly step: "commit"; readonly commitment: Uint8Array }
  | { readonly step: "offer"; readonly offer: PairingOffer }
  | { readonly step: "reveal"; readonly reveal: PairingReveal }
  | { readonly step: "confirm"; readonly countersignature: Uint8Array }
  | { readonly step: "done" }
  | { readonly step: "abort"; readonly reason: AbortReason }
  | { readonly step: "unknown" };

const associatedData = utf8("albumen pairing message 1");
const maximalParents = 400;

/** One message as it lies in the mailbox; `nonce` 24 bytes, never used twice. */
export function sealPairingMessage(secret: Uint8Array, message: PairingMessage, nonce: Uint8Array): Uint8Array {
  return concatBytes(nonce, sealAead(encodePairingMessage(message), associatedData, nonce, pairingKey(secret)));
}

/** The message in `bytes`, or null where nobody who has `secret` made them. */
export function openPairingMessage(secret: Uint8Array, bytes: Uint8Array): PairingMessage | null {
  const opened = openAead(bytes.subarray(24), associatedData, bytes.subarray(0, 24), pairingKey(secret));
  if (opened === null) return null;
  const body = decodeCbor(opened);
  return (body.ok ? parseMessage(body.value) : null) ?? { step: "unknown" };
}

/** The canonical bytes of a message: equal bytes, the same message. */
export function encodePairingMessage(message: PairingMessage): Uint8Array {
  return encodeCbor(messageToCbor(message));
}

function messageToCbor(message: PairingMessage): CborValue {
  switch (message.step) {
    case "commit":
      return ["commit", message.commitment];
    case "offer": {
      const { library, member, nonce, parents } = message.offer;
      return ["offer", idToBytes(library), idToBytes(member), nonce, parents.map(idToBytes)];
    }
    case "reveal": {
      const { device, seal, nonce, name } = message.reveal;
      return ["reveal", idToBytes(device), seal, nonce, name];
    }
    case "confirm":
      return ["confirm", message.countersignature];
    case "abort":
      return ["abort", message.reason];
    case "done":
    case "unknown":
      return [message.step];
  }
}

function parseMessage(body: CborValue): PairingMessage | null {
  if (!Array.isArray(body)) return null;
  const [step, ...fields]: readonly CborValue[] = body;
  switch (step) {
    case "commit":
      return parseBytes(fields, 32, (commitment) => ({ step, commitment }));
    case "confirm":
      return parseBytes(fields, 64, (countersignature) => ({ step, countersignature }));
    case "offer":
      return parseOffer(fields);
    case "reveal":
      return parseReveal(fields);
    case "done":
      return fields.length === 0 ? { step } : null;
    case "abort": {
      const [reason] = fields;
      return fields.length === 1 && isAbortReason(reason) ? { step, reason } : null;
    }
    default:
      return null;
  }
}

function parseBytes<T>(fields: readonly CborValue[], length: number, make: (bytes: Uint8Array) => T): T | null {
  const [bytes] = fields;
  return fields.length === 1 && isBytes(bytes, length) ? make(bytes) : null;
}

function parseOffer(fields: readonly CborValue[]): PairingMessage | null {
  const [libraryBytes, memberBytes, nonce, list] = fields;
  if (fields.length !== 4 || !Array.isArray(list) || list.length > maximalParents) return null;
  const library = bytesToId("LibraryId", libraryBytes);
  const member = bytesToId("DeviceId", memberBytes);
  const parents = list.map((parent: CborValue) => bytesToId("RecordHash", parent));
  if (library === null || member === null || !isBytes(nonce, 16) || !parents.every((parent) => parent !== null)) return null;
  return { step: "offer", offer: { library, member, nonce, parents } };
}

function parseReveal(fields: readonly CborValue[]): PairingMessage | null {
  const [deviceBytes, seal, nonce, name] = fields;
  const device = bytesToId("DeviceId", deviceBytes);
  if (fields.length !== 4 || device === null || !isSealKey(seal) || !isBytes(nonce, 16)) return null;
  return typeof name === "string" && isDeviceName(name) ? { step: "reveal", reveal: { device, seal, nonce, name } } : null;
}

function isAbortReason(value: CborValue | undefined): value is AbortReason {
  return value === "differs" || value === "stopped" || value === "failed" || value === "alarm";
}

function isBytes(value: CborValue | undefined, length: number): value is Uint8Array {
  return value instanceof Uint8Array && value.length === length;
}

function pairingKey(secret: Uint8Array): Uint8Array {
  return keyedHash("albumen pairing key 1", secret, new Uint8Array(0));
}
