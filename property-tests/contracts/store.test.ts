/** Every adapter of the store port keeps the port's promises. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import fc from "fast-check";
import { type Store, storeTables, type StoreTable, type StoreWrite } from "@albumen/core/ports/store.ts";
import { compareText } from "@albumen/core/primitives/bytes.ts";
import { storeAdapters, type StorePlace } from "./store-adapters.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);
const put = (key: string, value: Uint8Array, table: StoreTable = "records"): StoreWrite => ({ table, key, value });
const remove = (key: string, table: StoreTable = "records"): StoreWrite => ({ table, key, value: null });

describe.each(storeAdapters)("store: $name", ({ createPlace }) => {
  let place: StorePlace;
  let store: Store;
  beforeEach(() => {
    place = createPlace();
    store = place.open();
  });
  afterEach(async () => {
    await store.close();
    place.remove();
  });

  test("what was written is read", async () => {
    expect(await store.write([put("a", bytes(1, 2))])).toEqual({ ok: true, value: null });
    expect(await store.get("records", "a")).toEqual(bytes(1, 2));
  });

  test("what was never written is null", async () => {
    expect(await store.get("records", "a")).toBeNull();
  });

  test("no bytes at all are a value", async () => {
    await store.write([put("a", bytes())]);
    expect(await store.get("records", "a")).toEqual(bytes());
  });

  test("tables are apart", async () => {
    await store.write(storeTables.map((table, at) => put("a", bytes(at), table)));
    for (const [at, table] of storeTables.entries()) expect(await store.get(table, "a")).toEqual(bytes(at));
  });

  test("null deletes, also what is not there", async () => {
    await store.write([put("a", bytes(1))]);
    await store.write([remove("a"), remove("b")]);
    expect(await store.keys("records")).toEqual([]);
  });

  test("within one transaction the last write of a key holds", async () => {
    await store.write([put("a", bytes(1)), put("b", bytes(2)), put("a", bytes(3)), remove("b")]);
    expect(await store.entries("records")).toEqual([["a", bytes(3)]]);
  });

  test("keys are in order of UTF-16 code units, not of code points or of letters", async () => {
    const keys = ["", "B", "a", "b", "é", "ﬁ", "😀"];
    await store.write(keys.toReversed().map((key) => put(key, bytes(1))));
    expect(await store.keys("records")).toEqual(keys.toSorted(compareText));
    expect((await store.entries("records")).map(([key]) => key)).toEqual(keys.toSorted(compareText));
  });

  test("a part of a table: after a key, in order, so many and no more", async () => {
    await store.write([5, 3, 1, 4, 2].map((value) => put(`0${value}`, bytes(value))));
    const part = async (after: string, limit: number) => (await store.entries("records", { after, limit })).map(([key]) => key);
    expect(await store.entries("records", { after: "01", limit: 2 })).toEqual([
      ["02", bytes(2)],
      ["03", bytes(3)],
    ]);
    expect(await part("", 9)).toEqual(["01", "02", "03", "04", "05"]);
    expect(await part("025", 1)).toEqual(["03"]);
    expect(await part("05", 9)).toEqual([]);
  });

  test("a later change of the written or the read array changes nothing", async () => {
    const value = bytes(1, 2);
    const written = store.write([put("a", value)]);
    await written;
    value[0] = 9;
    (await store.get("records", "a"))?.fill(8);
    expect(await store.get("records", "a")).toEqual(bytes(1, 2));
  });

  test("a view of a larger buffer is stored as its own bytes", async () => {
    await store.write([put("a", bytes(1, 2, 3, 4).subarray(1, 3))]);
    expect(await store.get("records", "a")).toEqual(bytes(2, 3));
  });

  test("writes that are not awaited happen in their order", async () => {
    await Promise.all([1, 2, 3, 4, 5].map((value) => store.write([put("a", bytes(value))])));
    expect(await store.get("records", "a")).toEqual(bytes(5));
  });

  test("a transaction of nothing succeeds", async () => {
    expect(await store.write([])).toEqual({ ok: true, value: null });
  });

  test("a megabyte comes back as it was", async () => {
    const value = new Uint8Array(1 << 20).map((_, at) => at % 253);
    await store.write([put("a", value, "thumbnails")]);
    expect(await store.get("thumbnails", "a")).toEqual(value);
  });

  test("what was written is there after opening again", async () => {
    await store.write([put("a", bytes(1)), put("b", bytes(2), "meta")]);
    await store.close();
    store = place.open();
    expect(await store.entries("records")).toEqual([["a", bytes(1)]]);
    expect(await store.get("meta", "b")).toEqual(bytes(2));
  });

  test("any sequence of transactions gives what a map gives", async () => {
    const write = fc.record({
      table: fc.constantFrom<StoreTable>("meta", "outbox"),
      key: fc.constantFrom("a", "b", "c", "Z", "é"),
      value: fc.option(fc.uint8Array({ maxLength: 4 })),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(write, { maxLength: 5 }), { maxLength: 8 }), async (transactions) => {
        const model = new Map<string, Uint8Array>();
        await store.write(await clearing(store, ["meta", "outbox"]));
        for (const transaction of transactions) {
          await store.write(transaction);
          for (const { table, key, value } of transaction) {
            if (value === null) model.delete(`${table} ${key}`);
            else model.set(`${table} ${key}`, value);
          }
        }
        expect(await contents(store, ["meta", "outbox"])).toEqual([...model].sort(([a], [b]) => compareText(a, b)));
      }),
      { numRuns: 40 },
    );
  });
});

async function clearing(store: Store, tables: readonly StoreTable[]): Promise<StoreWrite[]> {
  const keys = await Promise.all(tables.map(async (table) => (await store.keys(table)).map((key) => remove(key, table))));
  return keys.flat();
}

async function contents(store: Store, tables: readonly StoreTable[]): Promise<(readonly [string, Uint8Array])[]> {
  const entries = await Promise.all(
    tables.map(async (table) => (await store.entries(table)).map(([key, value]) => [`${table} ${key}`, value] as const)),
  );
  return entries.flat();
}
