/**
 * Which records of an upload are authentic: a record is iff its own signature is its device's, or an authentic later record of
 * its device chains to it. So the tip of a run is verified and the rest is hashed; a device's bulk upload costs one signature.
 */
import { verifySignature } from "@albumen/core/crypto/verify.ts";
import type { RecordHash } from "@albumen/core/ids/ids.ts";
import type { RecordHeader, RecordParts } from "@albumen/core/wire/record.ts";

/** A well-formed record of an upload. */
export interface Candidate {
  /** Its position in the upload. */
  readonly index: number;
  readonly hash: RecordHash;
  readonly bytes: Uint8Array;
  readonly parts: RecordParts;
  /** Whether the log holds it: then it was found authentic before. */
  readonly held: boolean;
}

/** The hashes of those that are authentic. `candidates` in the order of the upload: a chain is recognised in its own order. */
export function findAuthentic(candidates: readonly Candidate[]): ReadonlySet<RecordHash> {
  const authentic = new Set<RecordHash>();
  const successorByHash = new Map<RecordHash, RecordHeader>();
  for (const { hash, parts, held } of candidates.toReversed()) {
    const { header, signed, signature } = parts;
    const successor = successorByHash.get(hash);
    const isChained = successor?.device === header.device && successor.sequence === header.sequence + 1;
    if (!held && !isChained && !verifySignature("albumen record 1", signed, signature, header.device)) continue;
    authentic.add(hash);
    if (header.previous !== null) successorByHash.set(header.previous, header);
  }
  return authentic;
}
