/**
 * A world of members for tests: real keys, real records, real boxes, all from one seed. Each member holds the records that it was
 * shown (`show`), so that two members can act without knowing of each other.
 */
import { createNonces } from "../crypto/aead.ts";
import { createEpochKey, createMemberKeys, recordKey, type EpochKey, type MemberKeys } from "../crypto/keys.ts";
import { packContent } from "../crypto/packing.ts";
import { sealRecord } from "../crypto/record-seal.ts";
import { sign } from "../crypto/sign.ts";
import { recordHash } from "../crypto/verify.ts";
import type { LibraryId, RecordHash } from "../ids/ids.ts";
import {
  addMember,
  askForKeys,
  foundLibrary,
  keepRecords,
  removeMembers,
  rotateEpoch,
  sealOwed,
  type Authoring,
} from "../membership/author.ts";
import type { MembershipEntry } from "../membership/entry.ts";
import { createMembershipMemo, type MembershipMemo } from "../membership/memo.ts";
import { evaluateMembership, type Membership } from "../membership/membership.ts";
import { dueAsk, owedSeals } from "../membership/owed-seals.ts";
import { encodePrivatePart } from "../membership/private-part.ts";
import { compareText } from "../primitives/bytes.ts";
import { encodeStatement, parseStatement } from "../roster/statement-codec.ts";
import { addMessage } from "../roster/statement-messages.ts";
import type { ChainPoint, Statement } from "../roster/statement.ts";
import { parseRecord } from "../wire/record.ts";
import { seededRandom } from "./seeded-random.ts";

/** A member or somebody who would like to be one. */
export interface TestMember {
  readonly keys: MemberKeys;
  readonly held: Map<RecordHash, MembershipEntry>;
  readonly memo: MembershipMemo;
  last: ChainPoint | null;
}

/** What members can do; what they write is held by them and returned, and reaches others by `show`. */
export interface MemberWorld {
  readonly library: LibraryId;
  readonly words: TestMember;
  readonly founder: TestMember;
  readonly created: MembershipEntry;
  readonly random: ReturnType<typeof seededRandom>;
  /** A fresh key that nobody has admitted. */
  readonly stranger: () => TestMember;
  readonly authoring: (by: TestMember) => Authoring;
  readonly membership: (of: TestMember) => Membership;
  readonly add: (by: TestMember, added: TestMember, words?: boolean) => MembershipEntry;
  /** `cutoff` as the remover sees it where it is not given: the last record that each removed member wrote. */
  readonly remove: (by: TestMember, removed: readonly TestMember[], cutoff?: readonly ChainPoint[]) => MembershipEntry;
  readonly rotate: (by: TestMember) => MembershipEntry;
  readonly keep: (by: TestMember, device: TestMember, point: ChainPoint) => MembershipEntry;
  /** Writes every seal that `by` owes, and an `ask` where one is due. */
  readonly settle: (by: TestMember) => readonly MembershipEntry[];
  /** Takes the record that `by` made in another way into its chain. */
  readonly take: (by: TestMember, record: Uint8Array) => MembershipEntry;
  /** Writes any statement, with nothing in private, under `key` where that is given: what only a liar writes. */
  readonly forge: (by: TestMember, statement: Statement, key?: EpochKey) => MembershipEntry;
  readonly show: (to: readonly TestMember[], entries: Iterable<MembershipEntry>) => void;
}

/** The entry of a membership record. @throws Error where it does not parse. */
export function entryOf(record: Uint8Array): MembershipEntry {
  const parts = parseRecord(record);
  const statement = parts.ok && parts.value.publicPart !== null ? parseStatement(parts.value.publicPart) : null;
  if (!parts.ok || statement === null) throw new Error("the record does not parse");
  const { device, sequence } = parts.value.header;
  return { hash: recordHash(record), device, sequence, statement, parts: parts.value };
}

/** A library with its founder, and words that hold nothing yet. */
export function createMemberWorld(seed: number): MemberWorld {
  const random = seededRandom(seed);
  const nonces = createNonces(random);
  const stranger = (): TestMember => ({
    keys: createMemberKeys(random),
    held: new Map(),
    memo: createMembershipMemo(),
    last: null,
  });
  const [words, founder] = [stranger(), stranger()];
  const authoring = (by: TestMember): Authoring => ({ keys: by.keys, last: by.last, seen: [], at: 0, random, nonces });
  const take = (by: TestMember, record: Uint8Array | null): MembershipEntry => {
    if (record === null) throw new Error("the author could not write");
    const entry = entryOf(record);
    by.held.set(entry.hash, entry);
    by.last = { sequence: entry.sequence, hash: entry.hash };
    return entry;
  };
  const created = take(founder, foundLibrary(authoring(founder), words.keys, "Founder"));
  const library = created.hash as string as LibraryId;
  const membership = (of: TestMember): Membership => {
    const previousOf = (hash: RecordHash): RecordHash | null => of.held.get(hash)?.parts.header.previous ?? null;
    const evaluated = evaluateMembership(library, [...of.held.values()], of.keys, previousOf, of.memo);
    if (evaluated === null) throw new Error("this member does not hold the library's create");
    return evaluated;
  };
  const write = (by: TestMember, author: (authoring: Authoring, membership: Membership) => Uint8Array | null): MembershipEntry =>
    take(by, author(authoring(by), membership(by)));
  return {
    library,
    words,
    founder,
    created,
    random,
    stranger,
    authoring,
    membership,
    take,
    add: (by, added, isWords = false) =>
      write(by, (author, members) => {
        const { device, seal, signing } = added.keys;
        const agreed = { device, seal, words: isWords, parents: members.heads };
        const countersignature = sign("albumen countersign 1", addMessage(library, by.keys.device, agreed), signing);
        return addMember(author, members, { ...agreed, countersignature, name: isWords ? null : `Device ${device.slice(0, 4)}` });
      }),
    remove: (by, removed, cutoff) =>
      write(by, (author, members) => {
        const gone = removed.map(({ keys, last }) => ({ device: keys.device, cutoff: cutoff ?? (last === null ? [] : [last]) }));
        return removeMembers(
          author,
          members,
          gone.sort((a, b) => compareText(a.device, b.device)),
        );
      }),
    rotate: (by) => write(by, rotateEpoch),
    keep: (by, device, point) => write(by, (author, members) => keepRecords(author, members, device.keys.device, point)),
    settle: (by) => {
      const owed = owedSeals(membership(by), by.keys.device);
      const seals = owed.map((seal) => write(by, (author, members) => sealOwed(author, members, seal)));
      const ask = dueAsk(membership(by), by.keys.device);
      return ask === null ? seals : [...seals, write(by, (author, members) => askForKeys(author, members, ask))];
    },
    forge: (by, statement, key = createEpochKey(random)) =>
      take(by, forgeRecord(library, by, statement, { key, nonce: nonces() })),
    show: (to, entries) => {
      for (const entry of entries) for (const member of to) member.held.set(entry.hash, entry);
    },
  };
}

function forgeRecord(
  library: LibraryId,
  { keys, last }: TestMember,
  statement: Statement,
  { key, nonce }: { readonly key: EpochKey; readonly nonce: Uint8Array },
): Uint8Array {
  const { device, signing } = keys;
  const place = { sequence: (last?.sequence ?? 0) + 1, previous: last?.hash ?? null };
  const header = { kind: "membership", library, epoch: null, device, ...place, nonce } as const;
  const plaintext = packContent(encodePrivatePart({ at: 0, names: [], wraps: [], seen: [] }));
  const content = { header, publicPart: encodeStatement(statement), plaintext };
  return sealRecord(content, recordKey(key, library, null, device), signing);
}
