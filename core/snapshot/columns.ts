/**
 * Columns: lists of numbers and of bytes, written one after the other and read back in the same order. Numbers are LEB128 in the
 * shortest form; one that may be negative or huge is written as its difference to the one before it:
 *
 *   difference d   1 + 2d where d ≥ 0, −2d where d < 0, for |d| < 2⁵⁰; else 0 ‖ the number itself as 8 bytes of IEEE 754
 *
 * Whatever is read is checked: the end, the shortest form, 2⁵³. A reader that met anything wrong stays broken.
 */

/** Writes one column. */
export interface ColumnWriter {
  /** A whole number, 0 … 2⁵³−1. */
  readonly number: (value: number) => void;
  /** A safe integer near the last one that was written so. */
  readonly near: (value: number) => void;
  readonly bytes: (value: Uint8Array) => void;
  /** What was written so far. */
  readonly finish: () => Uint8Array;
}

/** Reads one column; each method gives NaN, or bytes of no length, where there is nothing right to read. */
export interface ColumnReader {
  readonly number: () => number;
  readonly near: () => number;
  /** A view of `length` bytes. */
  readonly bytes: (length: number) => Uint8Array;
  /** Whether everything was read, and all of it was right. */
  readonly isDone: () => boolean;
}

const nearLimit = 2 ** 50;

/** An empty column. */
export function createColumnWriter(): ColumnWriter {
  let buffer = new Uint8Array(1024);
  let at = 0;
  let last = 0;
  const reserve = (more: number): void => {
    if (at + more <= buffer.length) return;
    const larger = new Uint8Array(Math.max(2 * buffer.length, at + more));
    larger.set(buffer.subarray(0, at));
    buffer = larger;
  };
  const number = (value: number): void => {
    reserve(8);
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) buffer[at++] = (rest % 128) | 128;
    buffer[at++] = rest;
  };
  return {
    number,
    near: (value) => {
      const difference = value - last;
      last = value;
      if (Math.abs(difference) < nearLimit) {
        number(difference >= 0 ? 1 + 2 * difference : -2 * difference);
        return;
      }
      number(0);
      reserve(8);
      new DataView(buffer.buffer).setFloat64(at, value);
      at += 8;
    },
    bytes: (value) => {
      reserve(value.length);
      buffer.set(value, at);
      at += value.length;
    },
    finish: () => buffer.slice(0, at),
  };
}

/** Reads `column`. */
export function createColumnReader(column: Uint8Array): ColumnReader {
  let at = 0;
  let last = 0;
  let broken = false;
  const fail = (): number => {
    broken = true;
    return Number.NaN;
  };
  const number = (): number => {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 49; scale *= 128) {
      const part = column[at++];
      if (part === undefined) return fail();
      value += (part & 127) * scale;
      if (part < 128) return (part === 0 && scale > 1) || !Number.isSafeInteger(value) ? fail() : value;
    }
    return fail();
  };
  const wide = (): number => {
    if (at + 8 > column.length) return fail();
    const value = new DataView(column.buffer, column.byteOffset + at, 8).getFloat64(0);
    at += 8;
    return Number.isSafeInteger(value) && !Object.is(value, -0) && Math.abs(value - last) >= nearLimit ? value : fail();
  };
  return {
    number,
    near: () => {
      const coded = number();
      const difference = coded % 2 === 1 ? (coded - 1) / 2 : -coded / 2;
      const value = coded === 0 ? wide() : last + difference;
      if (Math.abs(difference) >= nearLimit || !Number.isSafeInteger(value)) return fail();
      last = value;
      return value;
    },
    bytes: (length) => {
      const end = at + length;
      if (!(end <= column.length)) {
        fail();
        return column.subarray(0, 0);
      }
      const taken = column.subarray(at, end);
      at = end;
      return taken;
    },
    isDone: () => !broken && at === column.length,
  };
}
