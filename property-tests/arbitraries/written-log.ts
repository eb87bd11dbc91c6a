/**
 * A log written by real pens: a founder and further devices of one library that write sealed, signed records and exchange them
 * now and then, with neither relay nor storage, and without opening what the others wrote. Everything follows from a seed.
 */
import "./automerge.ts";
import { createPen, type EventIntent, type Pen } from "@albumen/client/log/pen.ts";
import { createNonces } from "@albumen/core/crypto/aead.ts";
import { createMemberKeys, type MemberKeys } from "@albumen/core/crypto/keys.ts";
import { sign } from "@albumen/core/crypto/sign.ts";
import { recordHash } from "@albumen/core/crypto/verify.ts";
import type { Frontier } from "@albumen/core/ids/frontier.ts";
import type { DeviceId, LibraryId, RecordHash } from "@albumen/core/ids/ids.ts";
import { addMember, type Authoring, foundLibrary } from "@albumen/core/membership/author.ts";
import type { MembershipEntry } from "@albumen/core/membership/entry.ts";
import { evaluateMembership, type Membership } from "@albumen/core/membership/membership.ts";
import { createWords, wordsToKeys } from "@albumen/core/membership/words.ts";
import { compareText } from "@albumen/core/primitives/bytes.ts";
import { parseStatement } from "@albumen/core/roster/statement-codec.ts";
import { addMessage } from "@albumen/core/roster/statement-messages.ts";
import type { Statement } from "@albumen/core/roster/statement.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";
import { parseRecord } from "@albumen/core/wire/record.ts";

/** A device that writes. */
export interface LogWriter {
  readonly keys: MemberKeys;
  /** Its last record; null where it wrote none. */
  readonly last: () => RecordHash | null;
  /** Writes one event into the log. */
  readonly write: (intent: EventIntent) => void;
  /** Learns where the chains of all others stand, and starts again, with a new actor. */
  readonly restart: () => void;
}

/** A library and what its devices wrote. */
export interface WrittenLog {
  readonly library: LibraryId;
  /** The founder first. */
  readonly writers: readonly LogWriter[];
  /** In the order of writing, membership records first. */
  readonly records: readonly Uint8Array[];
}

/** A log of `devices` devices, so far without content. */
export function createWrittenLog(seed: number, devices: number): WrittenLog {
  const random = seededRandom(seed);
  const keys = Array.from({ length: devices }, () => createMemberKeys(random));
  const words = wordsToKeys(createWords(random));
  const [founder, ...others] = keys;
  if (words === null || founder === undefined) throw new Error("a log needs a founder");
  const chains = new Map<DeviceId, Frontier>();
  const records: Uint8Array[] = [];
  const entries: MembershipEntry[] = [];
  const nonces = createNonces(random);
  const authoring = (last: Frontier | null): Authoring => ({ keys: founder, last, seen: [], at: 0, random, nonces });
  const append = (record: Uint8Array): Frontier => {
    const { statement, ...rest } = entryOf(record);
    if (statement !== null) entries.push({ ...rest, statement });
    const { device, sequence, hash } = rest;
    const last = { device, sequence, hash };
    chains.set(device, last);
    records.push(record);
    return last;
  };
  const create = append(foundLibrary(authoring(null), words, "Laptop"));
  const library = create.hash as string as LibraryId;
  const membership = (): Membership => {
    const evaluated = evaluateMembership(library, entries, founder, () => null);
    if (evaluated === null) throw new Error("there is no create among the entries");
    return evaluated;
  };
  for (const [at, added] of others.entries()) {
    const last = chains.get(founder.device) ?? null;
    append(admit(authoring(last), membership(), added, `Device ${at + 2}`));
  }
  const settled = membership();
  return { library, records, writers: keys.map((own) => createWriter(own, { chains, settled, random, append })) };
}

interface WriterContext {
  readonly chains: ReadonlyMap<DeviceId, Frontier>;
  readonly settled: Membership;
  readonly random: (length: number) => Uint8Array;
  readonly append: (record: Uint8Array) => Frontier;
}

function createWriter(keys: MemberKeys, { chains, settled, random, append }: WriterContext): LogWriter {
  let known = new Map(chains);
  const pen: Pen = createPen(
    {
      chains: {
        frontiers: () => [...known.values()].sort((a, b) => compareText(a.device, b.device)),
        frontier: (device) => known.get(device) ?? null,
      },
      verified: () => [],
      membership: () => settled,
    },
    keys,
    { random, clock: () => 0 },
  );
  return {
    keys,
    last: () => known.get(keys.device)?.hash ?? null,
    write: (intent) => {
      const record = append(pen.write([intent], settled));
      pen.kept();
      known.set(keys.device, record);
    },
    restart: () => {
      known = new Map(chains);
      pen.discard();
    },
  };
}

function admit(authoring: Authoring, membership: Membership, added: MemberKeys, name: string): Uint8Array {
  const wanted = { device: added.device, seal: added.seal, words: false, parents: membership.heads };
  const message = addMessage(membership.library, authoring.keys.device, wanted);
  const countersignature = sign("albumen countersign 1", message, added.signing);
  const record = addMember(authoring, membership, { ...wanted, countersignature, name });
  if (record === null) throw new Error("the founder does not hold the library's secret");
  return record;
}

function entryOf(record: Uint8Array): Omit<MembershipEntry, "statement"> & { readonly statement: Statement | null } {
  const parts = parseRecord(record);
  if (!parts.ok) throw new Error(parts.error.reason);
  const { publicPart, header } = parts.value;
  const { device, sequence } = header;
  const statement = publicPart === null ? null : parseStatement(publicPart);
  return { hash: recordHash(record), device, sequence, parts: parts.value, statement };
}
