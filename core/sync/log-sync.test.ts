import { describe, expect, test } from "vitest";
import type { RecordHash } from "../ids/ids.ts";
import type { Cursor, Page } from "../wire/page.ts";
import type { AppendOutcome } from "../wire/relay-api.ts";
import { continuesCursor, startLogSync, stepLogSync, type LogSyncState } from "./log-sync.ts";

const store = new Uint8Array(16).fill(1);
const running = (value: number): Uint8Array => new Uint8Array(32).fill(value);
const cursor = (sequence: number, value = sequence): Cursor => ({ store, sequence, running: running(value) });
const record = (value: number): Uint8Array => new Uint8Array(4).fill(value);
const page = (at: Cursor, last: number, ...records: readonly Uint8Array[]): Page => ({ cursor: at, last, records });
const hash = (name: string): RecordHash => name as RecordHash;
const outcome = (kind: AppendOutcome["outcome"], reason: string | null = null): AppendOutcome => ({
  outcome: kind,
  sequence: 1,
  reason,
});
const pulling: LogSyncState = { cursor: cursor(2), phase: "pull", fromStart: false };

describe("a round", () => {
  test("begins with pushing where something waits, else with reading from the cursor", () => {
    expect(startLogSync(cursor(2), 1)).toEqual({
      state: { cursor: cursor(2), phase: "push", fromStart: false },
      effects: [{ kind: "push" }],
    });
    expect(startLogSync(cursor(2), 0).effects).toEqual([{ kind: "read", after: 2 }]);
    expect(startLogSync(null, 0)).toEqual({
      state: { cursor: null, phase: "pull", fromStart: true },
      effects: [{ kind: "read", after: 0 }],
    });
  });

  test("pushes all that was not tried, whatever becomes of each, and then reads", () => {
    const { state } = startLogSync(cursor(2), 3);
    const first = stepLogSync(state, {
      kind: "pushed",
      records: [hash("a"), hash("b")],
      outcomes: [outcome("refused", "no"), outcome("forked")],
      left: 1,
    });
    expect(first.effects).toEqual([
      { kind: "refused", record: "a", reason: "no" },
      { kind: "taken", records: ["b"] },
      { kind: "push" },
    ]);
    const second = stepLogSync(first.state, { kind: "pushed", records: [hash("c")], outcomes: [], left: 0 });
    expect(second.effects).toEqual([
      { kind: "refused", record: "c", reason: "the relay gave no outcome for it" },
      { kind: "read", after: 2 },
    ]);
    expect(second.state.phase).toBe("pull");
  });

  test("reads page after page, stores each with its cursor, and is done at the log's end", () => {
    const first = stepLogSync(pulling, { kind: "page", page: page(cursor(3), 4, record(3)), running: running(3) });
    expect(first.effects).toEqual([
      { kind: "accept", records: [record(3)], cursor: cursor(3) },
      { kind: "read", after: 3 },
    ]);
    const second = stepLogSync(first.state, { kind: "page", page: page(cursor(4), 4, record(4)), running: running(4) });
    expect(second.effects).toEqual([{ kind: "accept", records: [record(4)], cursor: cursor(4) }]);
    expect(second.state).toEqual({ cursor: cursor(4), phase: "done", fromStart: false });
  });

  test("a relay that hides the rest ends the round and is named", () => {
    const step = stepLogSync(pulling, { kind: "page", page: page(cursor(2), 9), running: running(2) });
    expect(step.effects).toEqual([
      { kind: "accept", records: [], cursor: cursor(2) },
      { kind: "stalled", hidden: 7 },
    ]);
    expect(step.state.phase).toBe("done");
  });

  test("after reading from the beginning it brings what the relay lacked, and reads that too", () => {
    const { state } = startLogSync(null, 0);
    const read = stepLogSync(state, { kind: "page", page: page(cursor(1), 1, record(1)), running: running(1) });
    expect(read.effects.slice(1)).toEqual([{ kind: "queueMissing" }, { kind: "push" }]);
    const nothing = stepLogSync(read.state, { kind: "pushed", records: [], outcomes: [], left: 0 });
    expect(nothing).toEqual({ state: { cursor: cursor(1), phase: "done", fromStart: true }, effects: [] });
    const some = stepLogSync(read.state, { kind: "pushed", records: [hash("a")], outcomes: [outcome("stored")], left: 0 });
    expect(some.effects).toEqual([
      { kind: "taken", records: ["a"] },
      { kind: "read", after: 1 },
    ]);
    const shown = stepLogSync(some.state, { kind: "page", page: page(cursor(2), 2, record(2)), running: running(2) });
    expect(shown.state.phase).toBe("done");
  });

  test.each([
    ["another store", page({ ...cursor(3), store: new Uint8Array(16) }, 3, record(3)), 3],
    ["a shorter log", page(cursor(1), 1), 2],
    ["a log that skips", page(cursor(4), 4, record(4)), 4],
    ["another history", page(cursor(3, 9), 3, record(3)), 3],
  ])("%s contradicts the cursor: it starts over", (_, shown, computed) => {
    const step = stepLogSync(pulling, { kind: "page", page: shown, running: running(computed) });
    expect(step).toEqual({
      state: { cursor: null, phase: "pull", fromStart: true },
      effects: [
        { kind: "contradiction", known: cursor(2), shown: shown.cursor },
        { kind: "read", after: 0 },
      ],
    });
  });

  test("a first page that does not fit itself is not taken, and does not start over for ever", () => {
    const { state } = startLogSync(null, 0);
    for (const shown of [page(cursor(2), 2, record(1)), page(cursor(1, 7), 1, record(1))]) {
      const step = stepLogSync(state, { kind: "page", page: shown, running: running(1) });
      expect([step.state.phase, step.effects]).toEqual(["done", [{ kind: "inconsistent" }]]);
    }
  });

  test("an empty log is the beginning again: its store may be another one tomorrow", () => {
    const { state } = startLogSync(null, 0);
    const empty = page({ store, sequence: 0, running: new Uint8Array(32) }, 0);
    const step = stepLogSync(state, { kind: "page", page: empty, running: new Uint8Array(32) });
    expect(step.effects[0]).toEqual({ kind: "accept", records: [], cursor: null });
    expect(step.state.cursor).toBeNull();
  });
});

test("a page continues a cursor by store, sequence and running hash, and the beginning by sequence and running hash", () => {
  const next = page(cursor(3), 3, record(3));
  expect(continuesCursor(cursor(2), next, running(3))).toBe(true);
  expect(continuesCursor(cursor(2), next, running(4))).toBe(false);
  expect(continuesCursor(cursor(1), next, running(3))).toBe(false);
  expect(continuesCursor(null, page(cursor(1), 1, record(1)), running(1))).toBe(true);
  expect(continuesCursor(null, next, running(3))).toBe(false);
});
