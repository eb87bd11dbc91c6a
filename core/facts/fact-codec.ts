/**
 * Codec of facts: canonical CBOR [code, …fields] or [code, …fields, references] where the fact supersedes any. A code and its
 * layout never change: a new layout is a new code, so an older version keeps what it cannot read and says so.
 *
 *    1 assign      faces person     11 union       a b shown      21 caption       photos text
 *    2 deny        faces person     12 distinct    a b            22 correctDate   photos date|null
 *    3 ignore      faces            13 albumName   album text     23 correctPlace  photos [lat, lon]|null
 *    4 manualFace  photo box(8)     14 rule        album bytes|null 24 trash       photos
 *    5 answer      faces person     15 sort        album text     25 restore       photos
 *    6 name        person text      16 albumCover  album photo    26 delete        0 person, 1 album, 2 photo; id
 *    7 cover       person face(40)  17 pin         album photos   27 retract       references
 *    8 birth       person date      18 exclude     album photos   28 setting       key text
 *    9 hide        person flag      19 favourite   photos flag    29 settleIndex   photo index
 *   10 note        person text      20 hidePhoto   photos flag
 *
 * In 11 and 12 a and b differ. Ids are bytes; the lists are specified in `fact-fields.ts`. One assigned face is 63 bytes, each further one 24.
 */
import { decodeCbor, encodeCbor, type CborValue } from "../primitives/cbor.ts";
import { err, ok, type Result } from "../primitives/result.ts";
import type { Fact, FactError, FactReference, ParsedFact } from "./fact.ts";
import { codeOfKind, fieldCount, kindByCode } from "./fact-codes.ts";
import { encodeFields } from "./fact-encoder.ts";
import { encodeReferences, parseReferences } from "./fact-fields.ts";
import { parseFields } from "./fact-parser.ts";

/** The canonical bytes of `fact`, superseding `supersedes`. */
export function encodeFact(fact: Fact, supersedes: readonly FactReference[] = []): Uint8Array {
  const fields: readonly CborValue[] = [codeOfKind[fact.kind], ...encodeFields(fact)];
  return encodeCbor(supersedes.length === 0 ? fields : [...fields, encodeReferences(supersedes)]);
}

/** The fact in `bytes`, checked in full. */
export function parseFact(bytes: Uint8Array): Result<ParsedFact, FactError> {
  const decoded = decodeCbor(bytes);
  if (!decoded.ok) return malformed(decoded.error.reason);
  const list = decoded.value;
  if (!Array.isArray(list)) return malformed("it is not a list");
  const code: CborValue | undefined = list[0];
  if (typeof code !== "number" || code < 0) return malformed("it does not begin with the code of a kind");
  const kind = kindByCode.get(code);
  if (kind === undefined) return err({ kind: "newer-fact", reason: `facts of kind ${code} need a newer version` });
  const end = 1 + fieldCount(kind);
  const fact = list.length >= end ? parseFields(kind, list.slice(1, end)) : null;
  if (fact === null || list.length > end + 1) return malformed(`its fields are not those of "${kind}"`);
  if (list.length === end) return ok({ fact, supersedes: [] });
  const supersedes = parseReferences(list[end]);
  return supersedes === null ? malformed("its references are damaged") : ok({ fact, supersedes });
}

function malformed(reason: string): Result<never, FactError> {
  return err({ kind: "malformed-fact", reason });
}
