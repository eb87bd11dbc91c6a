/**
 * Keeper: verifies in the background what a snapshot made believe, and keeps a new snapshot now and then. One thing at a time;
 * both give way to everything else between their steps, and whoever closes the log waits for neither.
 */
import type { Journal } from "./journal.ts";
import { pause } from "./timers.ts";

/** Records that arrive before a snapshot is worth its while: verifying so many takes about as long as starting may. */
const recordsPerSnapshot = 4000;

/** Looks after the snapshot of one journal. */
export interface SnapshotKeeper {
  /** Resolves when the log is verified; at once where it is. */
  readonly whenVerified: () => Promise<void>;
  /** To be called after records arrived: makes a snapshot where enough did, and none is being made. */
  readonly consider: () => void;
  /** Leaves whatever is being done. */
  readonly close: () => Promise<void>;
}

/** Starts to look after `journal`; `verified` hears how many records were remembered otherwise than the log has them. */
export function createSnapshotKeeper(journal: Journal, verified: (differing: number) => Promise<void>): SnapshotKeeper {
  const closed = new AbortController();
  const breathe = async (): Promise<boolean> => {
    await pause(0, closed.signal);
    return !closed.signal.aborted;
  };
  let keeping: Promise<void> | null = null;
  const consider = (): void => {
    if (keeping !== null || closed.signal.aborted || journal.unverified() > 0 || journal.uncovered() < recordsPerSnapshot) return;
    keeping = journal.keepSnapshot(breathe).finally(() => {
      keeping = null;
    });
  };
  const verify = async (): Promise<void> => {
    if (journal.unverified() === 0) return;
    const difference = await journal.verifyLog(breathe);
    if (difference !== null) await verified(difference.altered + difference.invented + difference.omitted);
  };
  const verifying = verify().then(consider);
  // Whoever waits for it hears why it failed; where nobody waits it is no reason to stop.
  verifying.catch(() => undefined);
  return {
    whenVerified: () => verifying,
    consider,
    close: async () => {
      closed.abort();
      await Promise.allSettled([verifying, keeping]);
    },
  };
}
