/**
 * Canonical changes. Automerge applies a change however its columns are written, but writes them its own way when it saves the
 * document; a change that was written otherwise then has another hash, and the saved document does not load again. So a change
 * counts only in the form that Automerge gives it: dependencies and actors sorted, no actor named that no operation refers to,
 * columns in the order of their numbers and none of them empty, each with a row per operation, numbers in their shortest form,
 * runs as long as they can be, and nothing said of an operation that does not use it.
 */
import { err, ok, type Result } from "../../primitives/result.ts";
import { utf8ToText } from "../../primitives/bytes.ts";
import type { ChangeRefusal, GuardedChange } from "../change-guard.ts";
import { createReader, MalformedChange, type Reader } from "../change-reader.ts";
import { readBooleans, readRuns } from "./run-lengths.ts";
import { checkValues } from "./value-column.ts";

/** Columns by number; the last three bits are the type. */
const columns = {
  objectActor: 0x01,
  keyActor: 0x11,
  insert: 0x34,
  action: 0x42,
  valueMetadata: 0x56,
  value: 0x57,
  predecessors: 0x70,
  predecessorActor: 0x71,
  predecessorCounter: 0x73,
  expand: 0x94,
  markName: 0xa5,
} as const;

/** Codes of actions that are not objects made. */
const actions = { set: 1, increment: 5, mark: 7 } as const;

/** Value metadata of no value, and of an integer whatever its length. */
const [noValue, integer] = [0, 4];

type ColumnValues = readonly (string | number | boolean | null)[];

/** Whether `bytes`, of which `guarded` was read, are in the form that Automerge gives a change. */
export function checkCanonical(bytes: Uint8Array, guarded: GuardedChange): Result<null, ChangeRefusal> {
  try {
    checkHead(guarded);
    const read = new Map(guarded.columns.map(({ spec, start, end }) => [spec, readColumn(bytes, spec, start, end)]));
    checkRows(guarded, read);
    checkActors(guarded, read);
    checkUse(read);
    const value = guarded.columns.find(({ spec }) => spec === columns.value);
    const raw = value === undefined ? new Uint8Array(0) : bytes.subarray(value.start, value.end);
    checkValues(raw, numbersOf(read.get(columns.valueMetadata)));
    return ok(null);
  } catch (cause) {
    if (cause instanceof MalformedChange) return err({ kind: "refused-change", reason: cause.message });
    throw cause;
  }
}

function checkHead({ dependencies, otherActors, actor, columns: own }: GuardedChange): void {
  if (!isAscending(dependencies)) throw new MalformedChange("its dependencies are out of order");
  if (!isAscending(otherActors) || otherActors.includes(actor)) throw new MalformedChange("its actors are out of order");
  if (!isAscending(own.map(({ spec }) => spec)) || own.some(({ start, end }) => start === end)) {
    throw new MalformedChange("its columns are out of order, or empty");
  }
}

/** The values of a column; of raw bytes none. */
function readColumn(bytes: Uint8Array, spec: number, start: number, end: number): ColumnValues {
  const reader = createReader(bytes, start, end);
  switch (spec & 7) {
    case 4: {
      const values = readBooleans(reader);
      if (spec === columns.expand && !values.includes(true)) throw new MalformedChange("a column of it says nothing");
      return values;
    }
    case 5:
      return readRuns(reader, () => readText(bytes, reader));
    case 3:
      return readRuns(reader, reader.signed);
    case 7:
      return [];
    default:
      return readRuns(reader, reader.unsigned);
  }
}

function readText(bytes: Uint8Array, reader: Reader): string {
  const length = reader.unsigned();
  const start = reader.at();
  reader.skip(length);
  const text = utf8ToText(bytes.subarray(start, start + length));
  if (text === null) throw new MalformedChange("a text of it is not UTF-8");
  return text;
}

/** A row per operation in each column, a row per predecessor in theirs. */
function checkRows({ operations }: GuardedChange, read: ReadonlyMap<number, ColumnValues>): void {
  const predecessors = numbersOf(read.get(columns.predecessors)).reduce<number>((sum, count) => sum + (count ?? 0), 0);
  for (const [spec, values] of read) {
    if (spec === columns.value) continue;
    const grouped = spec === columns.predecessorActor || spec === columns.predecessorCounter;
    if (values.length !== (grouped ? predecessors : operations)) throw new MalformedChange("its columns differ in length");
  }
  const always = [columns.insert, columns.action, columns.valueMetadata, columns.predecessors];
  if (operations > 0 ? always.some((spec) => !read.has(spec)) : read.size > 0) {
    throw new MalformedChange("a column of it is missing");
  }
}

/** Operations refer to actors by number: 0 its own, then the others in order. */
function checkActors({ otherActors }: GuardedChange, read: ReadonlyMap<number, ColumnValues>): void {
  const named = new Set<number>();
  for (const spec of [columns.objectActor, columns.keyActor, columns.predecessorActor]) {
    for (const actor of numbersOf(read.get(spec))) if (actor !== null && actor > 0) named.add(actor);
  }
  if (named.size !== otherActors.length || Math.max(0, ...named) > otherActors.length) {
    throw new MalformedChange("it names other actors than its operations refer to");
  }
}

/** Only what sets has any value, an increment an integer; only a mark expands, and its beginning has a name and a value. */
function checkUse(read: ReadonlyMap<number, ColumnValues>): void {
  const [values, names, expands] = [columns.valueMetadata, columns.markName, columns.expand].map((spec) => read.get(spec) ?? []);
  for (const [at, action] of (read.get(columns.action) ?? []).entries()) {
    const value = (values?.[at] ?? noValue) as number;
    const named = (names?.[at] ?? null) !== null;
    const isUsed =
      action === actions.set ||
      (action === actions.increment ? value % 16 === integer : value === noValue || (named && action === actions.mark));
    if (!isUsed || (action !== actions.mark && (named || expands?.[at] === true))) {
      throw new MalformedChange("an operation of it has what it does not use");
    }
  }
}

function numbersOf(values: ColumnValues | undefined): readonly (number | null)[] {
  return (values ?? []) as readonly (number | null)[];
}

function isAscending(values: readonly (string | number)[]): boolean {
  return values.every((value, at) => at === 0 || (values[at - 1] ?? value) < value);
}
