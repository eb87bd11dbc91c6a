/**
 * Locks by itself after so many minutes without input. The clock of the wall decides, so that a device that slept over them locks
 * when it wakes, before anybody looks; a clock that was set back locks sooner, never later. A running import counts as input.
 */
import { useEffect, useRef, type ReactElement } from "react";
import { useImporter } from "../import/importer.tsx";
import { useLock } from "./lock.tsx";

const inputs = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "scroll"] as const;

/** Draws nothing. */
export function AutoLock(): ReactElement | null {
  const { settings, clock, lockNow } = useLock();
  const isImporting = useImporter().progress !== null;
  const busy = useRef(false);
  busy.current = isImporting;
  const minutes = settings?.hasPassphrase === true ? settings.minutes : 0;
  useEffect(() => {
    if (minutes === 0) return;
    const limit = minutes * 60_000;
    let last = clock();
    let timer = 0;
    const check = (): void => {
      window.clearTimeout(timer);
      if (busy.current) last = clock();
      const left = limit - Math.abs(clock() - last);
      if (left <= 0) lockNow();
      else timer = window.setTimeout(check, left);
    };
    const noteInput = (): void => {
      // Whoever comes back after the time is up must not be the one who resets it.
      if (Math.abs(clock() - last) < limit) last = clock();
      else check();
    };
    const listen = { capture: true, passive: true };
    for (const input of inputs) window.addEventListener(input, noteInput, listen);
    document.addEventListener("visibilitychange", check);
    check();
    return () => {
      window.clearTimeout(timer);
      for (const input of inputs) window.removeEventListener(input, noteInput, listen);
      document.removeEventListener("visibilitychange", check);
    };
  }, [minutes, clock, lockNow]);
  return null;
}
