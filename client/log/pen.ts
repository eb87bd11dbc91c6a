/**
 * Pen: how this device writes records. It knows its chain, its actor of this start, what it has told the others it has seen,
 * and under which epoch to write; where no epoch fits the current members it rotates first.
 */
import { createNonces } from "@albumen/core/crypto/aead.ts";
import { recordKey, type MemberKeys } from "@albumen/core/crypto/keys.ts";
import { packContent } from "@albumen/core/crypto/packing.ts";
import { sealRecord } from "@albumen/core/crypto/record-seal.ts";
import { actorPrefix, authorChange, createActorCopy, documentOfHeight, type ActorCopy } from "@albumen/core/documents/author.ts";
import { contentDictionary, encodeContent, type EventDraft } from "@albumen/core/documents/content.ts";
import type { EventBody } from "@albumen/core/documents/event-body.ts";
import { factId } from "@albumen/core/facts/fact-id.ts";
import type { Frontier } from "@albumen/core/ids/frontier.ts";
import type { DeviceId, RecordHash } from "@albumen/core/ids/ids.ts";
import { rotateEpoch, type Authoring } from "@albumen/core/membership/author.ts";
import { writableEpoch, type Membership } from "@albumen/core/membership/membership.ts";
import type { Random } from "@albumen/core/ports/random.ts";
import { bytesToHex } from "@albumen/core/primitives/bytes.ts";
import type { Ledger } from "./ledger.ts";

/** What one event is to say. */
export interface EventIntent {
  readonly what: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly height: number;
  readonly says: EventSaying;
}

/** What an event brings; of facts the canonical CBOR of each, which the pen puts into a change. */
export type EventSaying =
  | Exclude<EventBody, { readonly kind: "facts" }>
  | { readonly kind: "facts"; readonly facts: readonly Uint8Array[] };

/** Writes records of one device. */
export interface Pen {
  /** What a membership record by this device needs. */
  readonly authoring: () => Authoring;
  /** Whether an epoch fits the current members; where none does, `rotation` must be appended before `write`. */
  readonly canWrite: (membership: Membership) => boolean;
  readonly rotation: (membership: Membership) => Uint8Array;
  /** The record that says `intents`. */
  readonly write: (intents: readonly EventIntent[], membership: Membership) => Uint8Array;
  /** To be called where the record that was authored last is stored: what it told is told. */
  readonly kept: () => void;
  /** To be called where a written record was not stored: its change is lost, so the next one begins with another actor. */
  readonly discard: () => void;
}

/** What writing needs of the world. */
export interface PenEffects {
  readonly random: Random;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** What a pen asks of a ledger. */
export interface WrittenLog extends Pick<Ledger, "verified" | "membership"> {
  readonly chains: Pick<Ledger["chains"], "frontiers" | "frontier">;
}

/** Most frontiers that one record tells: more would not be read. */
const maximalSeen = 1000;

/** In every 64th record the author tells all it has seen. */
const fullSeenEvery = 64;

/** The pen of the holder of `keys`, who has written what `ledger` holds. */
export function createPen(ledger: WrittenLog, keys: MemberKeys, { random, clock }: PenEffects): Pen {
  const { device } = keys;
  const nonces = createNonces(random);
  const newActor = (): string => actorPrefix(device) + bytesToHex(random(8));
  let actor = newActor();
  let told = toldFrontiers(ledger, device);
  let telling: readonly Frontier[] = [];
  const copies = new Map<number, ActorCopy>();
  const authorFacts = (facts: readonly Uint8Array[], height: number, first: number, previous: RecordHash | null): Uint8Array => {
    const number = documentOfHeight(height);
    const entries = facts.map((value, at) => ({ key: factId(device, previous, first + at, value), value }));
    const authored = authorChange(copies.get(number) ?? createActorCopy(actor), entries);
    copies.set(number, authored.copy);
    return authored.change;
  };
  const draftEvents = (intents: readonly EventIntent[], previous: RecordHash | null): readonly EventDraft[] => {
    let facts = 0;
    return intents.map(({ what, at, height, says }): EventDraft => {
      if (says.kind !== "facts") return { what, at, height, body: says };
      const change = authorFacts(says.facts, height, facts, previous);
      facts += says.facts.length;
      return { what, at, height, body: { kind: "facts", change } };
    });
  };
  const unseen = (last: Frontier | null): readonly Frontier[] => {
    // What strangers write is nobody's business, and a relay may invent any number of them.
    const roster = ledger.membership()?.roster;
    const others = ledger.chains
      .frontiers()
      .filter((frontier) => frontier.device !== device && roster?.memberOf(frontier.device) != null)
      .slice(0, maximalSeen);
    if (((last?.sequence ?? 0) + 1) % fullSeenEvery === 0) return others;
    return others.filter((frontier) => told.get(frontier.device) !== frontier.hash);
  };
  const authoring = (): Authoring => {
    const last = ledger.chains.frontier(device);
    telling = unseen(last);
    return { keys, last, seen: telling, at: clock(), random, nonces };
  };
  return {
    authoring,
    canWrite: (membership) => writableEpoch(membership) !== null,
    rotation: (membership) => rotateEpoch(authoring(), membership),
    write: (intents, membership) => {
      const { library } = membership;
      const epoch = writableEpoch(membership);
      const epochKey = epoch === null ? undefined : membership.keys.get(epoch);
      if (epoch === null || epochKey === undefined) throw new Error("a record was about to be written under no epoch");
      const { last, seen } = authoring();
      const [sequence, previous] = [(last?.sequence ?? 0) + 1, last?.hash ?? null];
      const header = { kind: "content", library, epoch, device, sequence, previous, nonce: nonces() } as const;
      const plaintext = packContent(encodeContent(draftEvents(intents, previous), seen), contentDictionary);
      return sealRecord({ header, publicPart: null, plaintext }, recordKey(epochKey, library, epoch, device), keys.signing);
    },
    kept: () => {
      for (const frontier of telling) told.set(frontier.device, frontier.hash);
      telling = [];
    },
    discard: () => {
      copies.clear();
      actor = newActor();
      told = toldFrontiers(ledger, device);
    },
  };
}

/** Where this device has told the others that it saw their chains. */
function toldFrontiers(ledger: WrittenLog, self: DeviceId): Map<DeviceId, RecordHash> {
  const told = new Map<DeviceId, RecordHash>();
  const own = ledger.verified().filter((record) => record.device === self);
  for (const record of own.sort((a, b) => a.sequence - b.sequence)) {
    for (const frontier of record.seen) told.set(frontier.device, frontier.hash);
  }
  return told;
}
