/**
 * Reads the parts of a binary Automerge change: bytes, and integers as LEB128 in their shortest form. Bounds are checked at
 * every step.
 */

/** Thrown where bytes end too early or claim too much; whoever creates a reader catches it. */
export class MalformedChange extends Error {}

/** A place in a range of bytes. */
export interface Reader {
  readonly at: () => number;
  readonly done: () => boolean;
  readonly byte: () => number;
  readonly skip: (bytes: number) => void;
  /** Unsigned LEB128 up to 2⁵³−1. */
  readonly unsigned: () => number;
  /** Signed LEB128, ± 2⁵². */
  readonly signed: () => number;
}

/** Reads `bytes` from `start` up to `end`. @throws MalformedChange from its methods. */
export function createReader(bytes: Uint8Array, start: number, end: number): Reader {
  let at = start;
  const byte = (): number => {
    const value = at < end ? bytes[at++] : undefined;
    if (value === undefined) throw new MalformedChange("it ends too early");
    return value;
  };
  const leb = (isRedundant: (last: number, before: number) => boolean): { value: number; sign: boolean; scale: number } => {
    let value = 0;
    let before = 0;
    for (let scale = 1; scale <= 2 ** 49; scale *= 128) {
      const part = byte();
      value += (part & 127) * scale;
      if (part < 128) {
        if (scale > 1 && isRedundant(part, before)) throw new MalformedChange("a number of it is not in its shortest form");
        return { value, sign: (part & 64) !== 0, scale: scale * 128 };
      }
      before = part;
    }
    throw new MalformedChange("it holds a number beyond 2^53");
  };
  return {
    at: () => at,
    done: () => at >= end,
    byte,
    skip: (count) => {
      if (count > end - at) throw new MalformedChange("it ends too early");
      at += count;
    },
    unsigned: () => {
      const { value } = leb((last) => last === 0);
      if (!Number.isSafeInteger(value)) throw new MalformedChange("it holds a number beyond 2^53");
      return value;
    },
    signed: () => {
      // The last byte only repeats the sign that the byte before it has already.
      const { value, sign, scale } = leb((last, prior) => last === ((prior & 64) === 0 ? 0 : 127));
      return sign ? value - scale : value;
    },
  };
}

/** `count` where it is at most `limit`. @throws MalformedChange where it is more. */
export function bounded(count: number, limit: number, what: string): number {
  if (count > limit) throw new MalformedChange(`it claims ${count} ${what}, ${limit} are allowed`);
  return count;
}
