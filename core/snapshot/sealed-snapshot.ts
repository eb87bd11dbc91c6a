/**
 * Sealed snapshot: the memory of a log as its maker keeps it, or hands it to a device that joins. It is an accelerator and no
 * authority: nothing is dropped from the log for it, and whoever loads it verifies the log all the same.
 *
 *   version (1, = 1) ‖ length of the head (4, big-endian) ‖ head ‖ ciphertext ‖ signature (64)
 *
 *   head        canonical CBOR [library, epoch, device, arrivals, hash, [membership record, …]]
 *   arrivals    how many records of its maker's store it covers, in order of their arrival
 *   hash        BLAKE2b-256 of the content (`snapshot-format.ts`)
 *   ciphertext  the content as a blob (`crypto/blob.ts`) under the key KDF(epoch key, library ‖ epoch ‖ device ‖ hash): two
 *               contents never share one
 *   signature   of the device over BLAKE2b-256 of all before it
 *
 * The membership records stand in clear, as they do in the log: they give the keys that open the rest, and are verified like any.
 * Limits: 192 MiB, a head of 64 MiB. A flip of any byte is refused.
 */
import { openBlob, sealBlob } from "../crypto/blob.ts";
import { plainHash } from "../crypto/hash.ts";
import { snapshotKey, type EpochKey, type SigningKey } from "../crypto/keys.ts";
import { sign } from "../crypto/sign.ts";
import { verifySignature } from "../crypto/verify.ts";
import { bytesToId, idToBytes, type DeviceId, type EpochId, type LibraryId } from "../ids/ids.ts";
import { bytesToU32, concatBytes, equalBytes, u32ToBytes } from "../primitives/bytes.ts";
import { decodeCbor, encodeCbor, type CborValue } from "../primitives/cbor.ts";

/** What everybody can read of a snapshot. */
export interface SnapshotHead {
  readonly library: LibraryId;
  /** The epoch whose key opens it. */
  readonly epoch: EpochId;
  /** Who made it. */
  readonly device: DeviceId;
  readonly arrivals: number;
  /** Whole records. */
  readonly membership: readonly Uint8Array[];
}

/** A snapshot whose signature is its maker's. */
export interface SignedSnapshot extends SnapshotHead {
  readonly hash: Uint8Array;
  readonly ciphertext: Uint8Array;
}

const limits = { bytes: 201_326_592, head: 67_108_864 } as const;
const signatureBytes = 64;
const version = 1;

/** `content` sealed and signed. */
export function sealSnapshot(head: SnapshotHead, content: Uint8Array, epochKey: EpochKey, signing: SigningKey): Uint8Array {
  const { library, epoch, device, arrivals, membership } = head;
  const hash = plainHash(content);
  const names = [idToBytes(library), idToBytes(epoch), idToBytes(device)];
  const encoded = encodeCbor([...names, arrivals, hash, [...membership]]);
  const ciphertext = sealBlob(content, snapshotKey(epochKey, head, hash));
  const signed = concatBytes(Uint8Array.of(version), u32ToBytes(encoded.length), encoded, ciphertext);
  return concatBytes(signed, sign("albumen snapshot 1", plainHash(signed), signing));
}

/** The snapshot in `bytes`, where the device that it names signed it; null where it is anything else. */
export function readSnapshot(bytes: Uint8Array): SignedSnapshot | null {
  const length = bytesToU32(bytes, 1) ?? limits.bytes;
  const end = bytes.length - signatureBytes;
  if (bytes[0] !== version || bytes.length > limits.bytes || length > limits.head || 5 + length > end) return null;
  const head = parseHead(bytes.subarray(5, 5 + length));
  if (head === null) return null;
  const digest = plainHash(bytes.subarray(0, end));
  if (!verifySignature("albumen snapshot 1", digest, bytes.subarray(end), head.device)) return null;
  return { ...head, ciphertext: bytes.subarray(5 + length, end) };
}

/** The content of `snapshot`, or null where `epochKey` does not open it. */
export function openSnapshot(snapshot: SignedSnapshot, epochKey: EpochKey): Uint8Array | null {
  const content = openBlob(snapshot.ciphertext, snapshotKey(epochKey, snapshot, snapshot.hash));
  return content !== null && equalBytes(plainHash(content), snapshot.hash) ? content : null;
}

function parseHead(bytes: Uint8Array): Omit<SignedSnapshot, "ciphertext"> | null {
  const decoded = decodeCbor(bytes);
  if (!decoded.ok || !Array.isArray(decoded.value) || decoded.value.length !== 6) return null;
  const [first, second, third, arrivals, hash, records] = decoded.value as readonly CborValue[];
  const library = bytesToId("LibraryId", first);
  const epoch = bytesToId("EpochId", second);
  const device = bytesToId("DeviceId", third);
  if (library === null || epoch === null || device === null || typeof arrivals !== "number" || arrivals < 0) return null;
  if (!(hash instanceof Uint8Array) || hash.length !== 32 || !isListOfBytes(records)) return null;
  return { library, epoch, device, arrivals, hash, membership: records };
}

function isListOfBytes(value: CborValue | undefined): value is readonly Uint8Array[] {
  return Array.isArray(value) && (value as readonly CborValue[]).every((item) => item instanceof Uint8Array);
}
