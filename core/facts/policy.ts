/**
 * Policy: what the lower half may carry as a fact. It is deliberately weaker than `parseFact` and must never change: two
 * versions of Albumen accept the same records, and what only one of them understands is kept by the other.
 *
 * A fact is canonical CBOR of at most 512 KiB: an array that begins with its code, an integer from 0.
 */
import { decodeCbor } from "../primitives/cbor.ts";

/** Most bytes that a fact may have: about half of the largest record. */
export const maximalFactBytes: number = 512 * 1024;

/** Whether `bytes` may stand in a fact document: of any kind, known or not. */
export function isFactBytes(bytes: Uint8Array): boolean {
  if (bytes.length > maximalFactBytes) return false;
  const decoded = decodeCbor(bytes);
  if (!decoded.ok || !Array.isArray(decoded.value)) return false;
  const code: unknown = decoded.value[0];
  return typeof code === "number" && code >= 0;
}
