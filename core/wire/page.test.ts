import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodePage, encodeRecords, pageLimits, parsePage, parseRecords, type Page } from "./page.ts";
import { recordLimits } from "./record.ts";

const record = fc.uint8Array({ minLength: 1, maxLength: 40 });

/** The upload form written down a second time. */
function laidOut(records: readonly Uint8Array[]): Uint8Array {
  const parts = records.map((one) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(one.length);
    return Buffer.concat([length, one]);
  });
  return Uint8Array.from(Buffer.concat(parts));
}
function page(records: readonly Uint8Array[], last = 9): Page {
  return { cursor: { store: new Uint8Array(16).fill(1), sequence: 7, running: new Uint8Array(32).fill(2) }, last, records };
}

describe("records of an upload", () => {
  test("are each preceded by their length, and read back as views of the page", () => {
    fc.assert(
      fc.property(fc.array(record), (records) => {
        const bytes = encodeRecords(records);
        expect(bytes).toEqual(laidOut(records));
        const parsed = parseRecords(bytes);
        expect(parsed).toEqual({ ok: true, value: records });
        if (parsed.ok) for (const one of parsed.value) expect(one.buffer).toBe(bytes.buffer);
      }),
    );
  });

  test("are refused where one is cut short, empty or too long, and the place is named", () => {
    const [first, second] = [new Uint8Array(5).fill(1), new Uint8Array(6).fill(2)];
    const bytes = laidOut([first, second]);
    const refusal = (at: number): unknown => ({
      ok: false,
      error: { kind: "malformed-page", reason: `the record at byte ${at} does not fit` },
    });
    // After the first record; in the second's length; in the second.
    for (let end = 10; end < bytes.length; end++) expect(parseRecords(bytes.subarray(0, end))).toEqual(refusal(9));
    for (let end = 1; end < 9; end++) expect(parseRecords(bytes.subarray(0, end))).toEqual(refusal(0));
    expect(parseRecords(laidOut([first, new Uint8Array(0)]))).toEqual(refusal(9));
    expect(parseRecords(laidOut([new Uint8Array(recordLimits.maximum + 1)]))).toEqual(refusal(0));
    expect(parseRecords(laidOut([new Uint8Array(recordLimits.maximum)])).ok).toBe(true);
  });

  test("are at most 2,000", () => {
    const many = (count: number): Uint8Array => laidOut(Array.from({ length: count }, () => new Uint8Array(1)));
    const full = parseRecords(many(pageLimits.records));
    expect(full.ok && full.value.length).toBe(2000);
    expect(parseRecords(many(2001))).toEqual({
      ok: false,
      error: { kind: "malformed-page", reason: "it holds more than 2000 records" },
    });
  });
});

describe("a page of a download", () => {
  test("has store, sequence, running hash and the log's last sequence before its records", () => {
    const records = [new Uint8Array(3).fill(9)];
    const bytes = encodePage(page(records, 2 ** 40));
    const head = Buffer.alloc(64);
    head.fill(1, 0, 16);
    head.writeBigUInt64BE(7n, 16);
    head.fill(2, 24, 56);
    head.writeBigUInt64BE(2n ** 40n, 56);
    expect(bytes).toEqual(Uint8Array.from([...head, ...laidOut(records)]));
    expect(parsePage(bytes)).toEqual({ ok: true, value: page(records, 2 ** 40) });
  });

  test("may be empty", () => {
    expect(parsePage(encodePage(page([])))).toEqual({ ok: true, value: page([]) });
  });

  test("keeps its cursor apart from the bytes it came in, for a cursor outlives its page", () => {
    const bytes = encodePage(page([]));
    const parsed = parsePage(bytes);
    bytes.fill(0xff);
    expect(parsed).toEqual({ ok: true, value: page([]) });
  });

  test("is refused where its head is cut, a number is beyond 2^53, or a record is damaged", () => {
    const bytes = encodePage(page([new Uint8Array(3)]));
    const damaged = { ok: false, error: { kind: "malformed-page", reason: "its head is damaged" } };
    for (let end = 0; end < pageLimits.head; end++) expect(parsePage(bytes.subarray(0, end))).toEqual(damaged);
    for (const at of [16, 56]) expect(parsePage(bytes.map((byte, index) => (index === at ? 0xff : byte)))).toEqual(damaged);
    expect(parsePage(bytes.subarray(0, -1))).toEqual({
      ok: false,
      error: { kind: "malformed-page", reason: "the record at byte 0 does not fit" },
    });
  });
});
