/** `relay.json`: uploads, pages, cursors and challenges. */
import { sign } from "@albumen/core/crypto/sign.ts";
import { recordHash, runningHash } from "@albumen/core/crypto/verify.ts";
import { bytesToHex, concatBytes, u32ToBytes } from "@albumen/core/primitives/bytes.ts";
import { continuesCursor } from "@albumen/core/sync/log-sync.ts";
import { type Cursor, encodePage, encodeRecords, type Page, parsePage, parseRecords } from "@albumen/core/wire/page.ts";
import { challengeLabel, challengeMessage, findLabel, findMessage } from "@albumen/core/wire/relay-api.ts";
import type { SmallLibrary } from "./small-library.ts";
import type { Json } from "./vector-file.ts";

/** The vectors, over the records of `library`. */
export function createRelayVectors(library: SmallLibrary): Json {
  return {
    provenance: { made: "core/wire/page.ts, core/wire/relay-api.ts, core/sync/log-sync.ts over the records of library.json" },
    ...pageVectors(library),
    challenges: challenges(library),
  };
}

function pageVectors({ scribe }: SmallLibrary): {
  readonly pages: Json;
  readonly cursors: Json;
  readonly malformed: Json;
  readonly uploads: Json;
} {
  const records = scribe.log.slice(0, 5).map(({ bytes }) => bytes);
  const store = new Uint8Array(16).fill(7);
  const cursorAt = (sequence: number): Cursor => {
    const running = records.slice(0, sequence).reduce((hash, one) => runningHash(hash, recordHash(one)), new Uint8Array(32));
    return { store, sequence, running };
  };
  const pageOf = (from: number, to: number): Page => ({
    cursor: cursorAt(to),
    last: records.length,
    records: records.slice(from, to),
  });
  const pages = [pageOf(0, 2), pageOf(2, 5), pageOf(5, 5)];
  const other: Page = { ...pageOf(2, 5), cursor: { ...cursorAt(5), store: new Uint8Array(16) } };
  const skipped: Page = { ...pageOf(3, 5) };
  const forged: Page = { ...pageOf(2, 5), cursor: { ...cursorAt(5), running: new Uint8Array(32) } };
  const tried: readonly (readonly [string, Page])[] = [
    ["the next records", pageOf(2, 5)],
    ["nothing new", pageOf(2, 2)],
    ["another store", other],
    ["a record left out", skipped],
    ["another history", forged],
    ["an earlier state", pageOf(1, 1)],
  ];
  const cursor = cursorAt(2);
  const follow = (page: Page): boolean => {
    const running = page.records.reduce((hash, one) => runningHash(hash, recordHash(one)), cursor.running);
    return continuesCursor(cursor, page, running);
  };
  const whole = encodePage(pageOf(0, 2));
  const malformed: readonly (readonly [string, Uint8Array])[] = [
    ["a head of 63 bytes", whole.subarray(0, 63)],
    ["a record that breaks off", whole.subarray(0, whole.length - 1)],
    ["a record of no bytes", concatBytes(whole, u32ToBytes(0))],
    ["a record that claims more than 1 MiB", concatBytes(whole, u32ToBytes(1_048_577), new Uint8Array(10))],
    ["half a length", concatBytes(whole, new Uint8Array(2))],
  ];
  return {
    pages: pages.map((page) => ({
      page: bytesToHex(encodePage(page)),
      cursor: describe(page.cursor),
      last: page.last,
      records: page.records.map((one) => recordHash(one)),
    })),
    cursors: {
      cursor: describe(cursor),
      tried: tried.map(([name, page]) => ({ name, page: bytesToHex(encodePage(page)), continues: follow(page) })),
    },
    malformed: malformed.map(([name, page]) => {
      const parsed = parsePage(page);
      if (parsed.ok) throw new Error(`"${name}" is a page`);
      return { name, page: bytesToHex(page), reason: parsed.error.reason };
    }),
    uploads: [[], records.slice(0, 3)].map((several) => {
      const upload = encodeRecords(several);
      if (!parseRecords(upload).ok) throw new Error("an upload does not read back");
      return { upload: bytesToHex(upload), records: several.map((one) => recordHash(one)) };
    }),
  };
}

function describe({ store, sequence, running }: Cursor): Json {
  return { store: bytesToHex(store), sequence, running: bytesToHex(running) };
}

function challenges({ scribe, phone, words }: SmallLibrary): Json {
  const nonce = new Uint8Array(32).fill(5);
  const [expires, origin] = [1_800_000_000_000, "https://relay.example"];
  const owner = { library: scribe.library(), device: phone.keys.device };
  const session = challengeMessage(owner, nonce, expires, origin);
  const find = findMessage(words.keys.device, nonce, expires, origin);
  const common = { nonce: bytesToHex(nonce), expires, origin };
  return [
    {
      ...common,
      purpose: "session",
      library: owner.library,
      device: owner.device,
      label: challengeLabel,
      message: bytesToHex(session),
      signature: bytesToHex(sign(challengeLabel, session, phone.keys.signing)),
      otherPurpose: bytesToHex(sign(findLabel, session, phone.keys.signing)),
    },
    {
      ...common,
      purpose: "find",
      library: null,
      device: words.keys.device,
      label: findLabel,
      message: bytesToHex(find),
      signature: bytesToHex(sign(findLabel, find, words.keys.signing)),
      otherPurpose: bytesToHex(sign(challengeLabel, find, words.keys.signing)),
    },
  ];
}
