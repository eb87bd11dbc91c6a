/** What a benchmark is: a module `NAME.bench.ts` in this folder that exports one `bench`. */

/** One measured number. */
export interface BenchRow {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  /** What it must reach, in `unit`, or as a ratio where there is a `ratio`; in words, with its direction: "≤ 16 ms". */
  readonly limit?: string;
  /** What the peer reached in the same run, in `unit`. */
  readonly peer?: number;
  /** Ours over the peer's: ratios of one run survive a slow machine, absolute times do not. */
  readonly ratio?: number;
  /** Whether the limit was kept; absent where there is none. */
  readonly ok?: boolean;
}

/** How a benchmark runs. */
export interface BenchOptions {
  /** Small sizes and few rounds: to see that it works, not to judge by. */
  readonly quick: boolean;
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
}

/** A benchmark. Outputs are checked outside of the timed region: a wrong answer throws, whatever its speed. */
export interface Bench {
  readonly name: string;
  readonly what: string;
  readonly run: (options: BenchOptions) => Promise<readonly BenchRow[]>;
}

/** Median time in milliseconds of `rounds` runs of `work`, after one that does not count. */
export function medianTime(work: () => void, rounds: number, now: () => number): number {
  work();
  const times = Array.from({ length: rounds }, () => {
    const start = now();
    work();
    return now() - start;
  });
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}
