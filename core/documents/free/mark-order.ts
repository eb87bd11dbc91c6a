/**
 * Order of marks. A document in whose text a mark ends before it begins is saved, and does not load again, so both ends must
 * stand in order. A text is a tree: an element is a child of the one after which it was inserted, and is read before its
 * children, of which the latest comes first. Of two elements the one whose branch leaves their common ancestor as the later child
 * comes first, and an ancestor comes before what hangs on it.
 */
import type { DecodedOperation } from "./decoded-operation.ts";
import { compareNames } from "./operation-index.ts";

/** Most elements that are walked for the marks of one change: as many as a change may hold, four times over. */
const maximalSteps = 1_048_576;

/** What the order is read from. */
export interface MarkContext {
  readonly actor: string;
  readonly startOp: number;
  /** The element after which one was inserted; null where there is no such element. */
  readonly afterOf: (name: string) => string | null;
}

/** Whether each beginning of a mark is directly followed by its end, which stands after it in the text. */
export function areMarksInOrder(operations: readonly DecodedOperation[], { actor, startOp, afterOf }: MarkContext): boolean {
  let steps = maximalSteps;
  for (let at = 0; at < operations.length; at++) {
    const operation = operations[at];
    if (operation?.action === "markEnd") return false;
    if (operation?.action !== "markBegin") continue;
    const end = operations[++at];
    if (end?.action !== "markEnd" || end.obj !== operation.obj) return false;
    steps = walk(`${startOp + at - 1}@${actor}`, `${startOp + at}@${actor}`, afterOf, steps);
    if (steps < 0) return false;
  }
  return true;
}

/** The steps that are left where `first` stands before `second`; negative where it does not, or where none are left. */
function walk(first: string, second: string, afterOf: MarkContext["afterOf"], steps: number): number {
  let [a, b] = [first, second];
  let childOfA: string | null = null;
  let childOfB: string | null = null;
  let left = steps;
  // An element is later than what it was inserted after, so the later of the two cannot be an ancestor of the other.
  for (; a !== b && left >= 0; left--) {
    if (compareNames(a, b) > 0) {
      childOfA = a;
      a = afterOf(a) ?? "_head";
    } else {
      childOfB = b;
      b = afterOf(b) ?? "_head";
    }
  }
  if (childOfA === null) return left;
  return childOfB !== null && compareNames(childOfA, childOfB) > 0 ? left : -1;
}
