/**
 * Run-length encoded columns as Automerge writes them (automerge.org/automerge-binary-format-spec §5): a run of one value is its
 * length (signed LEB128, > 1) and the value; different values in a row are minus their number and the values; a run of nulls is
 * 0 and its length. A column of booleans is the lengths of its runs, false first. Read is only the one form that Automerge
 * gives a column: runs as long as they can be.
 */
import { MalformedChange, type Reader } from "../change-reader.ts";

/** The values of a column, each read by `readValue`. @throws MalformedChange where it is not in Automerge's form. */
export function readRuns<T extends string | number>(reader: Reader, readValue: () => T): readonly (T | null)[] {
  const values: (T | null)[] = [];
  let kind: "none" | "values" | "run" | "nulls" = "none";
  const push = (value: T | null, times: number): void => {
    if (times < 1 || (values.length > 0 && values[values.length - 1] === value)) throw notCanonical();
    for (let left = times; left > 0; left--) values.push(value);
  };
  while (!reader.done()) {
    const run = reader.signed();
    if (run === 0) {
      push(null, reader.unsigned());
      kind = "nulls";
    } else if (run > 0) {
      push(readValue(), run === 1 ? 0 : run);
      kind = "run";
    } else {
      if (kind === "values") throw notCanonical();
      for (let left = -run; left > 0; left--) push(readValue(), 1);
      kind = "values";
    }
  }
  if (values.every((value) => value === null)) throw notCanonical();
  return values;
}

/** The booleans of a column. @throws MalformedChange where it is not in Automerge's form. */
export function readBooleans(reader: Reader): readonly boolean[] {
  const values: boolean[] = [];
  for (let value = false; !reader.done(); value = !value) {
    const length = reader.unsigned();
    if (length === 0 && (value || values.length > 0 || reader.done())) throw notCanonical();
    for (let left = length; left > 0; left--) values.push(value);
  }
  return values;
}

function notCanonical(): MalformedChange {
  return new MalformedChange("a column of it is not in the form that Automerge gives it");
}
