/**
 * Token buckets: per key `burst` at once, refilled by `perMinute`. State per key is two numbers; a key whose bucket is full
 * again is forgotten, and at most `capacity` keys are remembered, the longest unused going first.
 */
import type { Clock } from "./effects.ts";
import type { Rate } from "./limits.ts";

/** One set of buckets. */
export interface TokenBuckets {
  /** Takes `count` tokens of `key`: null, or, taking none, the seconds after which there will be enough. */
  readonly take: (key: string, count?: number) => number | null;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** Full buckets at `rate`. */
export function createTokenBuckets({ burst, perMinute }: Rate, clock: Clock, capacity = 50_000): TokenBuckets {
  const buckets = new Map<string, Bucket>();
  const perMillisecond = perMinute / 60_000;
  return {
    take: (key, count = 1) => {
      const now = clock.now();
      const held = buckets.get(key);
      const tokens = held === undefined ? burst : Math.min(burst, held.tokens + Math.max(0, now - held.at) * perMillisecond);
      const enough = tokens >= count;
      buckets.delete(key);
      buckets.set(key, { tokens: enough ? tokens - count : tokens, at: now });
      if (buckets.size > capacity) buckets.delete(buckets.keys().next().value ?? "");
      return enough ? null : Math.ceil((count - tokens) / perMillisecond / 1000);
    },
  };
}
