/**
 * Locks by itself after so many minutes without input: when a timer has run that long, or when the clock of the wall says so.
 * Timers sleep with the machine, so a device that slept over the time locks when it wakes, before its input counts; and a clock
 * that is set back stops no timer. A running import counts as input.
 */
import { useEffect, useRef, type ReactElement } from "react";
import { useImporter } from "../import/importer.tsx";
import { useLock } from "./lock.tsx";

const inputs = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "scroll"] as const;

/** Draws nothing. */
export function AutoLock(): ReactElement | null {
  const { settings, clock, lockNow } = useLock();
  const isImporting = useImporter().progress !== null;
  const isBusy = useRef(false);
  isBusy.current = isImporting;
  const minutes = settings?.hasPassphrase === true ? settings.minutes : 0;
  useEffect(() => {
    if (minutes === 0) return;
    return watchInput(minutes * 60_000, clock, () => isBusy.current, lockNow);
  }, [minutes, clock, lockNow]);
  return null;
}

/** Calls `lock` after `limit` milliseconds without input; returns how to stop watching. */
function watchInput(limit: number, clock: () => number, isBusy: () => boolean, lock: () => void): () => void {
  let last = clock();
  let wasUsed = false;
  let timer = 0;
  const isOver = (): boolean => clock() - last >= limit;
  const noteUse = (): void => {
    last = clock();
    wasUsed = true;
  };
  const wait = (milliseconds: number): void => {
    wasUsed = false;
    timer = window.setTimeout(check, milliseconds);
  };
  const check = (): void => {
    if (isBusy()) noteUse();
    if (wasUsed && !isOver()) wait(Math.min(limit, limit - (clock() - last)));
    else lock();
  };
  const onInput = (): void => (isOver() && !isBusy() ? lock() : noteUse());
  const onVisible = (): void => {
    if (isOver() && !isBusy()) lock();
  };
  const listen = { capture: true, passive: true };
  for (const input of inputs) window.addEventListener(input, onInput, listen);
  document.addEventListener("visibilitychange", onVisible);
  wait(limit);
  return () => {
    window.clearTimeout(timer);
    for (const input of inputs) window.removeEventListener(input, onInput, listen);
    document.removeEventListener("visibilitychange", onVisible);
  };
}
