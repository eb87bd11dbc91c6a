/** A library from its records and a member's seeds: the roster, the keys, and what every record says. */
import { Refused } from "./bytes.ts";
import { type Content, Newer, readContent } from "./content.ts";
import { type Membership, openAll, type Opened, readPrivatePart, type Seeds } from "./keys.ts";
import { decrypt, dictionary, isOwn, type OpenRecord, readRecord, unpack } from "./record.ts";
import { type Roster, walk } from "./roster.ts";
import { readStatement, type Statement } from "./statement.ts";

/** What is wrong with a record, in the words of the vectors. */
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

/** A library that somebody opened. */
export interface OpenLibrary extends Opened {
  readonly library: string;
  readonly roster: Roster;
  readonly membership: readonly Membership[];
  readonly records: readonly OpenRecord[];
}

/** Opens `records`, all good, with `seeds`. @throws Error where there is no roster. */
export function openLibrary(library: string, records: readonly Uint8Array[], seeds: Seeds): OpenLibrary {
  const read = records.map(readRecord).filter((record) => (record.library ?? record.hash) === library && isOwn(record));
  const membership = read.flatMap((record) => {
    const statement = statementOf(record);
    return statement === null ? [] : [{ record, statement }];
  });
  const previous = new Map(read.map((record) => [record.hash, record.previous]));
  const said = membership.map(({ record, statement }) => ({
    hash: record.hash,
    device: record.device,
    sequence: record.sequence,
    statement,
  }));
  const roster = walk(library, said, (hash) => previous.get(hash) ?? null);
  if (roster === null) throw new Error("the library has no roster");
  return { library, roster, membership, records: read, ...openAll(library, membership, seeds) };
}

/** The first check that `bytes` fail for whoever opened the library, and what good content says. */
export function judge(bytes: Uint8Array, opened: OpenLibrary): { readonly verdict: Verdict; readonly content: Content | null } {
  const record = attempt(() => readRecord(bytes));
  if (record === null) return { verdict: "not-a-record", content: null };
  if ((record.library ?? record.hash) !== opened.library) return { verdict: "other-library", content: null };
  if (!isOwn(record)) return { verdict: "not-authentic", content: null };
  if (record.isMembership && statementOf(record) === null) return { verdict: "no-statement", content: null };
  const key = opened.keys.get(record.epoch ?? record.hash);
  const packed = key === undefined ? null : decrypt(record, key);
  if (key === undefined || packed === null) return { verdict: "does-not-open", content: null };
  const plain = attempt(() =>
    unpack(packed, record.isMembership ? 1_048_576 : 8_388_608, record.isMembership ? null : dictionary),
  );
  if (plain === null) return { verdict: "does-not-unpack", content: null };
  try {
    if (record.isMembership) return { verdict: readPrivatePart(record, key) === null ? "bad-content" : "good", content: null };
    return { verdict: "good", content: readContent(plain, record) };
  } catch (cause) {
    if (!(cause instanceof Refused || cause instanceof TypeError)) throw cause;
    return { verdict: cause instanceof Newer ? "newer-content" : "bad-content", content: null };
  }
}

function statementOf({ publicPart }: OpenRecord): Statement | null {
  return publicPart === null ? null : attempt(() => readStatement(publicPart));
}

/** The value, or null where it is refused; TypeError is how TextDecoder refuses. */
function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof Refused || cause instanceof TypeError) return null;
    throw cause;
  }
}
