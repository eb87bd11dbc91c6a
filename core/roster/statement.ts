/**
 * Membership statements: the public part of a membership record, canonical CBOR, so that devices and the relay evaluate the
 * same roster.
 *
 *   create  { v: 1, kind, seal, words, wordsSeal, wordsSignature, secrets, epoch }
 *   add     { v: 1, kind, device, seal, parents, countersignature, secrets, epoch }
 *   remove  { v: 1, kind, device, cutoff, epoch }
 *   rotate  { v: 1, kind, epoch }
 *   seal    { v: 1, kind, of, device, box }
 *   keep    { v: 1, kind, device, sequence, hash }
 *
 * epoch = { parents, commitment, boxes: [[device, sealed box]] } founds an epoch whose id is the hash of the record; its
 * recipients are the devices of its boxes. secrets = [[device, sealed box of the library secret]]. Unknown kinds and versions
 * are kept and count for nothing. Limits: 1,000 parents, boxes, secrets and cut-off entries each; a box ≤ 512 bytes.
 */
import { bytesToId, idToBytes, type DeviceId, type EpochId, type RecordHash } from "../ids/ids.ts";
import { compareText } from "../primitives/bytes.ts";
import { decodeCbor, encodeCbor, hasKeys, isCborMap, type CborValue } from "../primitives/cbor.ts";

/** A sealed box for one device. */
export interface BoxFor {
  readonly device: DeviceId;
  /** X25519 sealed box. */
  readonly box: Uint8Array;
}

/** The public side of a new epoch. */
export interface EpochPart {
  /** Heads it replaces, sorted. */
  readonly parents: readonly EpochId[];
  /** 32 bytes. */
  readonly commitment: Uint8Array;
  /** Sorted by device. */
  readonly boxes: readonly BoxFor[];
}

/** A record named by its place in a device's chain. */
export interface ChainPoint {
  readonly sequence: number;
  readonly hash: RecordHash;
}

/** What a membership record says in public. */
export type Statement =
  | {
      readonly kind: "create";
      /** X25519 public key of the founder; 32 bytes. */
      readonly seal: Uint8Array;
      readonly words: DeviceId;
      readonly wordsSeal: Uint8Array;
      /** By the words over `createMessage`. */
      readonly wordsSignature: Uint8Array;
      readonly secrets: readonly BoxFor[];
      readonly epoch: EpochPart;
    }
  | {
      readonly kind: "add";
      readonly device: DeviceId;
      readonly seal: Uint8Array;
      /** Membership records that the adder saw without successors, sorted. */
      readonly parents: readonly RecordHash[];
      /** By the added key over `addMessage`. */
      readonly countersignature: Uint8Array;
      readonly secrets: readonly BoxFor[];
      readonly epoch: EpochPart;
    }
  | {
      readonly kind: "remove";
      readonly device: DeviceId;
      /** The records that hold, with all before them. */
      readonly cutoff: readonly ChainPoint[];
      readonly epoch: EpochPart;
    }
  | { readonly kind: "rotate"; readonly epoch: EpochPart }
  | { readonly kind: "seal"; readonly of: EpochId; readonly device: DeviceId; readonly box: Uint8Array }
  | { readonly kind: "keep"; readonly device: DeviceId; readonly sequence: number; readonly hash: RecordHash };

/** The canonical bytes of `statement`. */
export function encodeStatement(statement: Statement): Uint8Array {
  switch (statement.kind) {
    case "create": {
      const { kind, seal, words, wordsSeal, wordsSignature, secrets, epoch } = statement;
      return encodeCbor({
        v: 1,
        kind,
        seal,
        words: idToBytes(words),
        wordsSeal,
        wordsSignature,
        secrets: boxesToCbor(secrets),
        epoch: epochToCbor(epoch),
      });
    }
    case "add": {
      const { kind, device, seal, parents, countersignature, secrets, epoch } = statement;
      return encodeCbor({
        v: 1,
        kind,
        device: idToBytes(device),
        seal,
        parents: parents.map(idToBytes),
        countersignature,
        secrets: boxesToCbor(secrets),
        epoch: epochToCbor(epoch),
      });
    }
    case "remove": {
      const cutoff = statement.cutoff.map((point) => [point.sequence, idToBytes(point.hash)]);
      return encodeCbor({
        v: 1,
        kind: "remove",
        device: idToBytes(statement.device),
        cutoff,
        epoch: epochToCbor(statement.epoch),
      });
    }
    case "rotate":
      return encodeCbor({ v: 1, kind: "rotate", epoch: epochToCbor(statement.epoch) });
    case "seal":
      return encodeCbor({
        v: 1,
        kind: "seal",
        of: idToBytes(statement.of),
        device: idToBytes(statement.device),
        box: statement.box,
      });
    case "keep": {
      const { device, sequence, hash } = statement;
      return encodeCbor({ v: 1, kind: "keep", device: idToBytes(device), sequence, hash: idToBytes(hash) });
    }
  }
}

/** The statement in `bytes`, or null where it is malformed or from a newer version: such a record is kept and counts for nothing. */
export function parseStatement(bytes: Uint8Array): Statement | null {
  const decoded = decodeCbor(bytes);
  if (!decoded.ok || !isCborMap(decoded.value) || decoded.value["v"] !== 1) return null;
  const map = decoded.value;
  switch (map["kind"]) {
    case "create":
      return parseCreate(map);
    case "add":
      return parseAdd(map);
    case "remove":
      return parseRemove(map);
    case "rotate": {
      const epoch = hasKeys(map, ["v", "kind", "epoch"]) ? parseEpoch(map.epoch) : null;
      return epoch === null ? null : { kind: "rotate", epoch };
    }
    case "seal":
      return parseSeal(map);
    case "keep":
      return parseKeep(map);
    default:
      return null;
  }
}

/** What the words sign in a `create`: everything in it but their signature, and the founder. */
export function createMessage(founder: DeviceId, statement: Statement & { readonly kind: "create" }): Uint8Array {
  const { seal, words, wordsSeal, secrets, epoch } = statement;
  return encodeCbor([idToBytes(founder), seal, idToBytes(words), wordsSeal, boxesToCbor(secrets), epochToCbor(epoch)]);
}

/** What an added key signs: that it wants to join this library, through this adder, at this state of the roster. */
export function addMessage(
  library: string,
  adder: DeviceId,
  added: { readonly device: DeviceId; readonly seal: Uint8Array; readonly parents: readonly RecordHash[] },
): Uint8Array {
  return encodeCbor([library, idToBytes(adder), idToBytes(added.device), added.seal, added.parents.map(idToBytes)]);
}

function parseCreate(map: CborValue): Statement | null {
  if (!hasKeys(map, ["v", "kind", "seal", "words", "wordsSeal", "wordsSignature", "secrets", "epoch"])) return null;
  const words = bytesToId("DeviceId", map.words);
  const secrets = parseBoxes(map.secrets);
  const epoch = parseEpoch(map.epoch);
  const { seal, wordsSeal, wordsSignature } = map;
  if (words === null || secrets === null || epoch === null) return null;
  if (!isBytes(seal, 32) || !isBytes(wordsSeal, 32) || !isBytes(wordsSignature, 64)) return null;
  return { kind: "create", seal, words, wordsSeal, wordsSignature, secrets, epoch };
}

function parseAdd(map: CborValue): Statement | null {
  if (!hasKeys(map, ["v", "kind", "device", "seal", "parents", "countersignature", "secrets", "epoch"])) return null;
  const device = bytesToId("DeviceId", map.device);
  const parents = parseList(map.parents, (value) => bytesToId("RecordHash", value));
  const secrets = parseBoxes(map.secrets);
  const epoch = parseEpoch(map.epoch);
  const { seal, countersignature } = map;
  if (device === null || parents === null || secrets === null || epoch === null) return null;
  if (!isBytes(seal, 32) || !isBytes(countersignature, 64) || !isSorted(parents)) return null;
  return { kind: "add", device, seal, parents, countersignature, secrets, epoch };
}

function parseRemove(map: CborValue): Statement | null {
  if (!hasKeys(map, ["v", "kind", "device", "cutoff", "epoch"])) return null;
  const device = bytesToId("DeviceId", map.device);
  const cutoff = parseList(map.cutoff, parsePoint);
  const epoch = parseEpoch(map.epoch);
  return device === null || cutoff === null || epoch === null ? null : { kind: "remove", device, cutoff, epoch };
}

function parseSeal(map: CborValue): Statement | null {
  if (!hasKeys(map, ["v", "kind", "of", "device", "box"])) return null;
  const of = bytesToId("EpochId", map.of);
  const device = bytesToId("DeviceId", map.device);
  return of === null || device === null || !isBox(map.box) ? null : { kind: "seal", of, device, box: map.box };
}

function parseKeep(map: CborValue): Statement | null {
  if (!hasKeys(map, ["v", "kind", "device", "sequence", "hash"])) return null;
  const device = bytesToId("DeviceId", map.device);
  const point = parsePoint([map.sequence, map.hash]);
  return device === null || point === null ? null : { kind: "keep", device, ...point };
}

function parsePoint(value: CborValue): ChainPoint | null {
  if (!Array.isArray(value) || value.length !== 2) return null;
  const [sequence, bytes] = value;
  const hash = bytesToId("RecordHash", bytes);
  return hash === null || typeof sequence !== "number" || sequence < 1 ? null : { sequence, hash };
}

function parseEpoch(value: CborValue): EpochPart | null {
  if (!hasKeys(value, ["parents", "commitment", "boxes"])) return null;
  const parents = parseList(value.parents, (parent) => bytesToId("EpochId", parent));
  const boxes = parseBoxes(value.boxes);
  if (parents === null || boxes === null || !isBytes(value.commitment, 32) || !isSorted(parents)) return null;
  return { parents, commitment: value.commitment, boxes };
}

function parseBoxes(value: CborValue): readonly BoxFor[] | null {
  const boxes = parseList(value, (entry) => {
    if (!Array.isArray(entry) || entry.length !== 2) return null;
    const [id, box] = entry;
    const device = bytesToId("DeviceId", id);
    return device === null || !isBox(box) ? null : { device, box };
  });
  return boxes !== null && isSorted(boxes.map((entry) => entry.device)) ? boxes : null;
}

function parseList<T>(value: CborValue, parse: (entry: CborValue) => T | null): readonly T[] | null {
  if (!Array.isArray(value) || value.length > 1000) return null;
  const parsed: T[] = [];
  for (const entry of value) {
    const one = parse(entry);
    if (one === null) return null;
    parsed.push(one);
  }
  return parsed;
}

function isSorted(texts: readonly string[]): boolean {
  return texts.every((text, at) => at === 0 || compareText(texts[at - 1] ?? "", text) < 0);
}

function isBytes(value: CborValue, length: number): value is Uint8Array {
  return value instanceof Uint8Array && value.length === length;
}

function isBox(value: CborValue | undefined): value is Uint8Array {
  return value instanceof Uint8Array && value.length >= 48 && value.length <= 512;
}

function boxesToCbor(boxes: readonly BoxFor[]): CborValue {
  return boxes.map((entry) => [idToBytes(entry.device), entry.box]);
}

function epochToCbor(epoch: EpochPart): CborValue {
  return { parents: epoch.parents.map(idToBytes), commitment: epoch.commitment, boxes: boxesToCbor(epoch.boxes) };
}
