/**
 * The TIFF structure inside Exif (TIFF 6.0 §2; Exif 2.32 §4.6): a byte order mark, the offset of the first directory,
 * directories of 12-byte entries {tag, type, count, value or its offset}. Read-only, every offset checked, at most 512
 * entries per directory; what is malformed is as if it were absent. Numbers stay exact: a rational is a pair of integers.
 */

/** A directory's entries by tag. */
export type Directory = ReadonlyMap<number, Entry>;

/** One entry; `at` is where its values begin. */
export interface Entry {
  readonly type: number;
  readonly count: number;
  readonly at: number;
}

/** A fraction of two integers as the file writes it; `denominator` may be 0. */
export interface Rational {
  readonly numerator: number;
  readonly denominator: number;
}

/** A TIFF structure and the reading of its values. */
export interface Tiff {
  readonly first: Directory;
  directory(pointer: Entry | undefined): Directory;
  /** The first value of an unsigned 16- or 32-bit entry. */
  integer(entry: Entry | undefined): number | null;
  /** The bytes of an ASCII, byte or undefined entry. */
  bytes(entry: Entry | undefined): Uint8Array | null;
  rationals(entry: Entry | undefined, count: number): readonly Rational[] | null;
}

const maximalEntries = 512;
/** Bytes per value of the types 1 … 12 (byte, ascii, short, long, rational, sbyte, undefined, sshort, slong, srational, …). */
const bytesByType = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

/** The structure in `bytes`, or null where it has no valid head. */
export function parseTiff(bytes: Uint8Array): Tiff | null {
  if (bytes.length < 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const order = view.getUint16(0);
  const little = order === 0x4949;
  if ((!little && order !== 0x4d4d) || view.getUint16(2, little) !== 42) return null;
  const directory = (pointer: Entry | undefined): Directory => {
    const offset = integer(pointer);
    return offset === null ? new Map() : readDirectory(view, offset, little);
  };
  const integer = (entry: Entry | undefined): number | null => {
    if (entry === undefined || entry.count < 1) return null;
    if (entry.type === 3) return view.getUint16(entry.at, little);
    return entry.type === 4 ? view.getUint32(entry.at, little) : null;
  };
  const rationals = (entry: Entry | undefined, count: number): readonly Rational[] | null => {
    if (entry === undefined || entry.type !== 5 || entry.count < count) return null;
    return Array.from({ length: count }, (_, i) => ({
      numerator: view.getUint32(entry.at + 8 * i, little),
      denominator: view.getUint32(entry.at + 8 * i + 4, little),
    }));
  };
  const raw = (entry: Entry | undefined): Uint8Array | null =>
    entry !== undefined && bytesByType[entry.type] === 1 ? bytes.subarray(entry.at, entry.at + entry.count) : null;
  return { first: readDirectory(view, view.getUint32(4, little), little), directory, integer, bytes: raw, rationals };
}

function readDirectory(view: DataView, offset: number, little: boolean): Directory {
  const entries = new Map<number, Entry>();
  if (offset + 2 > view.byteLength) return entries;
  const count = Math.min(view.getUint16(offset, little), maximalEntries);
  for (let i = 0; i < count; i++) {
    const at = offset + 2 + 12 * i;
    if (at + 12 > view.byteLength) break;
    const type = view.getUint16(at + 2, little);
    const values = view.getUint32(at + 4, little);
    const size = values * (bytesByType[type] ?? 0);
    const start = size <= 4 ? at + 8 : view.getUint32(at + 8, little);
    const tag = view.getUint16(at, little);
    if (size > 0 && start + size <= view.byteLength && !entries.has(tag)) entries.set(tag, { type, count: values, at: start });
  }
  return entries;
}
