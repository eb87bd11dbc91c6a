/** The facts of each kind from their CBOR fields, checked in full; their layout is specified in `fact-codec.ts`. */
import { concatBytes } from "../primitives/bytes.ts";
import { bytesToId, type IdByKind } from "../ids/ids.ts";
import { parseFaceId } from "../ids/face.ts";
import type { Place } from "../index/index-record.ts";
import type { CborValue } from "../primitives/cbor.ts";
import { entityKinds } from "./fact-encoder.ts";
import { factLimits, type Entity, type Fact, type FactKind } from "./fact.ts";
import { bytesToFace, parseFaces, parsePhotos, parseReferences, parseText } from "./fact-fields.ts";

/** "YYYY-MM-DDTHH:MM:SS", with "+HH:MM" where the offset is known. */
const capturePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[+-]\d\d:\d\d)?$/;
const birthPattern = /^\d{4}(?:-\d\d(?:-\d\d)?)?$/;

type Field = CborValue | undefined;
type Fields = readonly CborValue[];
type Parsers = { readonly [K in FactKind]: (...fields: readonly [first: Field, second: Field, third: Field]) => Fact | null };

/** The fact of `kind` with exactly these fields, or null where they do not fit. */
export function parseFields(kind: FactKind, fields: Fields): Fact | null {
  return parsers[kind](fields[0], fields[1], fields[2]);
}

const parsers: Parsers = {
  assign: (faces, person) => parseFacesOfPerson("assign", faces, person),
  deny: (faces, person) => parseFacesOfPerson("deny", faces, person),
  answer: (faces, person) => parseFacesOfPerson("answer", faces, person),
  ignore: (value) => both(parseFaces(value), true, (faces) => ({ kind: "ignore", faces })),
  manualFace: (photo, box) => parseManualFace(photo, box),
  name: (person, text) => parsePersonText("name", person, parseText(text)),
  note: (person, text) => parsePersonText("note", person, parseText(text)),
  birth: (person, text) => parsePersonText("birth", person, parseBirth(text)),
  cover: (id, value) => both(bytesToId("PersonId", id), bytesToFace(value), (person, face) => ({ kind: "cover", person, face })),
  hide: (id, flag) => both(bytesToId("PersonId", id), parseFlag(flag), (person, { flag }) => ({ kind: "hide", person, flag })),
  union: parseUnion,
  distinct: parseDistinct,
  albumName: (id, value) => both(albumId(id), parseText(value), (album, text) => ({ kind: "albumName", album, text })),
  sort: (id, value) => both(albumId(id), parseText(value, factLimits.key), (album, text) => ({ kind: "sort", album, text })),
  rule: (id, value) => both(albumId(id), parseRuleBytes(value), (album, { rule }) => ({ kind: "rule", album, rule })),
  albumCover: (id, value) => both(albumId(id), photoId(value), (album, photo) => ({ kind: "albumCover", album, photo })),
  pin: (id, list) => both(albumId(id), parsePhotos(list), (album, photos) => ({ kind: "pin", album, photos })),
  exclude: (id, list) => both(albumId(id), parsePhotos(list), (album, photos) => ({ kind: "exclude", album, photos })),
  favourite: (list, flag) =>
    both(parsePhotos(list), parseFlag(flag), (photos, { flag }) => ({ kind: "favourite", photos, flag })),
  hidePhoto: (list, flag) =>
    both(parsePhotos(list), parseFlag(flag), (photos, { flag }) => ({ kind: "hidePhoto", photos, flag })),
  caption: (list, value) => both(parsePhotos(list), parseText(value), (photos, text) => ({ kind: "caption", photos, text })),
  correctDate: (list, value) =>
    both(parsePhotos(list), parseDate(value), (photos, { date }) => ({ kind: "correctDate", photos, date })),
  correctPlace: (list, value) =>
    both(parsePhotos(list), parsePlace(value), (photos, { place }) => ({ kind: "correctPlace", photos, place })),
  trash: (list) => both(parsePhotos(list), true, (photos) => ({ kind: "trash", photos })),
  restore: (list) => both(parsePhotos(list), true, (photos) => ({ kind: "restore", photos })),
  delete: (code, id) => both(parseEntity(code, id), true, (entity) => ({ kind: "delete", entity })),
  retract: (list) => both(parseReferences(list), true, (targets) => ({ kind: "retract", targets })),
  setting: (name, value) =>
    both(parseText(name, factLimits.key), parseText(value), (key, text) => ({ kind: "setting", key, text })),
  settleIndex: (id, hash) =>
    both(photoId(id), bytesToId("IndexHash", hash), (photo, index) => ({ kind: "settleIndex", photo, index })),
};

/** `make(a, b)` where both were parsed. */
function both<A, B>(a: A | null, b: B | null, make: (a: A, b: B) => Fact | null): Fact | null {
  return a === null || b === null ? null : make(a, b);
}

function albumId(value: Field): IdByKind["AlbumId"] | null {
  return bytesToId("AlbumId", value);
}

function photoId(value: Field): IdByKind["PhotoId"] | null {
  return bytesToId("PhotoId", value);
}

function parseFacesOfPerson(kind: "assign" | "deny" | "answer", list: Field, id: Field): Fact | null {
  return both(parseFaces(list), bytesToId("PersonId", id), (faces, person) => ({ kind, faces, person }));
}

function parsePersonText(kind: "name" | "note" | "birth", id: Field, value: string | null): Fact | null {
  return both(bytesToId("PersonId", id), value, (person, text) => ({ kind, person, text }));
}

function parseUnion(first: Field, second: Field, third: Field): Fact | null {
  const shown = bytesToId("PersonId", third);
  const pair = parseDistinct(first, second);
  return shown === null || pair === null ? null : { ...pair, kind: "union", shown };
}

function parseDistinct(first: Field, second: Field): Extract<Fact, { kind: "distinct" }> | null {
  const a = bytesToId("PersonId", first);
  const b = bytesToId("PersonId", second);
  return a === null || b === null || a === b ? null : { kind: "distinct", a, b };
}

function parseManualFace(id: Field, box: Field): Fact | null {
  if (!(id instanceof Uint8Array) || !(box instanceof Uint8Array) || id.length !== 16 || box.length !== 8) return null;
  const face = parseFaceId(bytesToFace(concatBytes(id, box, new Uint8Array(16))));
  return face === null ? null : { kind: "manualFace", photo: face.photo, box: face.box };
}

function parseEntity(code: Field, value: Field): Entity | null {
  const kind = typeof code === "number" ? entityKinds[code] : undefined;
  switch (kind) {
    case "person": {
      const id = bytesToId("PersonId", value);
      return id === null ? null : { kind, id };
    }
    case "album": {
      const id = bytesToId("AlbumId", value);
      return id === null ? null : { kind, id };
    }
    case "photo": {
      const id = bytesToId("PhotoId", value);
      return id === null ? null : { kind, id };
    }
    case undefined:
      return null;
  }
}

function parseFlag(value: Field): { readonly flag: boolean } | null {
  return typeof value === "boolean" ? { flag: value } : null;
}

function parseRuleBytes(value: Field): { readonly rule: Uint8Array | null } | null {
  if (value === null) return { rule: null };
  return value instanceof Uint8Array && value.length <= factLimits.rule ? { rule: value } : null;
}

function parseDate(value: Field): { readonly date: string | null } | null {
  if (value === null) return { date: null };
  return typeof value === "string" && isCaptureTime(value) ? { date: value } : null;
}

/** Whether `text` has the form of `PhotoIndex.taken`; that its day is a real one is not asked. */
export function isCaptureTime(text: string): boolean {
  return capturePattern.test(text);
}

/** Whether both are whole numbers within the globe. */
export function isPlace({ latitude, longitude }: Place): boolean {
  const isWhole = Number.isSafeInteger(latitude) && Number.isSafeInteger(longitude);
  return isWhole && Math.abs(latitude) <= 900_000_000 && Math.abs(longitude) <= 1_800_000_000;
}

function parseBirth(value: Field): string | null {
  return typeof value === "string" && birthPattern.test(value) ? value : null;
}

function parsePlace(value: Field): { readonly place: Place | null } | null {
  if (value === null) return { place: null };
  const [latitude, longitude] = Array.isArray(value) && value.length === 2 ? value : [];
  if (typeof latitude !== "number" || typeof longitude !== "number") return null;
  return isPlace({ latitude, longitude }) ? { place: { latitude, longitude } } : null;
}
