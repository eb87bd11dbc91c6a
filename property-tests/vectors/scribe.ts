/** A small library that is written for vectors: named members with known seeds, one log, everything from one seed. */
import "../arbitraries/automerge.ts";
import { createNonces } from "@albumen/core/crypto/aead.ts";
import { type MemberKeys, recordKey, seedsToMemberKeys } from "@albumen/core/crypto/keys.ts";
import { packContent } from "@albumen/core/crypto/packing.ts";
import { sealRecord } from "@albumen/core/crypto/record-seal.ts";
import { sign } from "@albumen/core/crypto/sign.ts";
import { recordHash } from "@albumen/core/crypto/verify.ts";
import { type ActorCopy, actorPrefix, authorChange, createActorCopy, documentOfHeight } from "@albumen/core/documents/author.ts";
import { contentDictionary, encodeContent, type EventDraft } from "@albumen/core/documents/content.ts";
import type { Fact } from "@albumen/core/facts/fact.ts";
import { encodeFact } from "@albumen/core/facts/fact-codec.ts";
import { factId } from "@albumen/core/facts/fact-id.ts";
import type { Frontier } from "@albumen/core/ids/frontier.ts";
import type { EpochId, LibraryId, RecordHash } from "@albumen/core/ids/ids.ts";
import { addMember, type Authoring } from "@albumen/core/membership/author.ts";
import type { MembershipEntry } from "@albumen/core/membership/entry.ts";
import { evaluateMembership, type Membership, writableEpoch } from "@albumen/core/membership/membership.ts";
import type { Random } from "@albumen/core/ports/random.ts";
import { bytesToHex } from "@albumen/core/primitives/bytes.ts";
import { addMessage } from "@albumen/core/roster/statement-messages.ts";
import { entryOf } from "@albumen/core/testing/member-world.ts";
import type { ChainPoint } from "@albumen/core/roster/statement.ts";
import { parseRecord, type RecordHeader } from "@albumen/core/wire/record.ts";

/** Whoever writes. */
export interface VectorMember {
  readonly name: string;
  readonly signingSeed: Uint8Array;
  readonly sealingSeed: Uint8Array;
  readonly keys: MemberKeys;
  last: ChainPoint | null;
  /** Its copies of the documents of facts, by number. */
  readonly copies: Map<number, ActorCopy>;
}

/** One record of the log. */
export interface WrittenRecord {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly hash: RecordHash;
  readonly author: VectorMember;
}

/** What an event says: facts, or a body that is given. */
export type EventText = Omit<EventDraft, "body"> & ({ readonly facts: readonly Fact[] } | { readonly body: EventDraft["body"] });

/** Writes a log. */
export interface Scribe {
  readonly random: Random;
  readonly log: readonly WrittenRecord[];
  readonly library: () => LibraryId;
  readonly membership: (of: VectorMember) => Membership;
  readonly previousOf: (hash: RecordHash) => RecordHash | null;
  /** A membership record as evaluation takes it. @throws where it is none. */
  readonly entryOf: (record: Uint8Array) => MembershipEntry;
  /** A member with seeds of its own. */
  readonly member: (name: string) => VectorMember;
  readonly authoring: (by: VectorMember, seen?: readonly Frontier[]) => Authoring;
  /** Takes a record into the log. @throws where the author could not write. */
  readonly take: (name: string, author: VectorMember, bytes: Uint8Array | null) => WrittenRecord;
  /** The `add` that `by` writes when the returned function is called, seeing the members that there are now. */
  readonly prepareAdd: (by: VectorMember, added: VectorMember, words?: boolean) => () => Uint8Array | null;
  readonly add: (name: string, by: VectorMember, added: VectorMember, words: boolean) => WrittenRecord;
  /** A content record under `epoch`, by default the one to write under. */
  readonly write: (name: string, by: VectorMember, events: readonly EventText[], how?: Writing) => WrittenRecord;
  /** A sealed content record with any plaintext, not taken into the log. */
  readonly seal: (by: VectorMember, plaintext: Uint8Array, header?: Partial<RecordHeader>) => Uint8Array;
}

/** How a content record is written. */
export interface Writing {
  readonly epoch?: EpochId;
  readonly seen?: readonly VectorMember[];
}

/** The keys of `name` from two seeds. */
export function createVectorMember(name: string, signingSeed: Uint8Array, sealingSeed: Uint8Array): VectorMember {
  return { name, signingSeed, sealingSeed, keys: seedsToMemberKeys(signingSeed, sealingSeed), last: null, copies: new Map() };
}

/** A scribe whose chance comes from `random`. */
export function createScribe(random: Random): Scribe {
  const nonces = createNonces(random);
  const log: WrittenRecord[] = [];
  const entries: MembershipEntry[] = [];
  const library = (): LibraryId => (log[0]?.hash ?? "") as string as LibraryId;
  const previousOf = (hash: RecordHash): RecordHash | null => {
    const record = log.find((one) => one.hash === hash);
    const parts = record === undefined ? null : parseRecord(record.bytes);
    return parts?.ok === true ? parts.value.header.previous : null;
  };
  const membership = (of: VectorMember): Membership => {
    const evaluated = evaluateMembership(library(), entries, of.keys, previousOf);
    if (evaluated === null) throw new Error("the log has no create record");
    return evaluated;
  };
  const authoring = (by: VectorMember, seen: readonly Frontier[] = []): Authoring => {
    return { keys: by.keys, last: by.last, seen, at: atOf(log.length), random, nonces };
  };
  const take = (name: string, author: VectorMember, bytes: Uint8Array | null): WrittenRecord => {
    const parts = bytes === null ? null : parseRecord(bytes);
    if (bytes === null || parts?.ok !== true) throw new Error(`"${name}" could not be written`);
    const { header, publicPart } = parts.value;
    const hash = recordHash(bytes);
    if (publicPart !== null) entries.push(entryOf(bytes));
    const record: WrittenRecord = { name, bytes, hash, author };
    log.push(record);
    author.last = { sequence: header.sequence, hash };
    return record;
  };
  const seal: Scribe["seal"] = (by, plaintext, changed = {}) => {
    const place = { sequence: (by.last?.sequence ?? 0) + 1, previous: by.last?.hash ?? null };
    const epoch = changed.epoch ?? writableEpoch(membership(by));
    const header: RecordHeader = {
      kind: "content",
      library: library(),
      epoch,
      device: by.keys.device,
      ...place,
      nonce: nonces(),
      ...changed,
    };
    const key = epoch === null ? undefined : membership(by).keys.get(epoch);
    if (key === undefined) throw new Error("there is no epoch to write under");
    return sealRecord(
      { header, publicPart: null, plaintext },
      recordKey(key, header.library, epoch, by.keys.device),
      by.keys.signing,
    );
  };
  const prepareAdd: Scribe["prepareAdd"] = (by, added, words = false) => {
    const members = membership(by);
    const agreed = { device: added.keys.device, seal: added.keys.seal, words, parents: members.heads };
    const message = addMessage(library(), by.keys.device, agreed);
    const countersignature = sign("albumen countersign 1", message, added.keys.signing);
    const name = words ? null : added.name;
    return () => addMember(authoring(by), members, { ...agreed, countersignature, name });
  };
  return {
    random,
    log,
    library,
    membership,
    previousOf,
    entryOf,
    member: (name) => createVectorMember(name, random(32), random(32)),
    authoring,
    take,
    prepareAdd,
    add: (name, by, added, words) => take(name, by, prepareAdd(by, added, words)()),
    write: (name, by, events, { epoch, seen = [] } = {}) => {
      const content = encodeContent(draftEvents(by, events), frontiersOf(seen));
      return take(name, by, seal(by, packContent(content, contentDictionary), epoch === undefined ? {} : { epoch }));
    },
    seal,
  };
}

/** Where the chains of `members` stand. */
export function frontiersOf(members: readonly VectorMember[]): readonly Frontier[] {
  return members.flatMap(({ keys, last }) => (last === null ? [] : [{ device: keys.device, ...last }]));
}

/** A time for display, one minute after the other. */
function atOf(place: number): number {
  return 1_700_000_000_000 + 60_000 * place;
}

/** The events with their facts as changes; the facts are numbered through the record. */
export function draftEvents(by: VectorMember, events: readonly EventText[]): readonly EventDraft[] {
  const previous = by.last?.hash ?? null;
  let index = 0;
  return events.map((event): EventDraft => {
    const { what, at, height } = event;
    if ("body" in event) return { what, at, height, body: event.body };
    const number = documentOfHeight(height);
    const entries = event.facts.map((fact) => {
      const value = encodeFact(fact);
      return { key: factId(by.keys.device, previous, index++, value) as string, value };
    });
    const actor = `${actorPrefix(by.keys.device)}${bytesToHex(by.signingSeed.subarray(0, 8))}`;
    const authored = authorChange(by.copies.get(number) ?? createActorCopy(actor), entries);
    by.copies.set(number, authored.copy);
    return { what, at, height, body: { kind: "facts", change: authored.change } };
  });
}
