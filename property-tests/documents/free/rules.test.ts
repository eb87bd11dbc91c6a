/** Which changes of a free document count: numbers, owners, contests, void records, allowances. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Automerge } from "@albumen/core/documents/automerge.ts";
import type { CarriedChange } from "@albumen/core/documents/content.ts";
import { verifyFreeChange } from "@albumen/core/documents/free-change.ts";
import { createFreeDocuments } from "@albumen/core/documents/free/free-documents.ts";
import { hexToBytes } from "@albumen/core/primitives/bytes.ts";
import { contentOf } from "../../arbitraries/free-edits.ts";
import { actorOf, applied, carried, devices, document, judge, lastOf, recordAt, withChecksum } from "./library.ts";

type Doc = Automerge.Doc<Record<string, unknown>>;

/** `doc`, continued by `actor` with one change that sets `key`. */
function set(doc: Doc, actor: string, key: string, value: unknown = 1): Doc {
  return Automerge.change(Automerge.clone(doc, { actor }), { time: 0 }, (root) => {
    root[key] = value;
  });
}

/** The greater and the lesser hash of two documents' last changes, as documents. */
function byHash(a: Doc, b: Doc): { readonly lesser: Doc; readonly greater: Doc } {
  const hash = (doc: Doc): string => Automerge.decodeChange(lastOf(doc)).hash;
  return hash(a) < hash(b) ? { lesser: a, greater: b } : { lesser: b, greater: a };
}

const base = set(Automerge.init(), actorOf(0), "base");
const first = carried(lastOf(base), { device: 0, sequence: 1 });
const keys = (changes: readonly CarriedChange[]): readonly string[] =>
  Object.keys(applied<Record<string, unknown>>(judge(changes))).sort();

describe("an actor's changes follow one another", () => {
  const second = set(base, actorOf(0), "second");
  const third = set(second, actorOf(0), "third");

  test("a change waits for what it builds on, and comes when that comes", () => {
    const [b, c] = [carried(lastOf(second), { device: 0, sequence: 2 }), carried(lastOf(third), { device: 0, sequence: 3 })];
    const waiting = judge([first, c]);
    expect(waiting.left).toMatchObject([{ hash: c.hash, waits: true }]);
    expect(keys([c, b, first])).toEqual(["base", "second", "third"]);
  });

  test("one that does not build on its actor's previous change is left out", () => {
    const beside = Automerge.change(Automerge.clone(base, { actor: actorOf(1) }), { time: 0 }, (root) => {
      root["beside"] = 1;
    });
    const again = set(Automerge.init(), actorOf(1), "again");
    const skipping = withSeq(lastOf(set(base, actorOf(1), "skipping")), 2);
    const changes = [
      first,
      carried(lastOf(beside), { device: 1, sequence: 1 }),
      carried(withSeq(lastOf(again), 2), { device: 1, sequence: 2 }),
      carried(skipping, { device: 1, sequence: 3 }),
    ];
    expect(keys(changes)).toEqual(["base", "beside"]);
  });

  test("numbers beyond what Automerge counts with are refused, and those beyond what is held wait", () => {
    const ahead = (startOp: number): Uint8Array => withStartOp(lastOf(set(base, actorOf(1), "ahead")), startOp);
    expect(verifyFreeChange(ahead(2 ** 32 - 1)).ok).toBe(false);
    const skipped = carried(ahead(2 ** 20), { device: 1, sequence: 1 });
    expect(judge([first, skipped])).toMatchObject({ applied: [first], left: [{ hash: skipped.hash, waits: true }] });
    const before = carried(withStartOp(lastOf(set(base, actorOf(1), "before")), 1), { device: 1, sequence: 1 });
    expect(judge([first, before]).left).toMatchObject([{ hash: before.hash, waits: false }]);
  });
});

test("a change refers to nothing outside of its past, also where that is held", () => {
  const made = set(base, actorOf(1), "object", {});
  const object = `${Automerge.decodeChange(lastOf(made)).startOp}@${actorOf(1)}`;
  const other = set(base, actorOf(2), "other");
  const beside = Automerge.decodeChange(lastOf(set(other, actorOf(2), "beside"))) as unknown as { ops: { obj: string }[] };
  Object.assign(beside.ops[0] ?? {}, { obj: object });
  const forged = carried(Automerge.encodeChange(beside as never), { device: 2, sequence: 2 });
  const held = [carried(lastOf(made), { device: 1, sequence: 1 }), carried(lastOf(other), { device: 2, sequence: 1 })];
  const judged = judge([first, ...held, forged]);
  expect(judged.applied).toHaveLength(3);
  expect(judged.left).toMatchObject([{ hash: forged.hash, waits: false }]);
});

describe("a change is its device's own", () => {
  const written = set(base, actorOf(1), "own");
  const asBy = (device: number, sequence: number): CarriedChange => carried(lastOf(written), { device, sequence });

  test("another device cannot write under its actors", () => {
    const forged = carried(lastOf(set(base, actorOf(1, 5), "forged")), { device: 2, sequence: 1 });
    expect(judge([first, forged])).toMatchObject({ applied: [first], left: [{ device: devices[2] }] });
  });

  test("another may bring along what its device wrote in another document, as the clone of a document does", () => {
    const clone = carried(lastOf(written), { device: 2, sequence: 1 });
    expect(keys([first, clone])).toEqual(["base"]);
    const elsewhere = carried(lastOf(written), { device: 1, sequence: 1, elsewhere: true });
    expect(keys([first, clone, elsewhere])).toEqual(["base", "own"]);
    const free = createFreeDocuments();
    const changes = [first, clone];
    const members = devices.map((device) => ({ device }));
    free.update({ changes, members, isVoid: () => false });
    expect(free.document(document).applied).toHaveLength(1);
    changes.push(elsewhere);
    expect(free.update({ changes, members, isVoid: () => false })).toContain(document);
    expect(free.document(document).applied).toHaveLength(2);
  });

  test("the actors that Automerge derives from its own are its own too", () => {
    const beside = Automerge.changeAt(set(base, actorOf(1), "more"), Automerge.getHeads(base), {}, (root) => {
      root["beside"] = 1;
    }).newDoc;
    const [, after, change] = Automerge.getAllChanges(beside);
    if (after === undefined || change === undefined) throw new Error("there are fewer changes");
    expect(Automerge.decodeChange(change).actor).toBe(`13b2230901${actorOf(1)}`);
    const more = carried(after, { device: 1, sequence: 1 });
    expect(keys([first, more, carried(change, { device: 1, sequence: 2 })])).toEqual(["base", "beside", "more"]);
    expect(keys([first, more, carried(change, { device: 2, sequence: 1 })])).toEqual(["base", "more"]);
  });

  test("what several bring counts once", () => {
    expect(judge([first, asBy(1, 1), asBy(2, 1), asBy(1, 2)]).applied).toHaveLength(2);
  });
});

describe("where two changes claim one actor and number", () => {
  // Device 2 shows one change to device 1, which builds on it, and afterwards another one.
  const { lesser, greater } = byHash(set(base, actorOf(2), "one"), set(base, actorOf(2), "other"));
  const shown = carried(lastOf(greater), { device: 2, sequence: 1 });
  const ground = carried(lastOf(lesser), { device: 2, sequence: 1 });
  const built = set(greater, actorOf(1), "built");
  const work = carried(lastOf(built), { device: 1, sequence: 1 });

  test("the lesser hash counts where nobody built on either", () => {
    expect(judge([first, shown, ground]).applied).toEqual([first, ground]);
  });

  test("the one that stands earlier in its chain counts, whatever the hashes", () => {
    const later = carried(lastOf(lesser), { device: 2, sequence: 2 });
    expect(judge([first, later, shown]).applied).toEqual([first, shown]);
  });

  test("another device's work is not displaced by a change that was ground to a lesser hash", () => {
    expect(judge([first, ground, shown, work]).applied).toEqual([first, shown, work]);
  });

  test("where others built on both, the more senior keeps what it built on", () => {
    const other = carried(lastOf(set(lesser, actorOf(0, 3), "senior")), { device: 0, sequence: 2 });
    const judged = judge([first, ground, shown, work, other]);
    expect(judged.applied).toEqual([first, ground, other]);
    expect(judged.left.map(({ hash }) => hash).sort()).toEqual([shown.hash, work.hash].sort());
  });

  test("nobody backs itself, however senior", () => {
    const pair = byHash(set(base, actorOf(0, 7), "one"), set(base, actorOf(0, 7), "other"));
    const seen = carried(lastOf(pair.greater), { device: 0, sequence: 2 });
    const later = carried(lastOf(pair.lesser), { device: 0, sequence: 2 });
    const self = carried(lastOf(set(pair.lesser, actorOf(0, 8), "self")), { device: 0, sequence: 3 });
    const junior = carried(lastOf(set(pair.greater, actorOf(3), "junior")), { device: 3, sequence: 1 });
    expect(judge([first, later, self, seen, junior]).applied).toEqual([first, seen, junior]);
  });

  test("a void record backs nothing, also where it stays because of what is built on it", () => {
    const senior = set(lesser, actorOf(0, 3), "senior");
    const gone = carried(lastOf(senior), { device: 0, sequence: 2 });
    const junior = carried(lastOf(set(senior, actorOf(3), "junior")), { device: 3, sequence: 1 });
    const isVoid = (record: string): boolean => record === recordAt(0, 2);
    expect(judge([first, ground, shown, work, gone, junior], isVoid).applied).toEqual([first, shown, work]);
    expect(judge([first, ground, shown, work, gone, junior]).applied).toEqual([first, ground, gone, junior]);
  });

  test("of an actor of no device, nobody displaces what somebody senior to it brought", () => {
    const actor = "abcdef".repeat(6);
    const { lesser: claim, greater: begun } = byHash(
      set(Automerge.init(), actor, "begun"),
      set(Automerge.init(), actor, "claimed"),
    );
    const seed = carried(lastOf(begun), { device: 1, sequence: 1 });
    const squat = carried(lastOf(claim), { device: 2, sequence: 1 });
    const squatNext = carried(lastOf(set(claim, actor, "more")), { device: 2, sequence: 1 });
    expect(judge([squat, squatNext, seed]).applied).toEqual([seed]);
    // A senior that had built on the other one would keep it.
    const senior = carried(lastOf(set(claim, actorOf(0), "senior")), { device: 0, sequence: 1 });
    expect(judge([squat, seed, senior]).applied).toEqual([squat, senior]);
  });

  test("the outcome is the same in every order, and by any steps", () => {
    const self = carried(lastOf(set(lesser, actorOf(2, 3), "self")), { device: 2, sequence: 2 });
    const all = [
      first,
      ground,
      shown,
      work,
      self,
      carried(lastOf(set(built, actorOf(0, 4), "more")), { device: 0, sequence: 2 }),
    ];
    const hashes = (changes: readonly CarriedChange[]): readonly string[] =>
      judge(changes)
        .applied.map(({ hash }) => hash)
        .sort();
    const expected = hashes(all);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        expect(hashes(order)).toEqual(expected);
        const free = createFreeDocuments();
        const grown: CarriedChange[] = [];
        for (const change of order) {
          grown.push(change);
          free.update({ changes: grown, members: devices.map((device) => ({ device })), isVoid: () => false });
          free.document(document);
        }
        expect(
          free
            .document(document)
            .applied.map(({ hash }) => hash)
            .sort(),
        ).toEqual(expected);
      }),
      { seed: 5, numRuns: 60 },
    );
  });
});

describe("a change of a void record", () => {
  const late = set(base, actorOf(2), "late");
  const later = set(late, actorOf(2), "later");
  const void1 = carried(lastOf(late), { device: 2, sequence: 1 });
  const void2 = carried(lastOf(later), { device: 2, sequence: 2 });
  const isVoid = (record: string): boolean => record === recordAt(2, 1) || record === recordAt(2, 2);

  test("is not applied, and is named", () => {
    const judged = judge([first, void1, void2], isVoid);
    expect(judged.applied).toEqual([first]);
    expect(judged.left).toMatchObject([{ waits: false }, { waits: false }]);
  });

  test("stays where a member has built on it, however far back, and is named", () => {
    const built = carried(lastOf(set(later, actorOf(1), "built")), { device: 1, sequence: 1 });
    const judged = judge([first, void1, void2, built], isVoid);
    expect(judged.applied).toEqual([first, void1, void2, built]);
    expect(judged.kept.map(({ hash }) => hash)).toEqual([void1.hash, void2.hash].sort());
    expect(judged.left).toEqual([]);
  });

  test("does not stay for what another void record builds on it", () => {
    const built = carried(lastOf(set(late, actorOf(3), "built")), { device: 3, sequence: 1 });
    expect(judge([first, void1, built], () => true).applied).toEqual([]);
  });
});

describe("a device may bring a million operations and two per byte held", () => {
  test("what is beyond waits, of that device only", () => {
    const flood = Array.from({ length: 8 }, (_, at) =>
      carried(listOfNulls(actorOf(2, at), 250_000), { device: 2, sequence: at + 1, elsewhere: true }),
    );
    expect(flood[0]?.operations).toBeGreaterThan(240_000);
    expect(flood[0]?.bytes.length).toBeLessThan(300);
    const mine = carried(lastOf(set(base, actorOf(2, 50), "mine")), { device: 2, sequence: 50 });
    const yours = carried(lastOf(set(base, actorOf(1), "yours")), { device: 1, sequence: 1 });
    const judged = judge([first, ...flood, mine, yours]);
    expect(judged.applied).toEqual([first, yours]);
    expect(judged.left).toMatchObject([{ hash: mine.hash, waits: true }]);
    expect(judge([first, ...flood.slice(0, 3), mine, yours]).applied).toHaveLength(3);
  });
});

test("a list of nulls that is written by hand is what Automerge writes", () => {
  const list = Automerge.change(Automerge.init<Record<string, unknown>>({ actor: actorOf(1) }), { time: 0 }, (root) => {
    root["k"] = new Array(100).fill(null);
  });
  expect(listOfNulls(actorOf(1), 100)).toEqual(lastOf(list));
});

test("an empty document and one whose first change is empty count", () => {
  const empty = Automerge.emptyChange(Automerge.init<unknown>({ actor: actorOf(1) }));
  const judged = judge([carried(lastOf(empty), { device: 1, sequence: 1 })]);
  expect(judged.applied).toHaveLength(1);
  expect(contentOf(applied(judged))).toBe("{}");
  expect(judge([]).applied).toEqual([]);
});

/** The change with another seq: one byte at a fixed place where there is one dependency, or none. */
function withSeq(change: Uint8Array, seq: number): Uint8Array {
  const forged = change.slice();
  forged[headAt(change)] = seq;
  return withChecksum(forged);
}

/** The change with another number of its first operation. */
function withStartOp(change: Uint8Array, startOp: number): Uint8Array {
  const at = headAt(change) + 1;
  return withLength(change, [...change.subarray(10, at), ...leb(startOp, 128), ...change.subarray(at + 1)]);
}

/** Where the seq stands, in a change of less than 128 bytes. */
function headAt(change: Uint8Array): number {
  const dependencies = change[10] ?? 0;
  const actor = 11 + 32 * dependencies;
  return actor + 1 + (change[actor] ?? 0);
}

function withLength(change: Uint8Array, body: readonly number[]): Uint8Array {
  return withChecksum(Uint8Array.from([...change.subarray(0, 9), body.length, ...body]));
}

/** A first change that makes a list of `count` nulls: its columns are runs, so it is no longer for a million. */
function listOfNulls(actor: string, count: number): Uint8Array {
  const columns: readonly (readonly [number, readonly number[]])[] = [
    [0x01, [0, 1, ...leb(count, 64), 0]],
    [0x02, [0, 1, ...leb(count, 64), 1]],
    [0x11, [0, 2, ...leb(count - 1, 64), 0]],
    [0x13, [0, 1, 0x7e, 0, 2, ...leb(count - 2, 64), 1]],
    [0x15, [0x7f, 1, 0x6b, 0, ...leb(count, 128)]],
    [0x34, [1, ...leb(count, 128)]],
    [0x42, [0x7f, 2, ...leb(count, 64), 1]],
    [0x56, [...leb(count + 1, 64), 0]],
    [0x70, [...leb(count + 1, 64), 0]],
  ];
  const head = [0, actor.length / 2, ...(hexToBytes(actor) ?? []), 1, 1, 0, 0, 0, columns.length];
  const body = [...head, ...columns.flatMap(([spec, data]) => [spec, data.length]), ...columns.flatMap(([, data]) => data)];
  return withChecksum(Uint8Array.from([0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 1, body.length, ...body]));
}

/** LEB128; signed where the last byte may hold up to `limit` = 64, unsigned where up to 128. */
function leb(value: number, limit: number): readonly number[] {
  return value < limit ? [value] : [(value % 128) + 128, ...leb(Math.floor(value / 128), limit)];
}
