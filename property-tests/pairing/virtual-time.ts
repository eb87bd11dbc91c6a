/** Pairings on virtual time: ten minutes pass in a moment. */
import { expect, vi } from "vitest";

/** Timers and clocks stand still until `passTime`. */
export function stopTime(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
}

/** Milliseconds of virtual time until all `promises` settled; a quarter of an hour is taken as for ever. */
export async function passTime(...promises: readonly Promise<unknown>[]): Promise<number> {
  const began = Date.now();
  let settled = false;
  void Promise.allSettled(promises).then(() => {
    settled = true;
  });
  for (let second = 0; !settled && second < 900; second++) await passSecond();
  expect(settled, "it hangs").toBe(true);
  return Date.now() - began;
}

/** One second passes, with all that it sets going. */
export async function passSecond(): Promise<void> {
  await vi.advanceTimersByTimeAsync(1000);
  await new Promise((resolve) => setImmediate(resolve));
}
