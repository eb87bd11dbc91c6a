/** `invalid-records.json`: records that the holder of the founder's keys must refuse, each with the first check that it fails. */
import { bytesToHex } from "@albumen/core/primitives/bytes.ts";
import { evaluateMembership } from "@albumen/core/membership/membership.ts";
import { invalidContents } from "./invalid-contents.ts";
import { type InvalidRecord, invalidEnvelopes } from "./invalid-envelopes.ts";
import { malformedStatements, statementsThatDoNotCount } from "./invalid-statements.ts";
import { judgeRecord } from "./judge.ts";
import type { SmallLibrary } from "./small-library.ts";
import type { Json } from "./vector-file.ts";

/** The vectors of what is wrong in `library`. */
export function createInvalidVectors(library: SmallLibrary): Json {
  const { scribe, founder } = library;
  const membership = scribe.membership(founder);
  const refused = [...invalidEnvelopes(library), ...malformedStatements(library), ...invalidContents(library)];
  return {
    provenance: {
      made: "invalid-envelopes.ts, invalid-statements.ts and invalid-contents.ts from the library of library.json",
      reads: "verdict: the first check of docs/PROTOCOL.md that the record fails, for who holds the founder's keys",
    },
    refused: refused.map(({ name, record }) => {
      const { verdict, reason } = judgeRecord(record, scribe.library(), membership);
      if (verdict === "good") throw new Error(`"${name}" is good`);
      return { name, verdict, reason, record: bytesToHex(record) };
    }),
    uncounted: statementsThatDoNotCount(library).map((one) => describeUncounted(one, library)),
  };
}

function describeUncounted({ name, record }: InvalidRecord, { scribe, founder }: SmallLibrary): Json {
  const entry = scribe.entryOf(record);
  const previousOf = scribe.previousOf;
  const more = evaluateMembership(scribe.library(), [...scribe.membership(founder).entries, entry], founder.keys, previousOf);
  if (more?.roster.counting.has(entry.hash) !== false) throw new Error(`"${name}" counts`);
  return { name, record: bytesToHex(record) };
}
