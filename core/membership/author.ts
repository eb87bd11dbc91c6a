/**
 * Authoring membership records: found a library, add a device, rotate the epoch. Each returns one whole record; nothing here
 * stores or sends.
 */
import {
  createEpochKey,
  createLibrarySecret,
  epochCommitment,
  recordKey,
  type EpochKey,
  type MemberKeys,
} from "../crypto/keys.ts";
import { packContent } from "../crypto/packing.ts";
import { sealRecord } from "../crypto/record-seal.ts";
import { sign } from "../crypto/sign.ts";
import type { Frontier } from "../ids/frontier.ts";
import type { DeviceId, EpochId, LibraryId, RecordHash } from "../ids/ids.ts";
import type { Random } from "../ports/random.ts";
import { compareText } from "../primitives/bytes.ts";
import { createMessage, encodeStatement, type ChainPoint, type EpochPart, type Statement } from "../roster/statement.ts";
import { sealKeyBox, type BoxContext, type Recipient } from "./key-box.ts";
import { headEpochs, type Membership } from "./membership.ts";
import { encodePrivatePart, type DeviceName, type WrappedKey } from "./private-part.ts";

/** The effects and the place in the author's own chain that every record needs. */
export interface Authoring {
  readonly keys: MemberKeys;
  /** The author's last record; null before its first. */
  readonly last: ChainPoint | null;
  /** Frontiers that the author saw change since its last record. */
  readonly seen: readonly Frontier[];
  readonly random: Random;
  readonly nonces: () => Uint8Array;
}

/** A device that both sides of a pairing confirmed. */
export interface ConfirmedDevice extends Recipient {
  readonly name: string;
  readonly parents: readonly RecordHash[];
  readonly countersignature: Uint8Array;
}

/** The `create` record of a new library: its hash is the library's id. */
export function foundLibrary(authoring: Authoring, words: MemberKeys, name: string): Uint8Array {
  const { keys, random } = authoring;
  const members = [words, keys];
  const context: BoxContext = { library: null, parents: [] };
  const { part, key } = foundEpoch(members, context, random);
  const secret = createLibrarySecret(random);
  const unsigned = {
    kind: "create",
    seal: keys.seal,
    words: words.device,
    wordsSeal: words.seal,
    wordsSignature: new Uint8Array(64),
    secrets: boxesFor(secret, members, context, random),
    epoch: part,
  } as const;
  const wordsSignature = sign("albumen create 1", createMessage(keys.device, unsigned), words.signing);
  return sealStatement(authoring, null, { ...unsigned, wordsSignature }, key, {
    names: [{ device: keys.device, name }],
    wraps: [],
  });
}

/** The `add` record that admits `added`, with an epoch for everybody including it. Null while the library's secret is unknown. */
export function addDevice(authoring: Authoring, membership: Membership, added: ConfirmedDevice): Uint8Array | null {
  if (membership.secret === null) return null;
  const { random } = authoring;
  const { library } = membership;
  const { part, key } = nextEpoch(authoring, membership, [added]);
  const { device, seal, parents, countersignature, name } = added;
  const secrets = boxesFor(membership.secret, [added], { library, parents: [] }, random);
  const statement = { kind: "add", device, seal, parents, countersignature, secrets, epoch: part } as const;
  return sealStatement(authoring, library, statement, key, { names: [{ device, name }], wraps: wrapsFor(membership) });
}

/** The `rotate` record: a new epoch for exactly the current members. */
export function rotateEpoch(authoring: Authoring, membership: Membership): Uint8Array {
  const { part, key } = nextEpoch(authoring, membership, []);
  const statement = { kind: "rotate", epoch: part } as const;
  return sealStatement(authoring, membership.library, statement, key, { names: [], wraps: wrapsFor(membership) });
}

/** The members that no removal holds against. */
export function currentMembers(membership: Membership): readonly Recipient[] {
  return membership.roster.members.filter((member) => member.removedBy === null);
}

/**
 * The epoch to write under: the head with the least id whose recipients are the current members and whose key is at hand.
 * Null where there is none: then rotate first.
 */
export function writableEpoch(membership: Membership): EpochId | null {
  const wanted = currentMembers(membership)
    .map((member) => member.device as string)
    .sort(compareText)
    .join();
  const head = headEpochs(membership.epochs).find(
    (epoch) => epoch.boxes.map((box) => box.device).join() === wanted && membership.keys.has(epoch.id),
  );
  return head?.id ?? null;
}

function nextEpoch(
  authoring: Authoring,
  membership: Membership,
  added: readonly Recipient[],
): { part: EpochPart; key: EpochKey } {
  const parents = headEpochs(membership.epochs).map((epoch) => epoch.id);
  const known = currentMembers(membership).filter((member) => added.every((one) => one.device !== member.device));
  return foundEpoch([...known, ...added], { library: membership.library, parents }, authoring.random);
}

function foundEpoch(members: readonly Recipient[], context: BoxContext, random: Random): { part: EpochPart; key: EpochKey } {
  const key = createEpochKey(random);
  const { parents } = context;
  return { key, part: { parents, commitment: epochCommitment(key), boxes: boxesFor(key, members, context, random) } };
}

function boxesFor(key: Uint8Array, members: readonly Recipient[], context: BoxContext, random: Random): EpochPart["boxes"] {
  const sorted = [...members].sort((a, b) => compareText(a.device, b.device));
  return sorted.map((member) => ({ device: member.device, box: sealKeyBox(key, member, context, random) }));
}

/** Every epoch key held that no wrapped epoch already wraps. */
function wrapsFor(membership: Membership): readonly WrappedKey[] {
  const alreadyWrapped = new Set<EpochId>();
  for (const [record, part] of membership.privateParts) {
    if (membership.keys.has(record as string as EpochId)) for (const wrap of part.wraps) alreadyWrapped.add(wrap.epoch);
  }
  return [...membership.keys]
    .filter(([epoch]) => !alreadyWrapped.has(epoch))
    .sort(([a], [b]) => compareText(a, b))
    .map(([epoch, key]) => ({ epoch, key }));
}

function sealStatement(
  authoring: Authoring,
  library: LibraryId | null,
  statement: Statement,
  key: EpochKey,
  content: { readonly names: readonly DeviceName[]; readonly wraps: readonly WrappedKey[] },
): Uint8Array {
  const { keys, last, seen, nonces } = authoring;
  const device: DeviceId = keys.device;
  const sequence = (last?.sequence ?? 0) + 1;
  const header = {
    kind: "membership",
    library,
    epoch: null,
    device,
    sequence,
    previous: last?.hash ?? null,
    nonce: nonces(),
  } as const;
  const plaintext = packContent(encodePrivatePart({ ...content, seen }));
  return sealRecord(
    { header, publicPart: encodeStatement(statement), plaintext },
    recordKey(key, library, null, device),
    keys.signing,
  );
}
