/**
 * Jumps: from any record of a chain over the content in between to the membership record before it, so that a roster's cost
 * does not grow with what people write.
 *
 * Each record is kept with its jump: the record before it where that is a membership record or not held; otherwise that one's
 * own jump; null at a chain's beginning. A jump that led to a missing record leads on from there once the record has come, so
 * nothing is ever rewritten: a chain that came in order costs one step, one that came in pieces a step for each piece.
 */
import type { RecordHash } from "@albumen/core/ids/ids.ts";
import { compareText } from "@albumen/core/primitives/bytes.ts";
import type { LogEntry } from "./log-store.ts";

/** Where a held record leads. */
export interface Jump {
  readonly isMembership: boolean;
  readonly to: RecordHash | null;
}

/** The jump of `entry`; `before` is that of the record before it, undefined where that is not held. */
export function jumpOf({ kind, previous }: Pick<LogEntry, "kind" | "previous">, before: Jump | undefined): Jump {
  const to = before === undefined || before.isMembership ? previous : before.to;
  return { isMembership: kind === "membership", to };
}

/** What `LogStore.membershipBefore` answers, over the jumps of the records that are held. */
export function followJumps(
  from: readonly RecordHash[],
  steps: number,
  jumpAt: (hash: RecordHash) => Jump | undefined,
): ReadonlyMap<RecordHash, RecordHash | null> {
  const before = new Map<RecordHash, RecordHash | null>();
  let left = steps;
  const look = (hash: RecordHash): Jump | undefined => (left-- > 0 ? jumpAt(hash) : undefined);
  const overContent = (hash: RecordHash | null): RecordHash | null => {
    for (let to = hash; to !== null; ) {
      const jump = look(to);
      if (jump === undefined || jump.isMembership) return to;
      to = jump.to;
    }
    return null;
  };
  for (const start of [...from].sort(compareText)) {
    let at: RecordHash | null = start;
    while (at !== null && !before.has(at)) {
      const jump = look(at);
      if (jump === undefined) break;
      const to = overContent(jump.to);
      before.set(at, to);
      at = to;
    }
  }
  return before;
}
