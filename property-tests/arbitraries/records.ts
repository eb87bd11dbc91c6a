/**
 * Records for tests of whoever carries them without reading them: correctly laid out and signed, with statements that rosters
 * evaluate. What only members could open (boxes, secrets, ciphertext) is drawn at random. Everything follows from a seed.
 */
import { recordHash } from "@albumen/core/crypto/verify.ts";
import { createMemberKeys, type MemberKeys, type RecordKey } from "@albumen/core/crypto/keys.ts";
import { sealRecord } from "@albumen/core/crypto/record-seal.ts";
import { sign } from "@albumen/core/crypto/sign.ts";
import type { LibraryId, RecordHash } from "@albumen/core/ids/ids.ts";
import type { Random } from "@albumen/core/ports/random.ts";
import { base64urlToBytes, bytesToBase64url, compareText } from "@albumen/core/primitives/bytes.ts";
import { encodeCbor } from "@albumen/core/primitives/cbor.ts";
import { encodeStatement } from "@albumen/core/roster/statement-codec.ts";
import { addMessage, createMessage } from "@albumen/core/roster/statement-messages.ts";
import type { ChainPoint, EpochPart, RemovedDevice, Statement } from "@albumen/core/roster/statement.ts";
import {
  type Challenge,
  challengeLabel,
  challengeMessage,
  findLabel,
  findMessage,
  type FindRequest,
  type SessionRequest,
} from "@albumen/core/wire/relay-api.ts";
import { seededRandom } from "@albumen/core/testing/seeded-random.ts";

/** A device that writes: its keys and the end of its chain. */
export interface Writer {
  readonly keys: MemberKeys;
  readonly random: Random;
  last: ChainPoint | null;
}

/** A library with its first record. */
export interface FoundedLibrary {
  readonly library: LibraryId;
  readonly founder: Writer;
  readonly words: Writer;
  readonly create: Uint8Array;
}

/** A device with keys from `seed`. */
export function createWriter(seed: number): Writer {
  const random = seededRandom(seed);
  return { keys: createMemberKeys(random), random, last: null };
}

/** A library whose founder and words come from `seed`. */
export function foundLibrary(seed: number): FoundedLibrary {
  const [founder, words] = [createWriter(seed * 2 + 1_000_001), createWriter(seed * 2 + 1_000_002)];
  const unsigned = {
    kind: "create",
    seal: founder.keys.seal,
    words: words.keys.device,
    wordsSeal: words.keys.seal,
    wordsSignature: new Uint8Array(64),
    secretCommitment: founder.random(32),
    secrets: [],
    epoch: epochPart(founder.random),
  } as const;
  const wordsSignature = sign("albumen create 1", createMessage(founder.keys.device, unsigned), words.keys.signing);
  const create = writeRecord(founder, null, { publicPart: encodeStatement({ ...unsigned, wordsSignature }), size: 16 });
  return { library: recordHash(create) as string as LibraryId, founder, words, create };
}

/** The record that admits `added`, as a device or as recovery words. */
export function writeAdd(by: Writer, library: LibraryId, added: Writer, words = false): Uint8Array {
  const wanted = { device: added.keys.device, seal: added.keys.seal, words, parents: [] };
  const countersignature = sign("albumen countersign 1", addMessage(library, by.keys.device, wanted), added.keys.signing);
  return writeStatement(by, library, { kind: "add", ...wanted, countersignature, secrets: [], epoch: epochPart(by.random) });
}

/** The same without the consent of `added`: nobody's signature stands where its countersignature should. */
export function writeUnsignedAdd(by: Writer, library: LibraryId, added: Writer): Uint8Array {
  const { device, seal } = added.keys;
  const countersignature = by.random(64);
  const epoch = epochPart(by.random);
  return writeStatement(by, library, {
    kind: "add",
    device,
    seal,
    words: false,
    parents: [],
    countersignature,
    secrets: [],
    epoch,
  });
}

/** The record that removes `removed`, of whom `cutoff` holds. */
export function writeRemove(by: Writer, library: LibraryId, removed: Writer, cutoff: readonly ChainPoint[]): Uint8Array {
  return writeRemoveAll(by, library, [{ device: removed.keys.device, cutoff }]);
}

/** The record that removes several at once. */
export function writeRemoveAll(by: Writer, library: LibraryId, removed: readonly RemovedDevice[]): Uint8Array {
  const sorted = [...removed].sort((a, b) => compareText(a.device, b.device));
  return writeStatement(by, library, { kind: "remove", removed: sorted, epoch: epochPart(by.random) });
}

/** A record that founds an epoch and says no more. */
export function writeRotate(by: Writer, library: LibraryId): Uint8Array {
  return writeStatement(by, library, { kind: "rotate", epoch: epochPart(by.random) });
}

/** A membership record whose statement is of version 2, which nobody knows yet. */
export function writeFuture(by: Writer, library: LibraryId): Uint8Array {
  return writeRecord(by, library, { publicPart: encodeCbor({ v: 2, kind: "moon" }), size: 16 });
}

/** A record with content of `size` random bytes. */
export function writeContent(by: Writer, library: LibraryId, size = 100): Uint8Array {
  return writeRecord(by, library, { publicPart: null, size });
}

/** A record with `statement` as its public part. */
export function writeStatement(by: Writer, library: LibraryId, statement: Statement): Uint8Array {
  return writeRecord(by, library, { publicPart: encodeStatement(statement), size: 16 });
}

/** The signed answer of `device` to `challenge`. */
export function answerChallenge({ keys }: Writer, library: LibraryId, challenge: Challenge): SessionRequest {
  const nonce = base64urlToBytes(challenge.nonce) ?? new Uint8Array(0);
  const message = challengeMessage({ library, device: keys.device }, nonce, challenge.expires, challenge.origin);
  const signature = bytesToBase64url(sign(challengeLabel, message, keys.signing));
  return { library, device: keys.device, nonce: challenge.nonce, signature };
}

/** The signed answer of `device` to a challenge for a find. */
export function answerFind({ keys }: Writer, challenge: Challenge): FindRequest {
  const nonce = base64urlToBytes(challenge.nonce) ?? new Uint8Array(0);
  const message = findMessage(keys.device, nonce, challenge.expires, challenge.origin);
  const signature = bytesToBase64url(sign(findLabel, message, keys.signing));
  return { device: keys.device, nonce: challenge.nonce, signature };
}

function writeRecord(
  by: Writer,
  library: LibraryId | null,
  { publicPart, size }: { readonly publicPart: Uint8Array | null; readonly size: number },
): Uint8Array {
  const sequence = (by.last?.sequence ?? 0) + 1;
  const previous: RecordHash | null = by.last?.hash ?? null;
  const kind = publicPart === null ? ("content" as const) : ("membership" as const);
  const header = { kind, library, epoch: null, device: by.keys.device, sequence, previous, nonce: by.random(24) };
  const plaintext = by.random(size);
  const record = sealRecord({ header, publicPart, plaintext }, by.random(32) as RecordKey, by.keys.signing);
  by.last = { sequence, hash: recordHash(record) };
  return record;
}

function epochPart(random: Random): EpochPart {
  return { parents: [], commitment: random(32), boxes: [] };
}
