/**
 * Private part of a membership record: what only members read, canonical CBOR, packed and encrypted.
 *
 *   { v: 1, at, names: [[device, name]], wraps: [[epoch, epoch key]], seen: [[device, sequence, hash]] }
 *
 * at: milliseconds since 1970 by the author's clock, for display and for when to rotate. names: what people call a device. wraps:
 * every epoch key the author held that no wrapped epoch already wraps, so that whoever gets the new epoch's key reads all that
 * came before. Limits: 1,000 entries each, names of at most 100 UTF-16 units.
 */
import type { Frontier } from "../ids/frontier.ts";
import { bytesToId, idToBytes, type DeviceId, type EpochId } from "../ids/ids.ts";
import { decodeCbor, encodeCbor, hasKeys, type CborValue } from "../primitives/cbor.ts";

/** A device and what people call it. */
export interface DeviceName {
  readonly device: DeviceId;
  readonly name: string;
}

/** An epoch key on its way to members of a later epoch; unchecked until it meets its commitment. */
export interface WrappedKey {
  readonly epoch: EpochId;
  readonly key: Uint8Array;
}

/** What only members read in a membership record. */
export interface PrivatePart {
  /** Milliseconds since 1970 by the author's clock, which may be wrong by years. */
  readonly at: number;
  readonly names: readonly DeviceName[];
  readonly wraps: readonly WrappedKey[];
  readonly seen: readonly Frontier[];
}

/** The canonical bytes of `part`. */
export function encodePrivatePart(part: PrivatePart): Uint8Array {
  return encodeCbor({
    v: 1,
    at: part.at,
    names: part.names.map((entry) => [idToBytes(entry.device), entry.name]),
    wraps: part.wraps.map((entry) => [idToBytes(entry.epoch), entry.key]),
    seen: part.seen.map(frontierToCbor),
  });
}

/** The private part in `bytes`, or null where they are malformed or from a newer version. */
export function parsePrivatePart(bytes: Uint8Array): PrivatePart | null {
  const decoded = decodeCbor(bytes);
  if (!decoded.ok || !hasKeys(decoded.value, ["v", "at", "names", "wraps", "seen"]) || decoded.value.v !== 1) return null;
  const { at } = decoded.value;
  const names = parseEntries(decoded.value.names, 2, ([id, name]) => {
    const device = bytesToId("DeviceId", id);
    return device !== null && typeof name === "string" && name.length <= 100 ? { device, name } : null;
  });
  const wraps = parseEntries(decoded.value.wraps, 2, ([id, key]) => {
    const epoch = bytesToId("EpochId", id);
    return epoch !== null && key instanceof Uint8Array && key.length === 32 ? { epoch, key } : null;
  });
  const seen = parseSeen(decoded.value.seen);
  return typeof at !== "number" || names === null || wraps === null || seen === null ? null : { at, names, wraps, seen };
}

/** The CBOR form of a frontier: [device, sequence, hash]. */
export function frontierToCbor(frontier: Frontier): CborValue {
  return [idToBytes(frontier.device), frontier.sequence, idToBytes(frontier.hash)];
}

/** A list of frontiers, or null where one is malformed. */
export function parseSeen(value: CborValue): readonly Frontier[] | null {
  return parseEntries(value, 3, ([id, sequence, bytes]) => {
    const device = bytesToId("DeviceId", id);
    const hash = bytesToId("RecordHash", bytes);
    if (device === null || hash === null || typeof sequence !== "number" || sequence < 1) return null;
    return { device, sequence, hash };
  });
}

function parseEntries<T>(value: CborValue, width: number, parse: (entry: readonly CborValue[]) => T | null): readonly T[] | null {
  if (!Array.isArray(value) || value.length > 1000) return null;
  const parsed: T[] = [];
  for (const entry of value) {
    const one = Array.isArray(entry) && entry.length === width ? parse(entry) : null;
    if (one === null) return null;
    parsed.push(one);
  }
  return parsed;
}
