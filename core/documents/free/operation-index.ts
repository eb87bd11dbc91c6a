/**
 * Index of operations: what each operation of a document did, so that a later change can be judged by what it refers to. An
 * operation is named "counter@actor"; those of one change are numbered on from its `startOp`. A document may have a million of
 * them, so they are kept in arrays: about 25 bytes for each.
 */
import { compareText } from "../../primitives/bytes.ts";

/** What operations do. */
export const operationKinds = ["value", "counter", "map", "list", "text", "delete", "increment", "mark"] as const;

/** What an operation did. */
export type OperationKind = (typeof operationKinds)[number];

/** An operation in its place. */
export interface PlacedOperation {
  readonly kind: OperationKind;
  /** Name of the object that it is in, "_root" for the document itself. */
  readonly object: string;
  /** The key, or the name of the element that it is about; an inserted element is about itself. */
  readonly place: string;
  /** Of an insertion the name of the element after which it stands, or "_head"; null of all others. */
  readonly after: string | null;
}

/** The operations of one change. */
export interface OperationList {
  readonly actor: string;
  readonly seq: number;
  readonly startOp: number;
  readonly length: () => number;
  readonly push: (operation: PlacedOperation) => void;
  /** The operation numbered `counter`; null where the change has none of that number. */
  readonly at: (counter: number) => PlacedOperation | null;
}

/** The operations of a document's changes. */
export interface OperationIndex {
  /** Each actor's changes come in the order of their seq, from 1 and without a gap. */
  readonly add: (operations: OperationList) => void;
  /** The number of an actor's last operation; 0 where it has none. */
  readonly lastOf: (actor: string) => number;
  /** The operation of that name, and which change it is of; null where there is none. */
  readonly find: (name: string) => { readonly operation: PlacedOperation; readonly actor: string; readonly seq: number } | null;
}

/** An empty list for a change of `actor`. */
export function createOperationList(actor: string, seq: number, startOp: number): OperationList {
  const kinds: number[] = [];
  const objects: string[] = [];
  /** Null of an insertion, whose place is its own name. */
  const places: (string | null)[] = [];
  /** Null of what is inserted after the operation before it, as typing does. */
  const afters: (string | null)[] = [];
  const nameAt = (index: number): string => `${startOp + index}@${actor}`;
  return {
    actor,
    seq,
    startOp,
    length: () => kinds.length,
    push: ({ kind, object, place, after }) => {
      const at = kinds.length;
      const last = objects[at - 1];
      kinds.push(operationKinds.indexOf(kind));
      objects.push(last === object ? last : object);
      places.push(after === null ? place : null);
      afters.push(after === null || after === nameAt(at - 1) ? null : after);
    },
    at: (counter) => {
      const at = counter - startOp;
      const [kind, object] = [operationKinds[kinds[at] ?? -1], objects[at]];
      if (kind === undefined || object === undefined) return null;
      const place = places[at] ?? null;
      if (place !== null) return { kind, object, place, after: null };
      return { kind, object, place: nameAt(at), after: afters[at] ?? nameAt(at - 1) };
    },
  };
}

/** An empty index. */
export function createOperationIndex(): OperationIndex {
  const changesByActor = new Map<string, OperationList[]>();
  return {
    add: (operations) => {
      const changes = changesByActor.get(operations.actor) ?? [];
      changes.push(operations);
      changesByActor.set(operations.actor, changes);
    },
    lastOf: (actor) => {
      const list = changesByActor.get(actor)?.at(-1);
      return list === undefined ? 0 : list.startOp + list.length() - 1;
    },
    find: (name) => {
      const { counter, actor } = splitName(name);
      const list = lastStartingUpTo(changesByActor.get(actor) ?? [], counter);
      const operation = list?.at(counter) ?? null;
      return list === null || operation === null ? null : { operation, actor, seq: list.seq };
    },
  };
}

/** The parts of an operation's name; the counter is NaN where there is none. */
export function splitName(name: string): { readonly counter: number; readonly actor: string } {
  const at = name.indexOf("@");
  return { counter: Number.parseInt(name.slice(0, Math.max(at, 0)), 10), actor: name.slice(at + 1) };
}

/** The order of operations: by counter, then by actor; the head of a list comes before all. Negative, 0 or positive. */
export function compareNames(a: string, b: string): number {
  const [first, second] = [splitName(a), splitName(b)];
  return (first.counter || 0) - (second.counter || 0) || compareText(first.actor, second.actor);
}

function lastStartingUpTo(changes: readonly OperationList[], counter: number): OperationList | null {
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((changes[middle]?.startOp ?? 0) <= counter) low = middle + 1;
    else high = middle;
  }
  return changes[low - 1] ?? null;
}
