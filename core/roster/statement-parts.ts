/** The parts that membership statements are made of, to CBOR and back: see `statement-codec.ts`. */
import { bytesToId, idToBytes } from "../ids/ids.ts";
import { compareText } from "../primitives/bytes.ts";
import { hasKeys, type CborValue } from "../primitives/cbor.ts";
import type { BoxFor, ChainPoint, EpochPart } from "./statement.ts";

/** Most entries of any list. */
const maximalEntries = 1000;

/** The entries of a list, or null where one of them or the list is malformed or too long. */
export function parseList<T>(value: CborValue, parse: (entry: CborValue) => T | null): readonly T[] | null {
  if (!Array.isArray(value) || value.length > maximalEntries) return null;
  const parsed: T[] = [];
  for (const entry of value as readonly CborValue[]) {
    const one = parse(entry);
    if (one === null) return null;
    parsed.push(one);
  }
  return parsed;
}

/** A record's place in a chain: [sequence, hash]. */
export function parsePoint(value: CborValue): ChainPoint | null {
  if (!Array.isArray(value) || value.length !== 2) return null;
  const [sequence, bytes] = value as readonly CborValue[];
  const hash = bytesToId("RecordHash", bytes);
  return hash === null || typeof sequence !== "number" || sequence < 1 ? null : { sequence, hash };
}

/** The CBOR form of a place in a chain. */
export function pointToCbor({ sequence, hash }: ChainPoint): CborValue {
  return [sequence, idToBytes(hash)];
}

/** { parents, commitment, boxes }, or null. */
export function parseEpoch(value: CborValue): EpochPart | null {
  if (!hasKeys(value, ["parents", "commitment", "boxes"])) return null;
  const parents = parseList(value.parents, (parent) => bytesToId("EpochId", parent));
  const boxes = parseBoxes(value.boxes);
  if (parents === null || boxes === null || !isBytes(value.commitment, 32) || !isSorted(parents)) return null;
  return { parents, commitment: value.commitment, boxes };
}

/** The CBOR form of an epoch's public side. */
export function epochToCbor({ parents, commitment, boxes }: EpochPart): CborValue {
  return { parents: parents.map(idToBytes), commitment, boxes: boxesToCbor(boxes) };
}

/** [[device, box]], sorted by device; or null. */
export function parseBoxes(value: CborValue): readonly BoxFor[] | null {
  const boxes = parseList(value, (entry) => {
    if (!Array.isArray(entry) || entry.length !== 2) return null;
    const [id, box] = entry as readonly CborValue[];
    const device = bytesToId("DeviceId", id);
    return device === null || !isBox(box) ? null : { device, box };
  });
  return boxes !== null && isSorted(boxes.map((entry) => entry.device)) ? boxes : null;
}

/** The CBOR form of boxes. */
export function boxesToCbor(boxes: readonly BoxFor[]): CborValue {
  return boxes.map((entry) => [idToBytes(entry.device), entry.box]);
}

/** Whether `texts` ascend without repetition. */
export function isSorted(texts: readonly string[]): boolean {
  return texts.every((text, at) => at === 0 || compareText(texts[at - 1] ?? "", text) < 0);
}

/** Whether `value` is `length` bytes. */
export function isBytes(value: CborValue, length: number): value is Uint8Array {
  return value instanceof Uint8Array && value.length === length;
}

/** Whether `value` can be a sealed box. */
export function isBox(value: CborValue | undefined): value is Uint8Array {
  return value instanceof Uint8Array && value.length >= 48 && value.length <= 512;
}
