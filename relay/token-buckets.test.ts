import { expect, test } from "vitest";
import { createTokenBuckets } from "./token-buckets.ts";

function createBuckets(capacity?: number) {
  let now = 0;
  const clock = { now: () => now, after: () => () => {} };
  const buckets = createTokenBuckets({ burst: 3, perMinute: 60 }, clock, capacity);
  return {
    ...buckets,
    advance: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

test("gives a burst at once, then as many as time brings", () => {
  const { take, advance } = createBuckets();
  expect([take("a"), take("a"), take("a"), take("a")]).toEqual([null, null, null, 1]);
  advance(999);
  expect(take("a")).toBe(1);
  advance(1);
  expect([take("a"), take("a")]).toEqual([null, 1]);
});

test("never holds more than the burst, and each key has its own", () => {
  const { take, advance } = createBuckets();
  advance(1e9);
  expect([take("a", 3), take("a"), take("b", 3)]).toEqual([null, 1, null]);
});

test("takes all or nothing, and says how long all of it takes", () => {
  const { take } = createBuckets();
  expect([take("a", 2), take("a", 2), take("a", 1)]).toEqual([null, 1, null]);
  expect(take("a", 3)).toBe(3);
});

test("a clock that goes back takes nothing away", () => {
  const { take, advance } = createBuckets();
  take("a", 2);
  advance(-5000);
  expect(take("a")).toBeNull();
});

test("forgets the longest unused beyond its capacity", () => {
  const { take } = createBuckets(2);
  take("a", 3);
  take("b", 3);
  take("a");
  take("c", 3);
  expect([take("a"), take("b")]).toEqual([1, null]);
});
