/** Ports: time and chance, always parameters, so that tests move the one and seed the other. */

/** A clock that can also wake somebody up. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Calls `run` once, `milliseconds` from now, unless the returned function was called before. */
  readonly after: (milliseconds: number, run: () => void) => () => void;
}

/** `length` unpredictable bytes; 1 … 65,536. */
export type Random = (length: number) => Uint8Array;

/** Takes one line for the operator. Lines hold no ids but the first 8 digits of a library's, and nothing secret. */
export type Log = (line: string) => void;
