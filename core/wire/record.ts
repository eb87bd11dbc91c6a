/**
 * Record: the unit of the log, one signed, encrypted envelope by one device. This module knows what a blind party may see.
 *
 *   offset  bytes  field
 *        0      1  version, 1
 *        1      1  kind: 1 membership, 2 content
 *        2     32  library; zeros in the record that creates it
 *       34     32  epoch whose key encrypts it; zeros where the record itself founds that epoch
 *       66     32  device: Ed25519 public key of the author
 *       98      8  sequence of the device, big-endian, from 1, at most 2⁵³−1
 *      106     32  hash of the device's previous record; zeros where the sequence is 1
 *      138     24  nonce of XChaCha20-Poly1305-IETF
 *      162         content: ciphertext with its tag of 16 bytes
 *                  membership: length of the public part (4, big-endian) ‖ public part ‖ ciphertext with its tag
 *      −64     64  Ed25519 signature over length(label) ‖ label ‖ every byte before it
 *
 * The associated data of the ciphertext is everything before it: header, and length and public part where there is one.
 * Record hash = BLAKE2b-256 of all bytes. Limits: record ≤ 1 MiB, public part ≤ 256 KiB.
 */
import { bytesToId, idToBytes, type DeviceId, type EpochId, type IdByKind, type LibraryId, type RecordHash } from "../ids/ids.ts";
import { bytesToU32, bytesToU64, concatBytes, u32ToBytes, u64ToBytes } from "../primitives/bytes.ts";
import { err, ok, type Result } from "../primitives/result.ts";

/** Whether a record says who belongs to the library, or carries events. */
export type RecordKind = "membership" | "content";

/** What everybody can read in front of a record. */
export interface RecordHeader {
  readonly kind: RecordKind;
  /** Null in the record that creates the library. */
  readonly library: LibraryId | null;
  /** Null where the record founds the epoch under which it is encrypted. */
  readonly epoch: EpochId | null;
  readonly device: DeviceId;
  /** From 1. */
  readonly sequence: number;
  /** Null exactly where `sequence` is 1. */
  readonly previous: RecordHash | null;
  /** 24 bytes. */
  readonly nonce: Uint8Array;
}

/** A record taken apart; the arrays are views of its bytes. */
export interface RecordParts {
  readonly header: RecordHeader;
  /** Null in content records. */
  readonly publicPart: Uint8Array | null;
  readonly associatedData: Uint8Array;
  readonly ciphertext: Uint8Array;
  /** Everything that the signature covers, without the label. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

/** Why bytes are not a record; nothing was trusted to find out. */
export interface RecordFormatError {
  readonly kind: "malformed-record" | "unknown-record-version";
  readonly reason: string;
}

/** Sizes in bytes. */
export const recordLimits = {
  header: 162,
  signature: 64,
  tag: 16,
  nonce: 24,
  maximum: 1_048_576,
  maximalPublicPart: 262_144,
} as const;

const kindByByte: readonly (RecordKind | undefined)[] = [undefined, "membership", "content"];
const zeros = new Uint8Array(32);

/** Takes a record apart without copying or trusting it. */
export function parseRecord(bytes: Uint8Array): Result<RecordParts, RecordFormatError> {
  const { signature: signatureBytes, tag, maximum, maximalPublicPart } = recordLimits;
  if (bytes.length > maximum) return malformed(`it has ${bytes.length} bytes, more than ${maximum}`);
  if (bytes.length < recordLimits.header + tag + signatureBytes) return malformed("it is shorter than any record");
  if (bytes[0] !== 1) return err({ kind: "unknown-record-version", reason: `its version is ${String(bytes[0])}, not 1` });
  const header = parseHeader(bytes);
  if (!header.ok) return header;
  const end = bytes.length - signatureBytes;
  let start: number = recordLimits.header;
  let publicPart: Uint8Array | null = null;
  if (header.value.kind === "membership") {
    const length = bytesToU32(bytes, start) ?? maximum;
    if (length > maximalPublicPart || start + 4 + length + tag > end) return malformed("its public part does not fit");
    publicPart = bytes.subarray(start + 4, start + 4 + length);
    start += 4 + length;
  }
  return ok(new RecordView(bytes, header.value, publicPart, start));
}

/** The parts, made when they are asked for: of most records only a few ever are, and six arrays each would weigh more than it. */
class RecordView implements RecordParts {
  readonly header: RecordHeader;
  readonly publicPart: Uint8Array | null;
  private readonly bytes: Uint8Array;
  /** Where the ciphertext begins. */
  private readonly start: number;

  constructor(bytes: Uint8Array, header: RecordHeader, publicPart: Uint8Array | null, start: number) {
    this.bytes = bytes;
    this.header = header;
    this.publicPart = publicPart;
    this.start = start;
  }

  get associatedData(): Uint8Array {
    return this.bytes.subarray(0, this.start);
  }

  get ciphertext(): Uint8Array {
    return this.bytes.subarray(this.start, -recordLimits.signature);
  }

  get signed(): Uint8Array {
    return this.bytes.subarray(0, -recordLimits.signature);
  }

  get signature(): Uint8Array {
    return this.bytes.subarray(-recordLimits.signature);
  }
}

/** What stands before the ciphertext: its associated data. @throws RangeError where a public part is missing or misplaced. */
export function encodeAssociatedData(header: RecordHeader, publicPart: Uint8Array | null): Uint8Array {
  if ((publicPart !== null) !== (header.kind === "membership"))
    throw new RangeError("exactly membership records have a public part");
  const head = concatBytes(
    new Uint8Array([1, kindByByte.indexOf(header.kind)]),
    header.library === null ? zeros : idToBytes(header.library),
    header.epoch === null ? zeros : idToBytes(header.epoch),
    idToBytes(header.device),
    u64ToBytes(header.sequence),
    header.previous === null ? zeros : idToBytes(header.previous),
    header.nonce,
  );
  return publicPart === null ? head : concatBytes(head, u32ToBytes(publicPart.length), publicPart);
}

/** What the last header said at each place: records come in runs of one author, and one text for all of them saves time and room. */
const [lastLibrary, lastEpoch, lastDevice] = [createLastId("LibraryId"), createLastId("EpochId"), createLastId("DeviceId")];

function parseHeader(bytes: Uint8Array): Result<RecordHeader, RecordFormatError> {
  const kind = kindByByte[bytes[1] ?? 0];
  if (kind === undefined) return malformed(`its kind is ${String(bytes[1])}, neither 1 nor 2`);
  const device = lastDevice(bytes, 66);
  const sequence = bytesToU64(bytes, 98);
  if (device === null || sequence === null || sequence === 0) return malformed("its sequence is 0 or beyond 2^53");
  const previous = isZero(bytes, 106) ? null : bytesToId("RecordHash", bytes.subarray(106, 138));
  if ((previous === null) !== (sequence === 1)) return malformed("its previous hash does not fit its sequence");
  return ok({
    kind,
    library: isZero(bytes, 2) ? null : lastLibrary(bytes, 2),
    epoch: isZero(bytes, 34) ? null : lastEpoch(bytes, 34),
    device,
    sequence,
    previous,
    nonce: bytes.subarray(138, 162),
  });
}

/** Reads ids of 32 bytes; one that is the same as the last is the same text. */
function createLastId<K extends "LibraryId" | "EpochId" | "DeviceId">(
  kind: K,
): (bytes: Uint8Array, offset: number) => IdByKind[K] | null {
  const last = new Uint8Array(32);
  let text: IdByKind[K] | null = null;
  return (bytes, offset) => {
    let same = text !== null;
    for (let i = 0; same && i < 32; i++) same = last[i] === bytes[offset + i];
    if (same) return text;
    const id = bytes.subarray(offset, offset + 32);
    last.set(id);
    text = bytesToId(kind, id);
    return text;
  };
}

function isZero(bytes: Uint8Array, offset: number): boolean {
  for (let i = offset; i < offset + 32; i++) if (bytes[i] !== 0) return false;
  return true;
}

function malformed(reason: string): Result<never, RecordFormatError> {
  return err({ kind: "malformed-record", reason });
}
