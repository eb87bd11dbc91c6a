/**
 * Guard in front of Automerge: reads a binary change without decoding it and refuses what could blow up. 72 bytes can claim a
 * million operations, because columns are run-length encoded; so the claimed lengths of all columns are summed first.
 *
 * Binary change (automerge.org/automerge-binary-format-spec §3): magic 85 6f 4a 83 ‖ checksum (4) ‖ chunk type (1 = change;
 * 2 = compressed is refused) ‖ length ‖ body. Body: dependencies ‖ actor ‖ seq ‖ startOp ‖ time ‖ message ‖ other actors ‖
 * column metadata (specification, length)* ‖ column data. All integers are LEB128.
 */
import { err, ok, type Result } from "../primitives/result.ts";

/** Why a change was refused before Automerge saw it. */
export interface ChangeRefusal {
  readonly kind: "refused-change";
  readonly reason: string;
}

/** Columns of operations (specification without the deflate bit): object, key, insert, action, value, predecessor, expand, mark. */
const knownColumns: ReadonlySet<number> = new Set([
  0x01, 0x02, 0x11, 0x13, 0x15, 0x34, 0x42, 0x56, 0x57, 0x70, 0x71, 0x73, 0x94, 0xa5,
]);

class Malformed extends Error {}

/** Whether `change` is one uncompressed change whose columns claim at most `maximalOperations` rows. */
export function guardChange(change: Uint8Array, maximalOperations: number): Result<null, ChangeRefusal> {
  try {
    const reader = createReader(change, 0, change.length);
    if (reader.byte() !== 0x85 || reader.byte() !== 0x6f || reader.byte() !== 0x4a || reader.byte() !== 0x83) {
      return refuse("it does not begin like an Automerge change");
    }
    reader.skip(4);
    if (reader.byte() !== 1) return refuse("it is not an uncompressed change");
    if (reader.unsigned() !== change.length - reader.at()) return refuse("its length is not that of one change");
    skipHead(reader);
    return guardColumns(change, reader, maximalOperations);
  } catch (cause) {
    if (cause instanceof Malformed) return refuse(cause.message);
    throw cause;
  }
}

interface Reader {
  readonly at: () => number;
  readonly done: () => boolean;
  readonly byte: () => number;
  readonly skip: (bytes: number) => void;
  /** Unsigned LEB128 up to 2⁵³−1. */
  readonly unsigned: () => number;
  /** Signed LEB128, ± 2⁵². */
  readonly signed: () => number;
}

function createReader(bytes: Uint8Array, start: number, end: number): Reader {
  let at = start;
  const byte = (): number => {
    const value = at < end ? bytes[at++] : undefined;
    if (value === undefined) throw new Malformed("it ends too early");
    return value;
  };
  const leb = (): { value: number; sign: boolean; scale: number } => {
    let value = 0;
    for (let scale = 1; scale <= 2 ** 49; scale *= 128) {
      const part = byte();
      value += (part & 127) * scale;
      if (part < 128) return { value, sign: (part & 64) !== 0, scale: scale * 128 };
    }
    throw new Malformed("it holds a number beyond 2^53");
  };
  return {
    at: () => at,
    done: () => at >= end,
    byte,
    skip: (count) => {
      if (count > end - at) throw new Malformed("it ends too early");
      at += count;
    },
    unsigned: () => {
      const { value } = leb();
      if (!Number.isSafeInteger(value)) throw new Malformed("it holds a number beyond 2^53");
      return value;
    },
    signed: () => {
      const { value, sign, scale } = leb();
      return sign ? value - scale : value;
    },
  };
}

function skipHead(reader: Reader): void {
  reader.skip(32 * bounded(reader.unsigned(), 64, "dependencies"));
  reader.skip(bounded(reader.unsigned(), 64, "bytes of an actor"));
  reader.unsigned();
  reader.unsigned();
  reader.signed();
  reader.skip(bounded(reader.unsigned(), 1024, "bytes of a message"));
  const others = bounded(reader.unsigned(), 64, "other actors");
  for (let i = 0; i < others; i++) reader.skip(bounded(reader.unsigned(), 64, "bytes of an actor"));
}

function guardColumns(change: Uint8Array, reader: Reader, maximal: number): Result<null, ChangeRefusal> {
  const count = bounded(reader.unsigned(), knownColumns.size, "columns");
  const columns = Array.from({ length: count }, () => ({ spec: reader.unsigned(), length: reader.unsigned() }));
  for (const { spec, length } of columns) {
    if (!knownColumns.has(spec)) return refuse(`it has a column ${spec} that is unknown or compressed`);
    const start = reader.at();
    reader.skip(length);
    const rows = claimedRows(createReader(change, start, start + length), spec & 7, maximal);
    if (rows > maximal) return refuse(`it claims ${rows} operations or more, ${maximal} are allowed`);
  }
  return reader.done() ? ok(null) : refuse("bytes follow its columns");
}

/** Rows that a column claims, by its type: 4 boolean, 5 text, 7 raw bytes, all others run-length encoded numbers. */
function claimedRows(reader: Reader, type: number, maximal: number): number {
  if (type === 7) return 0;
  let rows = 0;
  let cards = 0;
  while (!reader.done() && rows <= maximal) {
    if (type === 4) {
      rows += reader.unsigned();
      continue;
    }
    const run = reader.signed();
    if (run === 0) rows += reader.unsigned();
    else {
      rows += Math.abs(run);
      for (let i = 0; i < (run > 0 ? 1 : -run); i++) {
        const value = skipValue(reader, type);
        if (type === 0) cards += value * (run > 0 ? run : 1);
      }
    }
  }
  return Math.max(rows, cards);
}

function skipValue(reader: Reader, type: number): number {
  if (type === 5) {
    reader.skip(reader.unsigned());
    return 0;
  }
  return type === 3 ? reader.signed() : reader.unsigned();
}

function bounded(count: number, limit: number, what: string): number {
  if (count > limit) throw new Malformed(`it claims ${count} ${what}, ${limit} are allowed`);
  return count;
}

function refuse(reason: string): Result<never, ChangeRefusal> {
  return err({ kind: "refused-change", reason });
}
