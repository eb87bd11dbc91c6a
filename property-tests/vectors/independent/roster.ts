/** Who belongs: the walk of docs/PROTOCOL.md over the membership records, written as it stands there. */
import { fromHex } from "./bytes.ts";
import { encode, type Value } from "./cbor.ts";
import { isSigned } from "./crypto.ts";
import { idOf, type Statement } from "./statement.ts";

/** A membership record, as far as the roster asks. */
export interface Said {
  readonly hash: string;
  readonly device: string;
  readonly sequence: number;
  readonly statement: Statement;
}

/** Somebody who was visited. */
export interface Person {
  readonly device: string;
  readonly words: boolean;
  readonly addedBy: string | null;
  readonly removedBy: string | null;
}

/** The outcome. */
export interface Roster {
  readonly people: readonly Person[];
  readonly counting: ReadonlySet<string>;
  /** Whether a content record of `device` holds. */
  readonly holds: (device: string, hash: string) => boolean;
}

interface Child {
  readonly device: string;
  readonly words: boolean;
  readonly addedBy: string | null;
}

type Previous = (hash: string) => string | null;

/** The roster of `library`; null where its `create` is not there or not signed by its words. */
export function walk(library: string, records: readonly Said[], previousOf: Previous): Roster | null {
  const create = records.find(({ hash }) => hash === library);
  if (create?.statement.kind !== "create" || create.sequence !== 1 || !isSignedByWords(create)) return null;
  const visited = new Map<string, Child>();
  const removals = new Map<string, { readonly by: string; readonly cutoff: readonly string[] }[]>();
  const counting = new Set<string>();
  const visit = (key: Child): void => {
    if (visited.has(key.device)) return;
    visited.set(key.device, key);
    const own = records
      .filter(({ device }) => device === key.device)
      .sort((a, b) => a.sequence - b.sequence || (a.hash < b.hash ? -1 : 1));
    const self = own.find(({ statement }) => statement.removed.some(([device]) => device === key.device));
    const noted = removals.get(key.device)?.[0];
    const final = noted?.cutoff ?? self?.statement.removed.find(([device]) => device === key.device)?.[1];
    const held = final === undefined ? null : ancestors(final, previousOf);
    const [words, devices]: [[string, Child][], Child[]] = [[], []];
    for (const record of own) {
      const isSelf = noted === undefined && record === self;
      if (held !== null && !isSelf && !held.has(record.hash)) continue;
      if (!counts(library, record, (device) => device === key.device || !visited.has(device))) continue;
      counting.add(record.hash);
      for (const [device, cutoff] of record.statement.removed) {
        if (device !== key.device && visited.has(device)) continue;
        removals.set(device, [...(removals.get(device) ?? []), { by: key.device, cutoff }]);
      }
      if (record.statement.kind !== "add") continue;
      const child = {
        device: idOf(record.statement.fields["device"]),
        words: record.statement.fields["words"] === true,
        addedBy: key.device,
      };
      if (child.words) words.push([record.hash, child]);
      else devices.push(child);
    }
    for (const [, child] of words.sort(([a], [b]) => (a < b ? -1 : 1))) visit(child);
    if (key.addedBy === null) visit({ device: create.device, words: false, addedBy: key.device });
    for (const child of devices) visit(child);
  };
  visit({ device: idOf(create.statement.fields["words"]), words: true, addedBy: null });
  const people = [...visited.values()].map((key): Person => ({ ...key, removedBy: removals.get(key.device)?.[0]?.by ?? null }));
  return { people, counting, holds: contentRule(records, counting, removals, visited, previousOf) };
}

function contentRule(
  records: readonly Said[],
  counting: ReadonlySet<string>,
  removals: ReadonlyMap<string, readonly { readonly cutoff: readonly string[] }[]>,
  visited: ReadonlyMap<string, Child>,
  previousOf: Previous,
): Roster["holds"] {
  return (device, hash) => {
    const removed = removals.get(device);
    if (!visited.has(device)) return false;
    if (removed === undefined) return true;
    const kept = records
      .filter((record) => counting.has(record.hash) && record.statement.kind === "keep")
      .flatMap(({ statement }) => (idOf(statement.fields["device"]) === device ? [idOf(statement.fields["hash"])] : []));
    return ancestors([...removed.flatMap(({ cutoff }) => cutoff), ...kept], previousOf).has(hash);
  };
}

function counts(library: string, { hash, device, statement }: Said, isRemovable: (device: string) => boolean): boolean {
  const { kind, fields, removed } = statement;
  if (kind === "create") return hash === library;
  if (kind === "add") return isCountersigned(library, device, fields);
  if (kind === "remove") return removed.some(([one]) => isRemovable(one));
  return kind !== "keep" || idOf(fields["device"]) !== device;
}

function isSignedByWords({ device, statement: { fields } }: Said): boolean {
  const names = ["seal", "words", "wordsSeal", "secretCommitment", "secrets", "epoch"];
  const message = encode([fromHex(device), ...names.map((name): Value => fields[name] ?? null)]);
  return isSigned("albumen create 1", message, bytesAt(fields, "wordsSignature"), bytesAt(fields, "words"));
}

function isCountersigned(library: string, adder: string, fields: Statement["fields"]): boolean {
  const names = ["device", "seal", "words", "parents"];
  const message = encode([fromHex(library), fromHex(adder), ...names.map((name): Value => fields[name] ?? null)]);
  return isSigned("albumen countersign 1", message, bytesAt(fields, "countersignature"), bytesAt(fields, "device"));
}

function bytesAt(fields: Statement["fields"], name: string): Uint8Array {
  const value = fields[name];
  return value instanceof Uint8Array ? value : new Uint8Array(0);
}

function ancestors(named: readonly string[], previousOf: Previous): ReadonlySet<string> {
  const held = new Set<string>();
  for (const start of named) for (let at: string | null = start; at !== null && !held.has(at); at = previousOf(at)) held.add(at);
  return held;
}
