/**
 * Assembly of a free document: which of its candidates are applied. A function of the set of candidates, whatever the order in
 * which they came. Applied is a change once
 *
 *   - every change that it builds on is applied, its actor's previous one among them, however far back
 *   - its operations are numbered after all that it builds on, and not beyond the number of operations held: Automerge cannot
 *     count past 2³², and whoever skipped ahead would use up the numbers of all others
 *   - it is in Automerge's own form, and its operations refer only to what they may (`canonical-change.ts`, `check-operations.ts`)
 *
 * so that no batch of applied changes makes Automerge throw, and every document of them loads again. An assembly is kept from one
 * update to the next, for a change is judged once; where one has to go again, all are judged anew.
 */
import { bytesToHex } from "../../primitives/bytes.ts";
import { sha256 } from "../../crypto/hash.ts";
import { err, ok, type Result } from "../../primitives/result.ts";
import { Automerge } from "../automerge.ts";
import { guardChange } from "../change-guard.ts";
import { freeChangeLimits, type FreeChange } from "../free-change.ts";
import { checkCanonical } from "./canonical-change.ts";
import { checkOperations, type OperationRefusal } from "./check-operations.ts";
import type { DecodedOperation } from "./decoded-operation.ts";
import { createOperationIndex, splitName, type OperationIndex, type OperationList } from "./operation-index.ts";

/** A document's applied changes as far as they are known. */
export interface Assembly {
  /** Judges `changes`, all that may count; `operations` are those of all changes of the document that are held. */
  readonly update: (changes: readonly FreeChange[], operations: number) => AssemblyOutcome;
}

/** What an update comes to. */
export interface AssemblyOutcome {
  /** Each after what it builds on. The same list, longer, as before, where nothing had to go. */
  readonly applied: readonly FreeChange[];
  /** Why a change is not applied, by hash. */
  readonly reasons: ReadonlyMap<string, AssemblyReason>;
}

/** Why a change is not applied. */
export interface AssemblyReason {
  readonly reason: string;
  /** Whether others may yet come that let it be applied. */
  readonly waits: boolean;
}

/** An applied change among the others. */
interface Node {
  readonly actor: string;
  readonly seq: number;
  /** The greatest seq of every other actor that it builds on. */
  readonly past: ReadonlyMap<string, number>;
  /** The greatest number of an operation in it or before it. */
  readonly last: number;
}

interface Judged {
  readonly applied: FreeChange[];
  readonly nodes: Map<string, Node>;
  readonly index: OperationIndex;
  /** Changes that never count, whatever else arrives. */
  readonly refused: Map<string, string>;
}

/** An assembly in which nothing is applied yet. */
export function createAssembly(): Assembly {
  let judged = emptyJudged();
  return {
    update: (changes, operations) => {
      const byHash = new Map(changes.map((change) => [change.hash, change]));
      if (judged.applied.some(({ hash }) => !byHash.has(hash))) judged = emptyJudged();
      const reasons = applyAll(judged, byHash, operations);
      return { applied: [...judged.applied], reasons };
    },
  };
}

function emptyJudged(): Judged {
  return { applied: [], nodes: new Map(), index: createOperationIndex(), refused: new Map() };
}

/** Changes that wait for others. */
interface Waiting {
  /** By the change that they build on. */
  readonly byChange: Map<string, FreeChange[]>;
  /** By the actor of the operation that they refer to. */
  readonly byActor: Map<string, { readonly change: FreeChange; readonly counter: number }[]>;
}

/** Applies what can be applied of `changes`; why the rest is not, by hash. */
function applyAll(
  judged: Judged,
  changes: ReadonlyMap<string, FreeChange>,
  operations: number,
): ReadonlyMap<string, AssemblyReason> {
  const reasons = new Map<string, AssemblyReason>();
  const waiting: Waiting = { byChange: new Map(), byActor: new Map() };
  const open = [...changes.values()].filter(({ hash }) => !judged.nodes.has(hash));
  // The last is taken first: what comes early stands at the end.
  open.sort((a, b) => b.startOp - a.startOp);
  for (let change = open.pop(); change !== undefined; change = open.pop()) {
    const absent = change.dependencies.find((dependency) => !judged.nodes.has(dependency));
    if (absent !== undefined) {
      waiting.byChange.set(absent, [...(waiting.byChange.get(absent) ?? []), change]);
      reasons.set(change.hash, { reason: `it builds on change ${absent.slice(0, 8)}, which is not applied here`, waits: true });
      continue;
    }
    const known = judged.refused.get(change.hash);
    const outcome = known === undefined ? judge(change, judged, operations) : refuse(known);
    if (outcome.ok) {
      apply(change, outcome.value, judged);
      reasons.delete(change.hash);
      open.push(...woken(change, outcome.value.node.last, waiting));
      continue;
    }
    const { reason, missing, forGood } = outcome.error;
    reasons.set(change.hash, { reason, waits: !forGood });
    if (forGood) judged.refused.set(change.hash, reason);
    if (missing !== null) {
      const { actor, counter } = splitName(missing);
      waiting.byActor.set(actor, [...(waiting.byActor.get(actor) ?? []), { change, counter }]);
    }
  }
  return reasons;
}

/** What waited for `applied`, whose last operation is numbered `last`. */
function woken(applied: FreeChange, last: number, { byChange, byActor }: Waiting): readonly FreeChange[] {
  const builders = byChange.get(applied.hash) ?? [];
  byChange.delete(applied.hash);
  const referring = byActor.get(applied.actor) ?? [];
  byActor.set(
    applied.actor,
    referring.filter(({ counter }) => counter > last),
  );
  return [...builders, ...referring.filter(({ counter }) => counter <= last).map(({ change }) => change)];
}

interface Verdict {
  readonly node: Node;
  readonly list: OperationList;
}

interface JudgeRefusal extends OperationRefusal {
  /** Whether no change that arrives later can help. */
  readonly forGood: boolean;
}

/** Whether `change`, whose dependencies are applied, can be applied. */
function judge(change: FreeChange, judged: Judged, operations: number): Result<Verdict, JudgeRefusal> {
  const node = nodeOf(change, judged.nodes);
  if (node === null) return refuse("it does not follow its actor's previous change");
  if (change.startOp <= node.last) return refuse("its operations are numbered before what it builds on");
  if (change.startOp > operations + 1) return refuse("its operations are numbered beyond those held", false);
  const decoded = decode(change.bytes);
  if (!decoded.ok) return refuse(decoded.error);
  const list = checkOperations(change, decoded.value, {
    index: judged.index,
    seqOf: (actor) => (actor === change.actor ? change.seq - 1 : (node.past.get(actor) ?? 0)),
  });
  if (list.ok) return ok({ node: { ...node, last: change.startOp + change.operations - 1 }, list: list.value });
  const { reason, missing } = list.error;
  // An actor's operations are numbered upwards: one that its later changes have passed by will not come.
  const canCome = missing !== null && splitName(missing).counter > judged.index.lastOf(splitName(missing).actor);
  return err({ reason, missing: canCome ? missing : null, forGood: !canCome });
}

/** Where the change stands; null where the changes that it builds on do not lead to its actor's previous one. */
function nodeOf({ actor, seq, dependencies }: FreeChange, nodes: ReadonlyMap<string, Node>): Node | null {
  const parents = dependencies.flatMap((dependency) => nodes.get(dependency) ?? []);
  const last = parents.reduce((greatest, parent) => Math.max(greatest, parent.last), 0);
  const [only] = parents;
  // One's own changes in a row build on the same others: they share one map.
  if (parents.length === 1 && only?.actor === actor) return only.seq === seq - 1 ? { actor, seq, past: only.past, last } : null;
  const past = new Map<string, number>();
  for (const parent of parents) {
    for (const [other, otherSeq] of [...parent.past, [parent.actor, parent.seq] as const]) {
      past.set(other, Math.max(past.get(other) ?? 0, otherSeq));
    }
  }
  if ((past.get(actor) ?? 0) !== seq - 1) return null;
  past.delete(actor);
  return { actor, seq, past, last };
}

function decode(bytes: Uint8Array): Result<readonly DecodedOperation[], string> {
  const guarded = guardChange(bytes, freeChangeLimits.rows);
  if (!guarded.ok) return err(guarded.error.reason);
  const canonical = checkCanonical(bytes, guarded.value);
  if (!canonical.ok) return err(canonical.error.reason);
  try {
    const { hash, ops } = Automerge.decodeChange(bytes);
    return hash === bytesToHex(sha256(bytes.subarray(8))) ? ok(ops as readonly DecodedOperation[]) : err("its hash is another");
  } catch {
    return err("Automerge cannot decode it");
  }
}

function apply(change: FreeChange, { node, list }: Verdict, { applied, nodes, index }: Judged): void {
  applied.push(change);
  nodes.set(change.hash, node);
  index.add(list);
}

function refuse(reason: string, forGood = true): Result<never, JudgeRefusal> {
  return err({ reason, missing: null, forGood });
}
