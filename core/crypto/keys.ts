/**
 * Keys, branded by purpose: a signing key cannot enter a cipher, because it does not compile. Secret keys are byte arrays that
 * only this room looks into; nothing prints them.
 */
import type { DeviceId, EpochId, LibraryId, PhotoId } from "../ids/ids.ts";
import { idToBytes } from "../ids/ids.ts";
import type { Random } from "../ports/random.ts";
import type { Brand } from "../primitives/brand.ts";
import { bytesToHex, concatBytes, equalBytes, utf8 } from "../primitives/bytes.ts";
import { keyedHash, labelledHash } from "./hash.ts";
import { sodium } from "./sodium.ts";

/** Ed25519 secret key; 64 bytes. */
export type SigningKey = Brand<Uint8Array, "SigningKey">;
/** X25519 secret key; 32 bytes. */
export type SealingKey = Brand<Uint8Array, "SealingKey">;
/** Key of an epoch; 32 bytes. */
export type EpochKey = Brand<Uint8Array, "EpochKey">;
/** The library's secret L, never rotated; 32 bytes. */
export type LibrarySecret = Brand<Uint8Array, "LibrarySecret">;
/** Key under which one device encrypts its records of one epoch; 32 bytes. */
export type RecordKey = Brand<Uint8Array, "RecordKey">;
/** Key of one blob; 32 bytes. */
export type BlobKey = Brand<Uint8Array, "BlobKey">;

/** The two key pairs of a device or of the recovery words. */
export interface MemberKeys {
  readonly device: DeviceId;
  readonly signing: SigningKey;
  /** X25519 public key; 32 bytes. */
  readonly seal: Uint8Array;
  readonly sealing: SealingKey;
}

/** The key pairs that two seeds of 32 bytes give. */
export function seedsToMemberKeys(signingSeed: Uint8Array, sealingSeed: Uint8Array): MemberKeys {
  const signing = sodium.crypto_sign_seed_keypair(signingSeed);
  const sealing = sodium.crypto_box_seed_keypair(sealingSeed);
  return {
    device: bytesToHex(signing.publicKey) as DeviceId,
    signing: signing.privateKey as SigningKey,
    seal: sealing.publicKey,
    sealing: sealing.privateKey as SealingKey,
  };
}

/** Fresh keys of a device. */
export function createMemberKeys(random: Random): MemberKeys {
  return seedsToMemberKeys(random(32), random(32));
}

/** A fresh epoch key. */
export function createEpochKey(random: Random): EpochKey {
  return random(32) as EpochKey;
}

/** A fresh library secret. */
export function createLibrarySecret(random: Random): LibrarySecret {
  return random(32) as LibrarySecret;
}

/** What an epoch's record publishes of its key: whoever gets a key in a box can tell whether it is the one meant for all. */
export function epochCommitment(key: EpochKey): Uint8Array {
  return labelledHash("albumen epoch commitment 1", key);
}

/** Whether `bytes` are the epoch key that `commitment` names. */
export function isEpochKey(bytes: Uint8Array, commitment: Uint8Array): bytes is EpochKey {
  return bytes.length === 32 && equalBytes(epochCommitment(bytes as EpochKey), commitment);
}

/** What the `create` record publishes of the library's secret, so that a false one in a box is noticed. */
export function secretCommitment(secret: LibrarySecret): Uint8Array {
  return labelledHash("albumen secret commitment 1", secret);
}

/** Whether `bytes` are the library's secret that `commitment` names. */
export function isLibrarySecret(bytes: Uint8Array, commitment: Uint8Array): bytes is LibrarySecret {
  return bytes.length === 32 && equalBytes(secretCommitment(bytes as LibrarySecret), commitment);
}

/** The key of `device`'s records under `epoch`; library and epoch as the record's header has them. */
export function recordKey(key: EpochKey, library: LibraryId | null, epoch: EpochId | null, device: DeviceId): RecordKey {
  const zeros = new Uint8Array(32);
  const place = [library === null ? zeros : idToBytes(library), epoch === null ? zeros : idToBytes(epoch), idToBytes(device)];
  return keyedHash("albumen record key 1", key, concatBytes(...place)) as RecordKey;
}

/** The id of a photo: equal files have equal ids within a library and unrelated ones across libraries. */
export function photoId(secret: LibrarySecret, file: Uint8Array): PhotoId {
  return bytesToHex(keyedHash("albumen photo 1", secret, file, 16)) as PhotoId;
}

/** The key of one blob of a photo: `hash` is BLAKE2b-256 of its plaintext; `epochKey` enters for what follows a removal. */
export function blobKey(
  secret: LibrarySecret,
  epochKey: EpochKey | null,
  blob: { readonly kind: string; readonly photo: PhotoId; readonly hash: Uint8Array },
): BlobKey {
  const kind = utf8(blob.kind);
  const place = [new Uint8Array([kind.length]), kind, idToBytes(blob.photo), blob.hash, epochKey ?? new Uint8Array(0)];
  return keyedHash("albumen blob key 1", secret, concatBytes(...place)) as BlobKey;
}

/** The key of the snapshot that `device` made under `epoch`: `hash` is BLAKE2b-256 of its content. */
export function snapshotKey(
  key: EpochKey,
  { library, epoch, device }: { readonly library: LibraryId; readonly epoch: EpochId; readonly device: DeviceId },
  hash: Uint8Array,
): BlobKey {
  const place = [idToBytes(library), idToBytes(epoch), idToBytes(device), hash];
  return keyedHash("albumen snapshot key 1", key, concatBytes(...place)) as BlobKey;
}
