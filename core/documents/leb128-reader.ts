/**
 * LEB128 in its shortest form only, up to 2³¹ in magnitude; anything else reads as NaN, which equals nothing and is in no range.
 * The reader moves on with each number; after a NaN its place means nothing.
 */

/** Bytes and how far they were read. */
export interface Leb128Reader {
  readonly bytes: Uint8Array;
  at: number;
}

const limit = 2 ** 31;

/** The next byte; NaN past the end. */
export function readByte(reader: Leb128Reader): number {
  return reader.bytes[reader.at++] ?? Number.NaN;
}

/** The next unsigned number. */
export function readUnsigned(reader: Leb128Reader): number {
  let value = 0;
  for (let scale = 1; scale <= limit; scale *= 128) {
    const part = readByte(reader);
    value += (part & 127) * scale;
    // A last byte of 0 adds nothing: the form would not be the shortest.
    if (part < 128) return (part === 0 && scale > 1) || value > limit ? Number.NaN : value;
  }
  return Number.NaN;
}

/** The next signed number. */
export function readSigned(reader: Leb128Reader): number {
  let value = 0;
  let before = 0;
  for (let scale = 1; scale <= limit; scale *= 128) {
    const part = readByte(reader);
    value += (part & 127) * scale;
    if (part < 128) {
      const negative = (part & 64) !== 0;
      // A last byte that only repeats the sign of the one before it says nothing.
      const idle = scale > 1 && part === (negative ? 127 : 0) && ((before & 64) !== 0) === negative;
      const signed = negative ? value - scale * 128 : value;
      return idle || Math.abs(signed) > limit ? Number.NaN : signed;
    }
    before = part;
  }
  return Number.NaN;
}
