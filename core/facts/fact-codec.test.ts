import { describe, expect, test } from "vitest";
import { createFaceId, manualPack, type FaceId } from "../ids/face.ts";
import type { AlbumId, FactId, IndexHash, PackId, PersonId, PhotoId } from "../ids/ids.ts";
import { encodeCbor, type CborValue } from "../primitives/cbor.ts";
import type { Fact, FactKind } from "./fact.ts";
import { codeOfKind } from "./fact-codes.ts";
import { encodeFact, parseFact } from "./fact-codec.ts";

const id = (digit: string): string => digit.repeat(32);
const person = id("1") as PersonId;
const other = id("2") as PersonId;
const album = id("3") as AlbumId;
const photo = id("4") as PhotoId;
const pack = id("5") as PackId;
const box = { x: 1, y: 2, w: 300, h: 65535 };
const face = createFaceId({ photo, box, pack });
const references = [
  { fact: id("6") as FactId, index: 0 },
  { fact: id("7") as FactId, index: 9999 },
];

const examples: { readonly [K in FactKind]: Extract<Fact, { readonly kind: K }> } = {
  assign: { kind: "assign", faces: [face], person },
  deny: { kind: "deny", faces: [face], person },
  answer: { kind: "answer", faces: [face], person },
  ignore: { kind: "ignore", faces: [face] },
  manualFace: { kind: "manualFace", photo, box },
  name: { kind: "name", person, text: 'Ånna "🙂"' },
  note: { kind: "note", person, text: "" },
  birth: { kind: "birth", person, text: "1961-04" },
  cover: { kind: "cover", person, face },
  hide: { kind: "hide", person, flag: false },
  union: { kind: "union", a: person, b: other, shown: other },
  distinct: { kind: "distinct", a: other, b: person },
  albumName: { kind: "albumName", album, text: "Summer" },
  sort: { kind: "sort", album, text: "newest" },
  rule: { kind: "rule", album, rule: new Uint8Array([1, 2]) },
  albumCover: { kind: "albumCover", album, photo },
  pin: { kind: "pin", album, photos: [photo] },
  exclude: { kind: "exclude", album, photos: [photo] },
  favourite: { kind: "favourite", photos: [photo], flag: true },
  hidePhoto: { kind: "hidePhoto", photos: [photo], flag: true },
  caption: { kind: "caption", photos: [photo], text: "at the lake" },
  correctDate: { kind: "correctDate", photos: [photo], date: "2024-06-01T12:00:00+02:00" },
  correctPlace: { kind: "correctPlace", photos: [photo], place: { latitude: -900_000_000, longitude: 1_800_000_000 } },
  trash: { kind: "trash", photos: [photo] },
  restore: { kind: "restore", photos: [photo] },
  settleIndex: { kind: "settleIndex", photo, index: "8".repeat(64) as IndexHash },
  delete: { kind: "delete", entity: { kind: "album", id: album } },
  retract: { kind: "retract", targets: references },
  setting: { kind: "setting", key: "pack", text: pack },
};

describe("codec of facts", () => {
  for (const fact of Object.values(examples)) {
    test(`${fact.kind} survives encoding, alone and superseding`, () => {
      expect(parseFact(encodeFact(fact))).toEqual({ ok: true, value: { fact, supersedes: [] } });
      expect(parseFact(encodeFact(fact, references))).toEqual({ ok: true, value: { fact, supersedes: references } });
    });
  }

  test("every kind has its own code", () => {
    expect(new Set(Object.values(codeOfKind)).size).toBe(Object.keys(examples).length);
  });

  test("null values survive: no rule, no date, no place", () => {
    const facts: Fact[] = [
      { kind: "rule", album, rule: null },
      { kind: "correctDate", photos: [photo], date: null },
      { kind: "correctPlace", photos: [photo], place: null },
    ];
    for (const fact of facts) expect(parseFact(encodeFact(fact))).toMatchObject({ ok: true, value: { fact } });
  });

  test("an assigned face is 63 bytes, each further one of the same pack 24", () => {
    const more = Array.from({ length: 100 }, (_, x) => createFaceId({ photo, box: { ...box, x }, pack }));
    const [first, second] = [1, 100].map((count) => encodeFact({ kind: "assign", faces: more.slice(0, count), person }).length);
    expect([first, second]).toEqual([63, 63 + 99 * 24 + 1]);
  });

  test("lists are stored in one order, without repetition", () => {
    const later = createFaceId({ photo, box: { ...box, x: 7 }, pack });
    const drawn = createFaceId({ photo, box, pack: manualPack });
    const mixed = encodeFact({ kind: "ignore", faces: [later, face, later, drawn] });
    expect(mixed).toEqual(encodeFact({ kind: "ignore", faces: [drawn, face, later] }));
    expect(parseFact(mixed)).toMatchObject({ ok: true, value: { fact: { faces: [drawn, face, later] } } });
  });
});

describe("what is not a fact of this version", () => {
  const fields = (...values: readonly CborValue[]): Uint8Array => encodeCbor(values);
  const bytes = (length: number, fill = 1): Uint8Array => new Uint8Array(length).fill(fill);

  test("a kind that this version does not know is newer, not damaged", () => {
    expect(parseFact(fields(30, "anything"))).toEqual({
      ok: false,
      error: { kind: "newer-fact", reason: "facts of kind 30 need a newer version" },
    });
  });

  const damaged: readonly (readonly [string, Uint8Array])[] = [
    ["no CBOR", new Uint8Array([0xff])],
    ["no list", encodeCbor({ k: 1 })],
    ["an empty list", fields()],
    ["a negative code", fields(-1)],
    ["too few fields", fields(1, [bytes(16), bytes(24)])],
    ["too many fields", fields(24, bytes(16), [bytes(16)], 1)],
    ["an empty list of faces", fields(3, [])],
    ["faces that descend", fields(3, [bytes(16), new Uint8Array([...bytes(24, 2), ...bytes(24, 1)])])],
    ["a face twice", fields(3, [bytes(16), bytes(48)])],
    ["a pack twice", fields(3, [bytes(16), bytes(24), bytes(16), bytes(24, 2)])],
    ["photos of a wrong size", fields(24, bytes(15))],
    [
      "more than 10,000 photos",
      fields(
        24,
        Uint8Array.from({ length: 160_016 }, (_, i) => (i % 16 < 14 ? 0 : i % 16 === 14 ? i >> 12 : (i >> 4) & 255)),
      ),
    ],
    ["a text of 2,001 units", fields(6, bytes(16), "x".repeat(2001))],
    ["a union of one", fields(11, bytes(16), bytes(16), bytes(16))],
    ["a flag that is a number", fields(9, bytes(16), 1)],
    ["a birth that is no day", fields(8, bytes(16), "last year")],
    ["a time without seconds", fields(22, bytes(16), "2024-06-01T12:00")],
    ["a place beyond the pole", fields(23, bytes(16), [900_000_001, 0])],
    ["an entity of an unknown kind", fields(26, 3, bytes(16))],
    ["empty references", fields(24, bytes(16), [])],
    ["references that descend", fields(24, bytes(16), [bytes(16, 2), bytes(16, 1)])],
    ["statement 0 in the long form", fields(24, bytes(16), [[bytes(16), bytes(2, 0)]])],
  ];
  for (const [name, value] of damaged) {
    test(`${name} is damaged`, () => {
      expect(parseFact(value)).toMatchObject({ ok: false, error: { kind: "malformed-fact" } });
    });
  }

  test("cutting a fact short anywhere is refused, and no flipped bit throws", () => {
    const whole = encodeFact({ kind: "assign", faces: [face], person }, references);
    for (let length = 0; length < whole.length; length++) expect(parseFact(whole.slice(0, length)).ok).toBe(false);
    for (let bit = 0; bit < 8 * whole.length; bit++) {
      const flipped = Uint8Array.from(whole, (byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      const parsed = parseFact(flipped);
      if (parsed.ok) expect(encodeFact(parsed.value.fact, parsed.value.supersedes)).toEqual(flipped);
    }
  });

  test("a face's name survives as bytes", () => {
    const cover = parseFact(encodeFact(examples.cover));
    expect(cover.ok && cover.value.fact.kind === "cover" && cover.value.fact.face).toBe(face satisfies FaceId);
  });
});
