import { expect, test } from "vitest";
import type { DeviceId, EpochId, RecordHash } from "../ids/ids.ts";
import { decodeCbor, encodeCbor, type CborValue } from "../primitives/cbor.ts";
import { encodeStatement, parseStatement } from "./statement-codec.ts";
import { epochOfStatement, type EpochPart, type Statement } from "./statement.ts";

const id = (letter: string): string => letter.repeat(64);
const phone = id("b") as DeviceId;
const box = { device: phone, box: new Uint8Array(112) };
const epoch: EpochPart = { parents: [id("1") as EpochId], commitment: new Uint8Array(32).fill(3), boxes: [box] };
const point = { sequence: 4, hash: id("3") as RecordHash };

const statements: readonly Statement[] = [
  {
    kind: "create",
    seal: new Uint8Array(32).fill(9),
    words: id("f") as DeviceId,
    wordsSeal: new Uint8Array(32).fill(8),
    wordsSignature: new Uint8Array(64).fill(2),
    secretCommitment: new Uint8Array(32).fill(4),
    secrets: [box],
    epoch,
  },
  {
    kind: "add",
    device: phone,
    seal: new Uint8Array(32).fill(9),
    words: false,
    parents: [id("2") as RecordHash],
    countersignature: new Uint8Array(64),
    secrets: [box],
    epoch,
  },
  { kind: "remove", removed: [{ device: phone, cutoff: [point] }], epoch },
  { kind: "rotate", epoch },
  { kind: "seal", of: id("4") as EpochId, device: phone, box: new Uint8Array(112) },
  { kind: "seal", of: null, device: phone, box: new Uint8Array(112) },
  { kind: "ask", epochs: [id("5") as EpochId], secret: true, failed: [id("6") as RecordHash] },
  { kind: "keep", device: phone, ...point },
];

/** The map that a statement is written as. */
function mapOf(statement: Statement): Record<string, CborValue> {
  const decoded = decodeCbor(encodeStatement(statement));
  if (!decoded.ok) throw new Error(decoded.error.reason);
  return { ...(decoded.value as Record<string, CborValue>) };
}

test("every statement reads back as it was written", () => {
  for (const statement of statements) expect(parseStatement(encodeStatement(statement))).toEqual(statement);
});

test("whatever reads as a statement has exactly these bytes", () => {
  for (const statement of statements) {
    const bytes = encodeStatement(statement);
    for (let at = 0; at < bytes.length; at++) {
      for (const flip of [0x01, 0x40, 0x80]) {
        const flipped = bytes.slice();
        flipped[at] = (flipped[at] ?? 0) ^ flip;
        const parsed = parseStatement(flipped);
        if (parsed !== null) expect(encodeStatement(parsed)).toEqual(flipped);
      }
    }
    expect(parseStatement(bytes.subarray(1))).toBeNull();
    expect(parseStatement(bytes.subarray(0, -1))).toBeNull();
  }
});

test("a missing, surplus or mistyped field makes it none", () => {
  for (const statement of statements) {
    const map = mapOf(statement);
    for (const key of Object.keys(map)) {
      const { [key]: _, ...rest } = map;
      expect(parseStatement(encodeCbor(rest)), `${statement.kind} without ${key}`).toBeNull();
      for (const wrong of ["text", -1, [], new Uint8Array(31)] as readonly CborValue[]) {
        if (key === "kind" || (Array.isArray(wrong) && Array.isArray(map[key]))) continue;
        expect(parseStatement(encodeCbor({ ...map, [key]: wrong })), `${statement.kind}.${key}`).toBeNull();
      }
    }
    expect(parseStatement(encodeCbor({ ...map, more: 1 })), `${statement.kind} with more`).toBeNull();
    expect(parseStatement(encodeCbor({ ...map, v: 2 })), `${statement.kind} of version 2`).toBeNull();
  }
  expect(parseStatement(encodeCbor({ v: 1, kind: "moon" }))).toBeNull();
  expect(parseStatement(encodeCbor([1]))).toBeNull();
});

test("lists are sorted, without repetition and bounded; boxes and places have their sizes", () => {
  const idOf = (value: number): Uint8Array => new Uint8Array(32).fill(value);
  const remove = mapOf(statements[2] as Statement);
  const entry = (value: number): CborValue => [idOf(value), [[1, idOf(9)]]];
  const reads = (map: Record<string, CborValue>): boolean => parseStatement(encodeCbor(map)) !== null;
  expect(reads({ ...remove, removed: [entry(1), entry(2)] })).toBe(true);
  for (const removed of [[], [entry(2), entry(1)], [entry(1), entry(1)], [[idOf(1)]], [[idOf(1), [], []]]] as CborValue[]) {
    expect(reads({ ...remove, removed })).toBe(false);
  }
  for (const cutoff of [[[0, idOf(1)]], [[1]], [[1, idOf(1), 2]], [["1", idOf(1)]], [[1, new Uint8Array(31)]]] as CborValue[]) {
    expect(reads({ ...remove, removed: [[idOf(1), cutoff]] })).toBe(false);
  }
  const ask = mapOf(statements[6] as Statement);
  const many = (count: number): CborValue =>
    Array.from({ length: count }, (_, at) => {
      const bytes = new Uint8Array(32);
      bytes.set([at >> 8, at & 255]);
      return bytes;
    });
  expect(reads({ ...ask, epochs: many(1000), failed: many(1000) })).toBe(true);
  expect(reads({ ...ask, epochs: many(1001) })).toBe(false);
  expect(reads({ ...ask, failed: [idOf(2), idOf(1)] })).toBe(false);
  expect(reads({ ...ask, epochs: [idOf(2), idOf(1)] })).toBe(false);
  const seal = mapOf(statements[4] as Statement);
  for (const [size, fits] of [
    [47, false],
    [48, true],
    [512, true],
    [513, false],
  ] as const) {
    expect(reads({ ...seal, box: new Uint8Array(size) })).toBe(fits);
  }
  const rotate = (part: CborValue): boolean => reads({ v: 1, kind: "rotate", epoch: part });
  const good = { parents: [idOf(1)], commitment: idOf(2), boxes: [[idOf(1), new Uint8Array(48)]] };
  expect(rotate(good)).toBe(true);
  expect(rotate({ ...good, parents: [idOf(2), idOf(1)] })).toBe(false);
  expect(
    rotate({
      ...good,
      boxes: [
        [idOf(1), new Uint8Array(48)],
        [idOf(1), new Uint8Array(48)],
      ],
    }),
  ).toBe(false);
  expect(rotate({ ...good, boxes: [[idOf(1), new Uint8Array(47)]] })).toBe(false);
  expect(rotate({ ...good, boxes: [[idOf(1)]] })).toBe(false);
  expect(rotate({ parents: [], commitment: idOf(2) })).toBe(false);
});

test("exactly create, add, remove and rotate found an epoch", () => {
  const founding = statements.filter((statement) => epochOfStatement(statement) !== null).map(({ kind }) => kind);
  expect(founding).toEqual(["create", "add", "remove", "rotate"]);
});

test("a key of small order, to which nobody can seal, makes a create or an add none", () => {
  const zeros = new Uint8Array(32);
  const one = Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? 1 : 0));
  const top = Uint8Array.from({ length: 32 }, (_, at) => (at === 31 ? 128 : 0));
  const prime = Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? 0xed : at === 31 ? 0x7f : 0xff));
  for (const bad of [zeros, one, top, prime]) {
    expect(parseStatement(encodeCbor({ ...mapOf(statements[0] as Statement), seal: bad }))).toBeNull();
    expect(parseStatement(encodeCbor({ ...mapOf(statements[0] as Statement), wordsSeal: bad }))).toBeNull();
    expect(parseStatement(encodeCbor({ ...mapOf(statements[1] as Statement), seal: bad }))).toBeNull();
  }
});
