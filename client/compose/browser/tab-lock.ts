/**
 * One writer: a lock of the browser that one tab holds as long as it lives, and a channel on which another tab asks for it. The
 * holder closes its library first and only then lets go; where it does not answer within 5 s (a frozen tab), the lock is taken
 * from it, and whatever it still tries to write later finds its store closed or is refused by the chain of its records.
 */

/** Milliseconds that a holder has to close its library. */
const patience = 5_000;

/** The right to write, in this tab. */
export interface TabLock {
  /** Takes the lock; false where another tab holds it and `takeOver` is false. */
  readonly claim: (takeOver: boolean) => Promise<boolean>;
  /** What to do, and to wait for, before another tab gets the lock. */
  readonly onYield: (close: () => Promise<void>) => void;
}

/** The lock `name`. */
export function createTabLock(name: string): TabLock {
  const channel = new BroadcastChannel(`${name}-lock`);
  let close: () => Promise<void> = async () => undefined;
  let letGo: (() => void) | null = null;
  const yieldLock = async (): Promise<void> => {
    const release = letGo;
    letGo = null;
    if (release === null) return;
    await close().catch(() => undefined);
    release();
  };
  channel.onmessage = () => void yieldLock();
  /** Resolves to whether the lock was granted; it is held until `letGo` is called. */
  const request = (options: LockOptions): Promise<boolean> =>
    new Promise((answer) => {
      const held = navigator.locks.request(`${name}-writer`, options, (lock) => {
        answer(lock !== null);
        if (lock === null) return;
        return new Promise<void>((resolve) => {
          letGo = resolve;
        });
      });
      held.catch(() => {
        answer(false);
        // Another tab took it by force.
        if (letGo !== null) void yieldLock();
      });
    });
  return {
    claim: async (takeOver) => {
      if (letGo !== null || (await request({ ifAvailable: true }))) return true;
      if (!takeOver) return false;
      channel.postMessage("give way");
      return (await request({ signal: AbortSignal.timeout(patience) })) || request({ steal: true });
    },
    onYield: (callback) => {
      close = callback;
    },
  };
}
