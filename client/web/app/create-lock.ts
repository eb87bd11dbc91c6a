/**
 * Locking: the library is closed, and the page starts again, in every tab. A page that starts again keeps nothing in memory: no
 * key, no name, no picture and no address of one.
 */
import type { Boot, LibraryLock } from "./boot.ts";

/** What the composition offers for it. */
export interface LockHost {
  readonly vault: Pick<LibraryLock, "settings" | "setPassphrase" | "setMinutes">;
  /** Tells the other tabs to lock, and hears it from them. */
  readonly lockSignal: { readonly announce: () => void; readonly onAnnounced: (callback: () => void) => void };
  /** Takes the right to write, from another tab where it must. */
  readonly claim: (takeOver: boolean) => Promise<boolean>;
  /** Removes library and key from this browser; nobody may have them open. */
  readonly erase: () => Promise<void>;
  /** Starts the page again. */
  readonly restart: () => void;
  readonly clock: () => number;
}

/** Milliseconds that closing may take before the page starts again all the same: what was acknowledged is durable already. */
const patience = 3_000;

/** The parts of the beginning that lock; `close` closes the library in this tab. */
export function createLock(host: LockHost, close: () => Promise<void>): Pick<Boot, "lock" | "onLocking" | "erase"> {
  const { vault, lockSignal, claim, erase, restart, clock } = host;
  let locking: () => void = () => undefined;
  const lock = async (): Promise<void> => {
    locking();
    await Promise.race([close().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, patience))]);
    restart();
  };
  lockSignal.onAnnounced(() => void lock());
  return {
    lock: {
      ...vault,
      clock,
      lockNow: () => {
        lockSignal.announce();
        void lock();
      },
    },
    onLocking: (callback) => {
      locking = callback;
    },
    erase: async () => {
      // Whichever tab has the library open closes it. The others start no new one meanwhile, for they are told nothing.
      await claim(true);
      await close();
      await erase();
      restart();
    },
  };
}
