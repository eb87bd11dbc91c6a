/**
 * The public part of a membership record: canonical CBOR.
 *
 *   create  { v: 1, kind, seal, words, wordsSeal, wordsSignature, secretCommitment, secrets, epoch }
 *   add     { v: 1, kind, device, seal, words: boolean, parents, countersignature, secrets, epoch }
 *   remove  { v: 1, kind, removed: [[device, [[sequence, hash]]]], epoch }
 *   rotate  { v: 1, kind, epoch }
 *   seal    { v: 1, kind, of: epoch or null, device, box }
 *   ask     { v: 1, kind, epochs, secret: boolean, failed }
 *   keep    { v: 1, kind, device, sequence, hash }
 *
 * epoch = { parents, commitment, boxes: [[device, sealed box]] } founds an epoch whose id is the hash of the record; its
 * recipients are the devices of its boxes. secrets = [[device, sealed box of the library secret]]. Ids are byte strings; every
 * list but a cut-off is sorted and without repetition. Seal keys are no points of small order (`seal-keys.ts`). Unknown kinds and versions are kept and count for nothing.
 * Limits: 1,000 entries of any list; a box 48 … 512 bytes.
 */
import { bytesToId, idToBytes, type RecordHash } from "../ids/ids.ts";
import { decodeCbor, encodeCbor, hasKeys, isCborMap, type CborValue } from "../primitives/cbor.ts";
import { isSealKey } from "./seal-keys.ts";
import {
  boxesToCbor,
  epochToCbor,
  isBox,
  isBytes,
  isSorted,
  parseBoxes,
  parseEpoch,
  parseList,
  parsePoint,
  pointToCbor,
} from "./statement-parts.ts";
import type { RemovedDevice, Statement } from "./statement.ts";

/** The canonical bytes of `statement`. */
export function encodeStatement(statement: Statement): Uint8Array {
  return encodeCbor({ v: 1, kind: statement.kind, ...statementFields(statement) });
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
    case "ask":
      return parseAsk(map);
    case "keep":
      return parseKeep(map);
    default:
      return null;
  }
}

function statementFields(statement: Statement): { readonly [key: string]: CborValue } {
  switch (statement.kind) {
    case "create": {
      const { seal, words, wordsSeal, wordsSignature, secretCommitment, secrets, epoch } = statement;
      const keys = { seal, words: idToBytes(words), wordsSeal, wordsSignature, secretCommitment };
      return { ...keys, secrets: boxesToCbor(secrets), epoch: epochToCbor(epoch) };
    }
    case "add": {
      const { device, seal, words, parents, countersignature, secrets, epoch } = statement;
      const who = { device: idToBytes(device), seal, words, parents: parents.map(idToBytes), countersignature };
      return { ...who, secrets: boxesToCbor(secrets), epoch: epochToCbor(epoch) };
    }
    case "remove": {
      const removed = statement.removed.map(({ device, cutoff }) => [idToBytes(device), cutoff.map(pointToCbor)]);
      return { removed, epoch: epochToCbor(statement.epoch) };
    }
    case "rotate":
      return { epoch: epochToCbor(statement.epoch) };
    case "seal": {
      const { of, device, box } = statement;
      return { of: of === null ? null : idToBytes(of), device: idToBytes(device), box };
    }
    case "ask": {
      const { epochs, secret, failed } = statement;
      return { epochs: epochs.map(idToBytes), secret, failed: failed.map(idToBytes) };
    }
    case "keep": {
      const { device, sequence, hash } = statement;
      return { device: idToBytes(device), sequence, hash: idToBytes(hash) };
    }
  }
}

function parseCreate(map: CborValue): Statement | null {
  const known = ["v", "kind", "seal", "words", "wordsSeal", "wordsSignature", "secretCommitment", "secrets", "epoch"] as const;
  if (!hasKeys(map, known)) return null;
  const words = bytesToId("DeviceId", map.words);
  const secrets = parseBoxes(map.secrets);
  const epoch = parseEpoch(map.epoch);
  const { seal, wordsSeal, wordsSignature, secretCommitment } = map;
  if (words === null || secrets === null || epoch === null) return null;
  if (!isSealKey(seal) || !isSealKey(wordsSeal) || !isBytes(wordsSignature, 64) || !isBytes(secretCommitment, 32)) return null;
  return { kind: "create", seal, words, wordsSeal, wordsSignature, secretCommitment, secrets, epoch };
}

function parseAdd(map: CborValue): Statement | null {
  const known = ["v", "kind", "device", "seal", "words", "parents", "countersignature", "secrets", "epoch"] as const;
  if (!hasKeys(map, known)) return null;
  const device = bytesToId("DeviceId", map.device);
  const parents = parseList(map.parents, parseHash);
  const secrets = parseBoxes(map.secrets);
  const epoch = parseEpoch(map.epoch);
  const { seal, words, countersignature } = map;
  if (device === null || parents === null || secrets === null || epoch === null) return null;
  if (!isSealKey(seal) || !isBytes(countersignature, 64) || typeof words !== "boolean" || !isSorted(parents)) return null;
  return { kind: "add", device, seal, words, parents, countersignature, secrets, epoch };
}

function parseRemove(map: CborValue): Statement | null {
  if (!hasKeys(map, ["v", "kind", "removed", "epoch"])) return null;
  const removed = parseList(map.removed, parseRemovedDevice);
  const epoch = parseEpoch(map.epoch);
  if (removed === null || removed.length === 0 || epoch === null) return null;
  return isSorted(removed.map(({ device }) => device)) ? { kind: "remove", removed, epoch } : null;
}

function parseRemovedDevice(entry: CborValue): RemovedDevice | null {
  if (!Array.isArray(entry) || entry.length !== 2) return null;
  const [id, points] = entry as readonly CborValue[];
  const device = bytesToId("DeviceId", id);
  const cutoff = points === undefined ? null : parseList(points, parsePoint);
  return device === null || cutoff === null ? null : { device, cutoff };
}

function parseSeal(map: CborValue): Statement | null {
  if (!hasKeys(map, ["v", "kind", "of", "device", "box"])) return null;
  const of = map.of === null ? null : bytesToId("EpochId", map.of);
  const device = bytesToId("DeviceId", map.device);
  if ((of === null && map.of !== null) || device === null || !isBox(map.box)) return null;
  return { kind: "seal", of, device, box: map.box };
}

function parseAsk(map: CborValue): Statement | null {
  if (!hasKeys(map, ["v", "kind", "epochs", "secret", "failed"])) return null;
  const epochs = parseList(map.epochs, (value) => bytesToId("EpochId", value));
  const failed = parseList(map.failed, parseHash);
  const { secret } = map;
  if (epochs === null || failed === null || typeof secret !== "boolean") return null;
  return isSorted(epochs) && isSorted(failed) ? { kind: "ask", epochs, secret, failed } : null;
}

function parseKeep(map: CborValue): Statement | null {
  if (!hasKeys(map, ["v", "kind", "device", "sequence", "hash"])) return null;
  const device = bytesToId("DeviceId", map.device);
  const point = parsePoint([map.sequence, map.hash]);
  return device === null || point === null ? null : { kind: "keep", device, ...point };
}

function parseHash(value: CborValue): RecordHash | null {
  return bytesToId("RecordHash", value);
}
