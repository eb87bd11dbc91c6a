/** Waiting and time limits. They measure time and never tell it: nothing that is stored or decided depends on a clock. */

/** Resolves after `milliseconds`, or at once when `signal` aborts. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}

/**
 * What `ask` resolves to; null where it takes longer than `milliseconds` or `signal` aborts. The signal that `ask` gets aborts
 * then, and an `ask` that goes on all the same is not waited for.
 */
export async function within<T>(
  milliseconds: number,
  signal: AbortSignal,
  ask: (limit: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const answered = new AbortController();
  const limit = new AbortController();
  try {
    const late = pause(milliseconds, AbortSignal.any([signal, answered.signal])).then(() => null);
    return await Promise.race([ask(limit.signal), late]);
  } finally {
    answered.abort();
    limit.abort();
  }
}
