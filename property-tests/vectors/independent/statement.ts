/** Membership statements: the public part of a membership record, checked in full. */
import { demand, toHex } from "./bytes.ts";
import { decode, isList, isMap, type Value } from "./cbor.ts";

/** A box for one member; both in bytes. */
export interface Box {
  readonly device: string;
  readonly box: Uint8Array;
}

/** The public side of an epoch. */
export interface Founding {
  readonly parents: readonly string[];
  readonly commitment: Uint8Array;
  readonly boxes: readonly Box[];
}

/** A statement, its fields as they stand in the map. */
export interface Statement {
  readonly kind: "create" | "add" | "remove" | "rotate" | "seal" | "ask" | "keep";
  readonly fields: { readonly [key: string]: Value };
  readonly epoch: Founding | null;
  readonly secrets: readonly Box[];
  /** Of a removal: device and the hashes of its cut-off. */
  readonly removed: readonly (readonly [string, readonly string[]])[];
}

const keysByKind: Readonly<Record<Statement["kind"], readonly string[]>> = {
  create: ["seal", "words", "wordsSeal", "wordsSignature", "secretCommitment", "secrets", "epoch"],
  add: ["device", "seal", "words", "parents", "countersignature", "secrets", "epoch"],
  remove: ["removed", "epoch"],
  rotate: ["epoch"],
  seal: ["of", "device", "box"],
  ask: ["epochs", "secret", "failed"],
  keep: ["device", "sequence", "hash"],
};

/** Fields that are byte strings of one length. */
const sizes: Readonly<Record<string, number>> = {
  seal: 32,
  wordsSeal: 32,
  wordsSignature: 64,
  secretCommitment: 32,
  countersignature: 64,
  device: 32,
  hash: 32,
};

/** The statement in `bytes`. @throws Refused where it says nothing. */
export function readStatement(bytes: Uint8Array): Statement {
  const map = decode(bytes);
  demand(isMap(map) && map["v"] === 1, "it is not of version 1");
  const kind = map["kind"];
  demand(isKind(kind), "its kind is not known");
  const names = keysByKind[kind];
  demand(Object.keys(map).sort().join() === ["v", "kind", ...names].sort().join(), "its keys are not those of its kind");
  for (const name of names) checkField(kind, name, map[name] ?? null);
  return {
    kind,
    fields: map,
    epoch: names.includes("epoch") ? readFounding(map["epoch"]) : null,
    secrets: names.includes("secrets") ? readBoxes(map["secrets"]) : [],
    removed: kind === "remove" ? readRemoved(map["removed"]) : [],
  };
}

/** The id in a byte string of 32. @throws Refused where it is none. */
export function idOf(value: Value | undefined): string {
  demand(value instanceof Uint8Array && value.length === 32, "an id has not 32 bytes");
  return toHex(value);
}

function isKind(value: Value | undefined): value is Statement["kind"] {
  return typeof value === "string" && Object.hasOwn(keysByKind, value);
}

function checkField(kind: Statement["kind"], name: string, value: Value): void {
  const size = sizes[name];
  if (size !== undefined) demand(value instanceof Uint8Array && value.length === size, `"${name}" has another size`);
  if (name === "words" && kind === "create") idOf(value);
  if (name === "words" && kind === "add") demand(typeof value === "boolean", '"words" is not a boolean');
  if (name === "secret") demand(typeof value === "boolean", '"secret" is not a boolean');
  if (name === "parents" || name === "epochs" || name === "failed") sortedIds(value);
  if (name === "of" && value !== null) idOf(value);
  if (name === "box") checkBox(value);
  if (name === "sequence") demand(typeof value === "number" && value >= 1, "a sequence is not a number from 1");
}

function sortedIds(value: Value | undefined): readonly string[] {
  const ids = entries(value).map(idOf);
  demand(ascends(ids), "ids do not ascend");
  return ids;
}

function readFounding(value: Value | undefined): Founding {
  demand(isMap(value) && Object.keys(value).sort().join() === "boxes,commitment,parents", "an epoch has other keys");
  const { commitment } = value;
  demand(commitment instanceof Uint8Array && commitment.length === 32, "a commitment has not 32 bytes");
  return { parents: sortedIds(value["parents"]), commitment, boxes: readBoxes(value["boxes"]) };
}

function readBoxes(value: Value | undefined): readonly Box[] {
  const boxes = entries(value).map((entry) => {
    demand(isList(entry) && entry.length === 2, "a box is not a pair");
    return { device: idOf(entry[0]), box: checkBox(entry[1]) };
  });
  demand(ascends(boxes.map(({ device }) => device)), "boxes do not ascend");
  return boxes;
}

function checkBox(value: Value | undefined): Uint8Array {
  demand(value instanceof Uint8Array && value.length >= 48 && value.length <= 512, "a box has not 48 to 512 bytes");
  return value;
}

function readRemoved(value: Value | undefined): Statement["removed"] {
  const removed = entries(value).map((entry) => {
    demand(isList(entry) && entry.length === 2, "a removal is not a pair");
    const cutoff = entries(entry[1]).map((point) => {
      demand(isList(point) && point.length === 2 && typeof point[0] === "number" && point[0] >= 1, "a place is malformed");
      return idOf(point[1]);
    });
    return [idOf(entry[0]), cutoff] as const;
  });
  demand(removed.length > 0 && ascends(removed.map(([device]) => device)), "nobody is removed, or they do not ascend");
  return removed;
}

function entries(value: Value | undefined): readonly Value[] {
  demand(isList(value) && value.length <= 1000, "a list is none, or has more than 1,000 entries");
  return value;
}

function ascends(texts: readonly string[]): boolean {
  return texts.every((text, at) => at === 0 || (texts[at - 1] ?? "") < text);
}
