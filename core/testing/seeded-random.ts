/** Randomness from a seed: xorshift128 in 32-bit integers, the same bytes on every engine. For tests only; it hides nothing. */
import type { Random } from "@albumen/core/ports/random.ts";

/** A generator that always gives the same bytes for one `seed`. */
export function seededRandom(seed: number): Random {
  const state = new Uint32Array([seed ^ 0x9e3779b9, 0x243f6a88 ^ seed, 0xb7e15162, 0xdeadbeef]);
  const next = (): number => {
    let mixed = state[3] ?? 0;
    const first = state[0] ?? 0;
    state[3] = state[2] ?? 0;
    state[2] = state[1] ?? 0;
    state[1] = first;
    mixed ^= mixed << 11;
    mixed ^= mixed >>> 8;
    state[0] = mixed ^ first ^ (first >>> 19);
    return state[0] ?? 0;
  };
  for (let i = 0; i < 16; i++) next();
  return (length) => Uint8Array.from({ length }, () => next() & 255);
}
