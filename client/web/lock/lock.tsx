/** The lock for all screens of the open library: how it is set, and how it is used. */
import { createContext, useContext, useEffect, useMemo, useState, type ReactElement, type ReactNode } from "react";
import type { Boot, LibraryLock, LockSettings } from "../app/boot.ts";

/** The lock as screens see it. */
export interface Lock extends Pick<LibraryLock, "lockNow" | "clock" | "setPassphrase" | "setMinutes"> {
  /** Null until they are read. */
  readonly settings: LockSettings | null;
  /** Removes the library from this browser for good. */
  readonly erase: Boot["erase"];
}

const LockContext = createContext<Lock | null>(null);

/** Offers the lock of `boot` to all screens beneath. */
export function LockProvider(props: { readonly boot: Pick<Boot, "lock" | "erase">; readonly children: ReactNode }): ReactElement {
  const { lock, erase } = props.boot;
  const [settings, setSettings] = useState<LockSettings | null>(null);
  useEffect(() => {
    // Without them nothing locks by itself, and the page on privacy says so.
    lock.settings().then(setSettings, () => undefined);
  }, [lock]);
  const offered = useMemo(
    (): Lock => ({
      settings,
      erase,
      clock: lock.clock,
      lockNow: lock.lockNow,
      setPassphrase: async (current, next) => {
        const changed = await lock.setPassphrase(current, next);
        if (changed.ok) setSettings(await lock.settings());
        return changed;
      },
      setMinutes: async (minutes) => {
        // Shown at once, for a choice must not wait for the disk; then what is really stored.
        setSettings((last) => (last === null ? null : { ...last, minutes }));
        try {
          await lock.setMinutes(minutes);
        } finally {
          setSettings(await lock.settings());
        }
      },
    }),
    [lock, erase, settings],
  );
  return <LockContext value={offered}>{props.children}</LockContext>;
}

/** The lock above. @throws where there is none: a screen outside of it is a defect of ours. */
export function useLock(): Lock {
  const lock = useContext(LockContext);
  if (lock === null) throw new Error("a screen that locks was drawn outside of a library");
  return lock;
}
