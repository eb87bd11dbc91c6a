/**
 * Checks of a change's operations. Automerge trusts them: one in an object that does not exist makes a whole batch throw, one that
 * refers to what arrives later gives another text in another order of arrival, and both were measured. So every reference must
 * lead to an operation of the change's own past, of the kind that it needs:
 *
 *   object        a map for a key; a list or a text for an element
 *   element       one inserted into the same object, or the head for an insertion
 *   predecessors  values at the same place, each once, ascending; a deletion and a change of an element have some, an increment
 *                 has counters only, an insertion none
 *   marks         a beginning directly followed by its end, which stands after it in the text (`mark-order.ts`)
 *
 * One reference may lead out of the past: Automerge's `changeAt` inserts after a mark that stands there, also one made since. The
 * change then waits for the change that made the mark, as if it built on it.
 */
import { err, ok, type Result } from "../../primitives/result.ts";
import type { FreeChange } from "../free-change.ts";
import type { DecodedOperation } from "./decoded-operation.ts";
import { areMarksInOrder } from "./mark-order.ts";
import {
  compareNames,
  createOperationList,
  splitName,
  type OperationIndex,
  type OperationKind,
  type OperationList,
  type PlacedOperation,
} from "./operation-index.ts";

/** What a change's operations may refer to. */
export interface OperationPast {
  /** The operations of the changes that were judged so far. */
  readonly index: OperationIndex;
  /** The greatest seq of `actor` among the changes that the change builds on; 0 where there is none. */
  readonly seqOf: (actor: string) => number;
}

/** Why operations do not count. */
export interface OperationRefusal {
  readonly reason: string;
  /** The operation that would have to be judged before; null where no other could help. */
  readonly missing: string | null;
}

/** The operations of `change` in their places, where each refers only to what it may. */
export function checkOperations(
  { actor, seq, startOp }: Pick<FreeChange, "actor" | "seq" | "startOp">,
  operations: readonly DecodedOperation[],
  { index, seqOf }: OperationPast,
): Result<OperationList, OperationRefusal> {
  const placed = createOperationList(actor, seq, startOp);
  const anywhere: Find = (name) => {
    const { counter, actor: author } = splitName(name);
    return author === actor && counter >= startOp ? placed.at(counter) : (index.find(name)?.operation ?? null);
  };
  const past: Find = (name) => {
    const { counter, actor: author } = splitName(name);
    if (author === actor && counter >= startOp) return placed.at(counter);
    const found = index.find(name);
    return found !== null && found.seq <= seqOf(author) ? found.operation : null;
  };
  for (const [at, operation] of operations.entries()) {
    const kind = kindOf(operation);
    if (kind === null) return refuse(`operation ${at} does what is unknown: ${operation.action}`);
    const place = placeOf(operation, `${startOp + at}@${actor}`, { past, anywhere });
    if (place === null) {
      const missing = operation.insert === true && operation.elemId !== undefined && anywhere(operation.elemId) === null;
      return refuse(
        `operation ${at} is in an object or at an element that it does not know`,
        missing ? (operation.elemId ?? null) : null,
      );
    }
    if (!arePredecessors(operation, kind, place, past))
      return refuse(`operation ${at} replaces what does not stand at its place`);
    const after = operation.insert === true ? (operation.elemId ?? null) : null;
    placed.push({ kind, object: operation.obj, place, after });
  }
  return areMarksInOrder(operations, { actor, startOp, afterOf: (name) => anywhere(name)?.after ?? null })
    ? ok(placed)
    : refuse("a mark begins without its end, or ends before its beginning");
}

function kindOf({ action, datatype }: DecodedOperation): OperationKind | null {
  switch (action) {
    case "set":
      return datatype === "counter" ? "counter" : "value";
    case "makeMap":
    case "makeTable":
      return "map";
    case "makeList":
      return "list";
    case "makeText":
      return "text";
    case "del":
      return "delete";
    case "inc":
      return "increment";
    case "markBegin":
    case "markEnd":
      return "mark";
    default:
      return null;
  }
}

/** The operation of a name; null where there is none. */
type Find = (name: string) => PlacedOperation | null;

interface Known {
  readonly past: Find;
  readonly anywhere: Find;
}

/** The place that an operation is about; null where its object or its element is not known to it. */
function placeOf(operation: DecodedOperation, own: string, { past, anywhere }: Known): string | null {
  const { obj, key, elemId, insert, action } = operation;
  const objectKind = obj === "_root" ? "map" : past(obj)?.kind;
  const marks = action === "markBegin" || action === "markEnd";
  if (objectKind === "map") return key === undefined || insert === true || marks ? null : key;
  if (objectKind !== "list" && objectKind !== "text") return null;
  if (elemId === undefined || (marks && (insert !== true || objectKind !== "text"))) return null;
  if (elemId === "_head") return insert === true ? own : null;
  const mark = insert === true ? anywhere(elemId) : null;
  const element = past(elemId) ?? (mark?.kind === "mark" ? mark : null);
  // Only what was inserted is about itself, so its name and its place are one.
  if (element === null || element.object !== obj || element.place !== elemId) return null;
  return insert === true ? own : elemId;
}

function arePredecessors(operation: DecodedOperation, kind: OperationKind, place: string, past: Find): boolean {
  const names = operation.pred ?? [];
  if (operation.insert === true) return names.length === 0 && kind !== "delete" && kind !== "increment";
  const mustReplace = operation.key === undefined || kind === "delete" || kind === "increment";
  if (names.length === 0) return !mustReplace;
  if (names.some((name, at) => at > 0 && compareNames(names[at - 1] ?? "", name) >= 0)) return false;
  return names.every((name) => {
    const replaced = past(name);
    if (replaced === null || replaced.object !== operation.obj || replaced.place !== place) return false;
    if (kind === "increment") return replaced.kind === "counter";
    return replaced.kind !== "delete" && replaced.kind !== "increment" && replaced.kind !== "mark";
  });
}

function refuse(reason: string, missing: string | null = null): Result<never, OperationRefusal> {
  return err({ reason, missing });
}
