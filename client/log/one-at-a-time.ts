/** Rounds of sync one after the other. */
import { err, type Result } from "@albumen/core/primitives/result.ts";
import type { SyncError, SyncReport } from "./api.ts";

/** A round with the relay. */
export type SyncRound = () => Promise<Result<SyncReport, SyncError>>;

/** Rounds do not overlap: who asks during one gets the next. A round that breaks is a failed round, and the next one runs. */
export function oneAtATime(run: SyncRound): SyncRound {
  let current: Promise<unknown> = Promise.resolve();
  let next: Promise<Result<SyncReport, SyncError>> | null = null;
  return () => {
    next ??= current.then(() => {
      next = null;
      const running = run().catch(
        (cause: unknown): Result<SyncReport, SyncError> => err({ kind: "damaged", reason: wordsOf(cause) }),
      );
      current = running;
      return running;
    });
    return next;
  };
}

function wordsOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : "something broke that has no words";
}
