/**
 * Live sync as long as the library is open. It is started again when the browser says that the network is back, without waiting
 * for the next attempt; and where a single round (of a pairing, or "Sync now") has left it idle.
 */
import { useEffect } from "react";
import type { Engine } from "../../engine/api.ts";

/** Milliseconds of idleness after which live sync is started again. */
const patience = 1_500;

/** Keeps `engine` in sync. */
export function useLiveSync(engine: Engine): void {
  useEffect(() => {
    let stop = engine.startSync();
    let timer = 0;
    const again = (): void => {
      stop();
      stop = engine.startSync();
    };
    const states = engine.state$.subscribe(({ sync }) => {
      window.clearTimeout(timer);
      if (sync.phase === "idle") timer = window.setTimeout(again, patience);
    });
    window.addEventListener("online", again);
    return () => {
      window.removeEventListener("online", again);
      states.unsubscribe();
      window.clearTimeout(timer);
      stop();
    };
  }, [engine]);
}
