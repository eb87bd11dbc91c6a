/**
 * Fact id: where a fact stands in the log, and what it says, so that nobody can squat the id of another's fact.
 *
 *   BLAKE2b-128 (label "albumen fact 1") over
 *   offset  bytes  field
 *        0     32  device: Ed25519 public key of the author
 *       32     32  hash of the device's previous record; zeros in its first
 *       64      4  index of the fact in its record, big-endian, counted over all events of the record, from 0
 *       68         canonical CBOR of the fact
 */
import { labelledHash } from "../crypto/hash.ts";
import type { DeviceId, FactId, RecordHash } from "../ids/ids.ts";
import { bytesToHex, putHex, u32ToBytes } from "../primitives/bytes.ts";

/** Where the input is put together: as long as a fact, with what stands before it. Nothing of it is read again. */
const room = new Uint8Array(1024);
const headBytes = 68;

/** The id of the fact `bytes` at `index` (0 … 2³²−1) of the record that follows `previous` in the chain of `device`. */
export function factId(device: DeviceId, previous: RecordHash | null, index: number, bytes: Uint8Array): FactId {
  const length = headBytes + bytes.length;
  const input = length <= room.length ? room.subarray(0, length) : new Uint8Array(length);
  putHex(input, 0, device);
  if (previous === null) input.fill(0, 32, 64);
  else putHex(input, 32, previous);
  input.set(u32ToBytes(index), 64);
  input.set(bytes, headBytes);
  return bytesToHex(labelledHash("albumen fact 1", input, 16)) as FactId;
}
