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
import { idToBytes, type DeviceId, type FactId, type RecordHash } from "../ids/ids.ts";
import { bytesToHex, concatBytes, u32ToBytes } from "../primitives/bytes.ts";

const zeros = new Uint8Array(32);

/** The id of the fact `bytes` at `index` (0 … 2³²−1) of the record that follows `previous` in the chain of `device`. */
export function factId(device: DeviceId, previous: RecordHash | null, index: number, bytes: Uint8Array): FactId {
  const place = previous === null ? zeros : idToBytes(previous);
  return bytesToHex(
    labelledHash("albumen fact 1", concatBytes(idToBytes(device), place, u32ToBytes(index), bytes), 16),
  ) as FactId;
}
