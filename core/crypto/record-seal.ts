/** Sealing and opening records: what `wire/record.ts` lays out, encrypted, signed and checked. */
import { concatBytes } from "../primitives/bytes.ts";
import { encodeAssociatedData, type RecordHeader, type RecordParts } from "../wire/record.ts";
import { openAead, sealAead } from "./aead.ts";
import type { RecordKey, SigningKey } from "./keys.ts";
import { sign } from "./sign.ts";
import { verifySignature } from "./verify.ts";

/** What goes into a record. */
export interface RecordContent {
  readonly header: RecordHeader;
  /** Exactly for membership records. */
  readonly publicPart: Uint8Array | null;
  /** Packed: see `packing.ts`. */
  readonly plaintext: Uint8Array;
}

/** The record, encrypted under `key` and signed by `signing`. */
export function sealRecord(content: RecordContent, key: RecordKey, signing: SigningKey): Uint8Array {
  const associatedData = encodeAssociatedData(content.header, content.publicPart);
  const ciphertext = sealAead(content.plaintext, associatedData, content.header.nonce, key);
  const signed = concatBytes(associatedData, ciphertext);
  return concatBytes(signed, sign("albumen record 1", signed, signing));
}

/** Whether the record's own signature is its device's. */
export function isSignatureValid(parts: RecordParts): boolean {
  return verifySignature("albumen record 1", parts.signed, parts.signature, parts.header.device);
}

/** The packed plaintext, or null where `key` does not open it. */
export function openRecord(parts: RecordParts, key: RecordKey): Uint8Array | null {
  return openAead(parts.ciphertext, parts.associatedData, parts.header.nonce, key);
}
