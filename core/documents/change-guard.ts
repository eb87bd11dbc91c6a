/**
 * Guard in front of Automerge: reads a binary change without decoding it and refuses what could blow up. 72 bytes can claim a
 * million operations, because columns are run-length encoded; so the claimed lengths of all columns are summed first.
 *
 * Binary change (automerge.org/automerge-binary-format-spec §3): magic 85 6f 4a 83 ‖ checksum (4) ‖ chunk type (1 = change;
 * 2 = compressed is refused) ‖ length ‖ body. Body: dependencies ‖ actor ‖ seq ‖ startOp ‖ time ‖ message ‖ other actors ‖
 * column metadata (specification, length)* ‖ column data ‖ extra bytes. All integers are LEB128. Automerge 3 writes into the
 * extra bytes who the author is, where an application names one.
 */
import { bytesToHex } from "../primitives/bytes.ts";
import { err, ok, type Result } from "../primitives/result.ts";
import { bounded, createReader, MalformedChange, type Reader } from "./change-reader.ts";

/** Why a change was refused before Automerge saw it. */
export interface ChangeRefusal {
  readonly kind: "refused-change";
  readonly reason: string;
}

/** One column of a change: its specification and its bytes' place. */
export interface ChangeColumn {
  readonly spec: number;
  readonly start: number;
  readonly end: number;
}

/** What can be known of a change without decoding its operations. */
export interface GuardedChange {
  /** Hashes of the changes that it builds on, in hex. */
  readonly dependencies: readonly string[];
  /** In hex. */
  readonly actor: string;
  readonly seq: number;
  readonly startOp: number;
  /** Those that its operations refer to beside its own, in hex. */
  readonly otherActors: readonly string[];
  /** Operations that it claims. */
  readonly operations: number;
  /** The most rows that any column claims: what decoding it costs. */
  readonly rows: number;
  readonly columns: readonly ChangeColumn[];
  /** Bytes after the last column. */
  readonly extra: number;
}

/** Limits of a change's head: counts, and bytes. Each device adds an actor per start, so that a document may have hundreds. */
const headLimits = { dependencies: 1024, actor: 64, message: 1024, otherActors: 1024 } as const;

/** Columns of operations (specification without the deflate bit): object, key, insert, action, value, predecessor, expand, mark. */
const knownColumns: ReadonlySet<number> = new Set([
  0x01, 0x02, 0x11, 0x13, 0x15, 0x34, 0x42, 0x56, 0x57, 0x70, 0x71, 0x73, 0x94, 0xa5,
]);

const actionColumn = 0x42;

/** What `change` claims, where it is one uncompressed change with at most `maximalRows` rows in any column. */
export function guardChange(change: Uint8Array, maximalRows: number): Result<GuardedChange, ChangeRefusal> {
  try {
    const reader = createReader(change, 0, change.length);
    if (reader.byte() !== 0x85 || reader.byte() !== 0x6f || reader.byte() !== 0x4a || reader.byte() !== 0x83) {
      return refuse("it does not begin like an Automerge change");
    }
    reader.skip(4);
    if (reader.byte() !== 1) return refuse("it is not an uncompressed change");
    if (reader.unsigned() !== change.length - reader.at()) return refuse("its length is not that of one change");
    const head = readHead(change, reader);
    const columns = readColumns(change, reader, maximalRows);
    return columns.ok ? ok({ ...head, ...columns.value }) : columns;
  } catch (cause) {
    if (cause instanceof MalformedChange) return refuse(cause.message);
    throw cause;
  }
}

type Head = Pick<GuardedChange, "dependencies" | "actor" | "seq" | "startOp" | "otherActors">;

function readHead(change: Uint8Array, reader: Reader): Head {
  const hex = (length: number): string => {
    const start = reader.at();
    reader.skip(length);
    return bytesToHex(change.subarray(start, start + length));
  };
  const count = bounded(reader.unsigned(), headLimits.dependencies, "dependencies");
  const dependencies = Array.from({ length: count }, () => hex(32));
  const actor = hex(bounded(reader.unsigned(), headLimits.actor, "bytes of an actor"));
  const seq = reader.unsigned();
  const startOp = reader.unsigned();
  reader.signed();
  reader.skip(bounded(reader.unsigned(), headLimits.message, "bytes of a message"));
  const others = bounded(reader.unsigned(), headLimits.otherActors, "other actors");
  const otherActors = Array.from({ length: others }, () =>
    hex(bounded(reader.unsigned(), headLimits.actor, "bytes of an actor")),
  );
  return { dependencies, actor, seq, startOp, otherActors };
}

type Columns = Pick<GuardedChange, "columns" | "operations" | "rows" | "extra">;

function readColumns(change: Uint8Array, reader: Reader, maximal: number): Result<Columns, ChangeRefusal> {
  const count = bounded(reader.unsigned(), knownColumns.size, "columns");
  const named = Array.from({ length: count }, () => ({ spec: reader.unsigned(), length: reader.unsigned() }));
  const columns: ChangeColumn[] = [];
  let [operations, rows] = [0, 0];
  for (const { spec, length } of named) {
    if (!knownColumns.has(spec)) return refuse(`it has a column ${spec} that is unknown or compressed`);
    const start = reader.at();
    reader.skip(length);
    columns.push({ spec, start, end: start + length });
    const claimed = claimedRows(createReader(change, start, start + length), spec & 7, maximal);
    if (claimed > maximal) return refuse(`it claims ${claimed} operations or more, ${maximal} are allowed`);
    rows = Math.max(rows, claimed);
    if (spec === actionColumn) operations = claimed;
  }
  return ok({ columns, operations, rows, extra: change.length - reader.at() });
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

function refuse(reason: string): Result<never, ChangeRefusal> {
  return err({ kind: "refused-change", reason });
}
