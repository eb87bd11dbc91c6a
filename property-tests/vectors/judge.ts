/** What the project says of one record of the vectors' library, in the words of the vectors. */
import { recordKey } from "@albumen/core/crypto/keys.ts";
import { unpackContent } from "@albumen/core/crypto/packing.ts";
import { isSignatureValid, openRecord } from "@albumen/core/crypto/record-seal.ts";
import { recordHash } from "@albumen/core/crypto/verify.ts";
import { factsAndFreeDocuments } from "@albumen/core/documents/change-policy.ts";
import { contentCap, contentDictionary, type VerifiedContent, verifyContent } from "@albumen/core/documents/content.ts";
import type { LibraryId } from "@albumen/core/ids/ids.ts";
import { epochFoundedBy } from "@albumen/core/membership/epochs.ts";
import type { Membership } from "@albumen/core/membership/membership.ts";
import { parsePrivatePart } from "@albumen/core/membership/private-part.ts";
import { parseStatement } from "@albumen/core/roster/statement-codec.ts";
import { parseRecord, type RecordParts } from "@albumen/core/wire/record.ts";

/**
 * The first check that a record fails, or "good". A membership record that is "good" need not count, and content that is "good"
 * need not hold: both are asked of the roster.
 */
export type Verdict =
  | "good"
  | "not-a-record"
  | "other-library"
  | "not-authentic"
  | "no-statement"
  | "does-not-open"
  | "does-not-unpack"
  | "bad-content"
  | "newer-content";

/** A verdict, and what the project says about it. */
export interface Judgement {
  readonly verdict: Verdict;
  /** Null where it is good. */
  readonly reason: string | null;
  /** Of good content. */
  readonly content: VerifiedContent | null;
}

/** Judges `bytes` as the holder of `membership`'s keys. */
export function judgeRecord(bytes: Uint8Array, library: LibraryId, membership: Membership): Judgement {
  const parts = parseRecord(bytes);
  if (!parts.ok) return bad("not-a-record", parts.error.reason);
  const { header } = parts.value;
  if ((header.library ?? recordHash(bytes)) !== library) return bad("other-library", "it belongs to another library");
  if (!isSignatureValid(parts.value)) return bad("not-authentic", "its signature is not its device's");
  if (parts.value.publicPart !== null && parseStatement(parts.value.publicPart) === null) {
    return bad("no-statement", "its statement is malformed or newer");
  }
  return judgeContent(bytes, parts.value, membership);
}

function judgeContent(bytes: Uint8Array, parts: RecordParts, membership: Membership): Judgement {
  const { header } = parts;
  const epoch = header.epoch ?? epochFoundedBy(recordHash(bytes));
  const key = membership.keys.get(epoch);
  const packed = key === undefined ? null : openRecord(parts, recordKey(key, header.library, header.epoch, header.device));
  if (packed === null) return bad("does-not-open", "no key that is held opens it");
  const isMembership = header.kind === "membership";
  const content = isMembership ? unpackContent(packed, 1 << 20) : unpackContent(packed, contentCap, contentDictionary);
  if (!content.ok) return bad("does-not-unpack", content.error.reason);
  if (isMembership) {
    const isRead = parsePrivatePart(content.value) !== null;
    return isRead ? { verdict: "good", reason: null, content: null } : bad("bad-content", "its private part is malformed");
  }
  const verified = verifyContent(content.value, header, recordHash(bytes), factsAndFreeDocuments);
  if (verified.ok) return { verdict: "good", reason: null, content: verified.value };
  return bad(verified.error.kind === "newer" ? "newer-content" : "bad-content", verified.error.reason);
}

function bad(verdict: Verdict, reason: string): Judgement {
  return { verdict, reason, content: null };
}
