/**
 * Authoring membership records: each function returns one whole record; nothing here stores or sends. Records that found an
 * epoch are encrypted under its new key, the others under an epoch that the author can write under.
 */
import {
  createEpochKey,
  createLibrarySecret,
  epochCommitment,
  recordKey,
  secretCommitment,
  type EpochKey,
  type MemberKeys,
} from "../crypto/keys.ts";
import { packContent } from "../crypto/packing.ts";
import { sealRecord } from "../crypto/record-seal.ts";
import { sign } from "../crypto/sign.ts";
import type { Frontier } from "../ids/frontier.ts";
import type { DeviceId, EpochId, LibraryId } from "../ids/ids.ts";
import type { Random } from "../ports/random.ts";
import { compareText } from "../primitives/bytes.ts";
import { encodeStatement } from "../roster/statement-codec.ts";
import { createMessage } from "../roster/statement-messages.ts";
import type { AddStatement, AskStatement, ChainPoint, EpochPart, RemovedDevice, Statement } from "../roster/statement.ts";
import { headEpochs } from "./epochs.ts";
import { sealKeyBox, type BoxContext, type Recipient } from "./key-box.ts";
import { currentMembers, writableEpoch, type Membership } from "./membership.ts";
import type { OwedSeal } from "./owed-seals.ts";
import { encodePrivatePart, type DeviceName, type WrappedKey } from "./private-part.ts";
import { leadingTo, trueWraps } from "./wraps.ts";

/** Most entries of a list that are read. */
const maximalEntries = 1000;

/** The effects and the place in the author's own chain that every record needs. */
export interface Authoring {
  readonly keys: MemberKeys;
  /** The author's last record; null before its first. */
  readonly last: ChainPoint | null;
  /** Frontiers that the author saw change since its last record. */
  readonly seen: readonly Frontier[];
  /** Milliseconds since 1970 by the author's clock. */
  readonly at: number;
  readonly random: Random;
  readonly nonces: () => Uint8Array;
}

/** A key that agreed to be added: a device after a pairing that both sides confirmed, or recovery words. */
export interface ConfirmedKey extends Pick<AddStatement, "device" | "seal" | "words" | "parents" | "countersignature"> {
  /** Null for words. */
  readonly name: string | null;
}

/** The `create` record of a new library: its hash is the library's id. */
export function foundLibrary(authoring: Authoring, words: MemberKeys, name: string): Uint8Array {
  const { keys, random } = authoring;
  const members = [words, keys];
  const { part, key } = foundEpoch(members, { purpose: "epoch", library: null, ids: [] }, random);
  const secret = createLibrarySecret(random);
  const unsigned = {
    kind: "create",
    seal: keys.seal,
    words: words.device,
    wordsSeal: words.seal,
    wordsSignature: new Uint8Array(64),
    secretCommitment: secretCommitment(secret),
    secrets: boxesFor(secret, members, { purpose: "secret", library: null, ids: [] }, random),
    epoch: part,
  } as const;
  const wordsSignature = sign("albumen create 1", createMessage(keys.device, unsigned), words.signing);
  return sealFounding(authoring, null, { ...unsigned, wordsSignature }, key, [{ device: keys.device, name }], []);
}

/**
 * The `add` record that admits `added`, with an epoch for everybody including it. Null while the library's secret is unknown, and
 * for a key that was removed: no record admits it again, and this one would hand it every key.
 */
export function addMember(authoring: Authoring, membership: Membership, added: ConfirmedKey): Uint8Array | null {
  const { library, secret, roster } = membership;
  const before = roster.memberOf(added.device);
  if (secret === null || (before !== null && before.removedBy !== null)) return null;
  const { device, seal, words, parents, countersignature, name } = added;
  const others = currentMembers(membership).filter((member) => member.device !== device);
  const { part, key } = nextEpoch(authoring, membership, [...others, added]);
  const secrets = boxesFor(secret, [added], { purpose: "secret", library, ids: [] }, authoring.random);
  const statement = { kind: "add", device, seal, words, parents, countersignature, secrets, epoch: part } as const;
  return sealFounding(authoring, library, statement, key, name === null ? [] : [{ device, name }], wrapsFor(membership));
}

/** The `remove` record, with an epoch for those who stay. `removed` sorted by device. */
export function removeMembers(authoring: Authoring, membership: Membership, removed: readonly RemovedDevice[]): Uint8Array {
  const gone = new Set(removed.map(({ device }) => device));
  const staying = currentMembers(membership).filter((member) => !gone.has(member.device));
  const { part, key } = nextEpoch(authoring, membership, staying);
  return sealFounding(authoring, membership.library, { kind: "remove", removed, epoch: part }, key, [], wrapsFor(membership));
}

/** The `rotate` record: a new epoch for exactly the current members. */
export function rotateEpoch(authoring: Authoring, membership: Membership): Uint8Array {
  const { part, key } = nextEpoch(authoring, membership, currentMembers(membership));
  return sealFounding(authoring, membership.library, { kind: "rotate", epoch: part }, key, [], wrapsFor(membership));
}

/** The `seal` record that gives a member a key it lacks. Null where the author lacks it too, or can write under no epoch. */
export function sealOwed(authoring: Authoring, membership: Membership, { of, to }: OwedSeal): Uint8Array | null {
  const { library, secret, keys } = membership;
  const key = of === null ? secret : (keys.get(of) ?? null);
  if (key === null) return null;
  const context: BoxContext = { purpose: "seal", library, ids: of === null ? [] : [of] };
  const box = sealKeyBox(key, to, context, authoring.random);
  return sealUnder(authoring, membership, { kind: "seal", of, device: to.device, box });
}

/** The `ask` record. Null where the author can write under no epoch. */
export function askForKeys(authoring: Authoring, membership: Membership, ask: Omit<AskStatement, "kind">): Uint8Array | null {
  return sealUnder(authoring, membership, { kind: "ask", ...ask });
}

/** The `keep` record, by which a removed device's records up to `point` count. Null where the author can write under no epoch. */
export function keepRecords(
  authoring: Authoring,
  membership: Membership,
  device: DeviceId,
  { sequence, hash }: ChainPoint,
): Uint8Array | null {
  return sealUnder(authoring, membership, { kind: "keep", device, sequence, hash });
}

/** A statement that founds an epoch. */
type FoundingStatement = Extract<Statement, { readonly epoch: EpochPart }>;

function nextEpoch(
  { random }: Authoring,
  { epochs, library }: Membership,
  members: readonly Recipient[],
): { part: EpochPart; key: EpochKey } {
  // More would not be read; a member that founds heads by the thousand cannot keep the others from replacing those they use.
  const heads = headEpochs(epochs);
  const used = [...heads.filter((epoch) => epoch.boxes.length > 0), ...heads.filter((epoch) => epoch.boxes.length === 0)];
  const parents = used
    .slice(0, maximalEntries)
    .map((epoch) => epoch.id)
    .sort(compareText);
  return foundEpoch(members, { purpose: "epoch", library, ids: parents }, random);
}

function foundEpoch(members: readonly Recipient[], context: BoxContext, random: Random): { part: EpochPart; key: EpochKey } {
  const key = createEpochKey(random);
  const boxes = boxesFor(key, members, context, random);
  return { key, part: { parents: context.ids, commitment: epochCommitment(key), boxes } };
}

function boxesFor(key: Uint8Array, members: readonly Recipient[], context: BoxContext, random: Random): EpochPart["boxes"] {
  const sorted = [...members].sort((a, b) => compareText(a.device, b.device));
  return sorted.map((member) => ({ device: member.device, box: sealKeyBox(key, member, context, random) }));
}

/** As few of the epoch keys held as lead to all of them. */
function wrapsFor({ keys, privateParts }: Membership): readonly WrappedKey[] {
  const chosen = new Set(leadingTo(keys.keys(), trueWraps(keys, privateParts)));
  const wraps = [...keys].flatMap(([epoch, key]) => (chosen.has(epoch) ? [{ epoch, key }] : []));
  // What does not fit is sealed to whoever lacks it.
  return wraps.slice(0, maximalEntries);
}

function sealFounding(
  authoring: Authoring,
  library: LibraryId | null,
  statement: FoundingStatement,
  key: EpochKey,
  names: readonly DeviceName[],
  wraps: readonly WrappedKey[],
): Uint8Array {
  return sealStatement(authoring, { library, epoch: null, key }, statement, { names, wraps });
}

function sealUnder(authoring: Authoring, membership: Membership, statement: Statement): Uint8Array | null {
  const epoch = writableEpoch(membership);
  const key = epoch === null ? undefined : membership.keys.get(epoch);
  if (key === undefined) return null;
  return sealStatement(authoring, { library: membership.library, epoch, key }, statement, { names: [], wraps: [] });
}

function sealStatement(
  { keys, last, seen, at, nonces }: Authoring,
  { library, epoch, key }: { readonly library: LibraryId | null; readonly epoch: EpochId | null; readonly key: EpochKey },
  statement: Statement,
  told: { readonly names: readonly DeviceName[]; readonly wraps: readonly WrappedKey[] },
): Uint8Array {
  const { device, signing } = keys;
  const place = { sequence: (last?.sequence ?? 0) + 1, previous: last?.hash ?? null };
  const header = { kind: "membership", library, epoch, device, ...place, nonce: nonces() } as const;
  const plaintext = packContent(encodePrivatePart({ at, ...told, seen }));
  const content = { header, publicPart: encodeStatement(statement), plaintext };
  return sealRecord(content, recordKey(key, library, epoch, device), signing);
}
