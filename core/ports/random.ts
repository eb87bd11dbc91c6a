/** Port: randomness, always a parameter, so that a simulated world can seed all of it. */

/** `length` unpredictable bytes; 1 … 65,536. */
export type Random = (length: number) => Uint8Array;
