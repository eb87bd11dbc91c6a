/** The independent decoder over keys, pages, cursors, challenges and blobs of the vectors. */
import { describe, expect, test } from "vitest";
import { openBlob, sealBlob } from "./independent/blob.ts";
import { pairingString } from "@albumen/core/membership/pairing-string.ts";
import { bigEndian, fromHex, join, toHex } from "./independent/bytes.ts";
import { encode } from "./independent/cbor.ts";
import { hash, labelled, openSealedBox, sealingPair, signingKey } from "./independent/crypto.ts";
import { isKept, mailboxOf, readCode, readStep, shownString } from "./independent/pairing.ts";
import { padme } from "./independent/record.ts";
import { challengeMessage, continues, type Cursor, isAnswer, readPage, readUpload } from "./independent/relay.ts";
import { entropyToSeeds, wordsToEntropy } from "./independent/words.ts";
import { readVectors } from "./vector-file.ts";

interface KeyVectors {
  readonly members: readonly Readonly<Record<"signingSeed" | "sealingSeed" | "device" | "seal", string>>[];
  readonly words: readonly Readonly<Record<"words" | "entropy" | "device" | "seal", string>>[];
  readonly notWords: readonly string[];
  readonly hashes: readonly (Readonly<Record<"label" | "message" | "hash" | "key" | "keyed", string>> & {
    readonly size: number;
  })[];
  readonly derived: Readonly<Record<string, string>> & {
    readonly blob: Readonly<Record<"kind" | "photo" | "plaintext", string>>;
    readonly fact: { readonly index: number; readonly previous: string; readonly cbor: string };
  };
  readonly boxes: Readonly<Record<"sealingSeed" | "device" | "key", string>> & {
    readonly sealed: readonly {
      readonly purpose: string;
      readonly library: string | null;
      readonly ids: readonly string[];
      readonly box: string;
    }[];
  };
  readonly padme: readonly (readonly [number, number])[];
}

interface PairingVectors {
  readonly codes: {
    readonly secret: string;
    readonly relay: string;
    readonly variants: readonly string[];
    readonly wrong: readonly string[];
  };
  readonly secret: string;
  readonly mailbox: string;
  readonly key: string;
  readonly messages: readonly { readonly step: string; readonly body: string; readonly message: string }[];
  readonly invalid: readonly { readonly name: string; readonly opens: string | null; readonly message: string }[];
  readonly commitment: string;
  readonly string: { readonly bytes: string; readonly emoji: readonly string[]; readonly digits: string };
}

interface RelayVectors {
  readonly pages: readonly {
    readonly page: string;
    readonly cursor: Cursor;
    readonly last: number;
    readonly records: readonly string[];
  }[];
  readonly cursors: {
    readonly cursor: Cursor;
    readonly tried: readonly { readonly name: string; readonly page: string; readonly continues: boolean }[];
  };
  readonly malformed: readonly { readonly name: string; readonly page: string }[];
  readonly uploads: readonly { readonly upload: string; readonly records: readonly string[] }[];
  readonly challenges: readonly (Readonly<
    Record<"purpose" | "device" | "nonce" | "origin" | "label" | "message" | "signature" | "otherPurpose", string>
  > & {
    readonly library: string | null;
    readonly expires: number;
  })[];
}

interface BlobVectors {
  readonly secret: string;
  readonly epochKey: string;
  readonly photo: string;
  readonly blobs: readonly {
    readonly size: number;
    readonly kind: string;
    readonly withEpoch: boolean;
    readonly hash: string;
    readonly length: number;
    readonly name: string;
    readonly blob: string | null;
  }[];
  readonly invalid: readonly Readonly<Record<"name" | "kind" | "hash" | "blob", string>>[];
}

const keys = readVectors("keys") as unknown as KeyVectors;
const relay = readVectors("relay") as unknown as RelayVectors;
const blobs = readVectors("blobs") as unknown as BlobVectors;
const pairing = readVectors("pairing") as unknown as PairingVectors;
const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("keys", () => {
  test.each(keys.members)("a member of two seeds: $device", ({ signingSeed, sealingSeed, device, seal }) => {
    expect([toHex(signingKey(fromHex(signingSeed))), toHex(sealingPair(fromHex(sealingSeed)).seal)]).toEqual([device, seal]);
  });

  test.each(keys.words)("words: $words", ({ words, entropy, device, seal }) => {
    const read = wordsToEntropy(words);
    expect(read === null ? null : toHex(read)).toBe(entropy);
    const { signingSeed, sealingSeed } = entropyToSeeds(fromHex(entropy));
    expect([toHex(signingKey(signingSeed)), toHex(sealingPair(sealingSeed).seal)]).toEqual([device, seal]);
  });

  test.each(keys.notWords)("no words: %s", (words) => {
    expect(wordsToEntropy(words)).toBeNull();
  });

  test.each(keys.hashes)("$size bytes under $label of $message", ({ label, size, message, hash: plain, key, keyed }) => {
    expect(toHex(labelled(label, fromHex(message), size))).toBe(plain);
    expect(toHex(labelled(label, fromHex(message), size, fromHex(key)))).toBe(keyed);
  });

  test("everything that is derived", () => {
    const given = keys.derived;
    const [epochKey, secret] = [given["epochKey"], given["secret"]].map((hex) => fromHex(hex ?? ""));
    if (epochKey === undefined || secret === undefined) throw new Error("keys are missing");
    const { library = "", epoch = "", device = "" } = given;
    const zeros = "0".repeat(64);
    const blobKey = (more: Uint8Array): string => {
      const { kind, photo, plaintext } = given.blob;
      const place = join(Uint8Array.of(kind.length), ascii(kind), fromHex(photo), hash(fromHex(plaintext)), more);
      return toHex(labelled("albumen blob key 1", place, 32, secret));
    };
    const { index, previous, cbor } = given.fact;
    const factId = (before: string, at: number): string =>
      toHex(labelled("albumen fact 1", join(fromHex(device + before), bigEndian(at, 4), fromHex(cbor)), 16));
    const derived = {
      epochCommitment: toHex(labelled("albumen epoch commitment 1", epochKey)),
      secretCommitment: toHex(labelled("albumen secret commitment 1", secret)),
      recordKey: toHex(labelled("albumen record key 1", fromHex(library + epoch + device), 32, epochKey)),
      recordKeyOfCreate: toHex(labelled("albumen record key 1", fromHex(zeros + zeros + device), 32, epochKey)),
      photoId: toHex(labelled("albumen photo 1", fromHex(given["file"] ?? ""), 16, secret)),
      blobKey: blobKey(new Uint8Array(0)),
      blobKeyWithEpoch: blobKey(epochKey),
      actorPrefix: toHex(labelled("albumen actor 1", fromHex(device), 16)),
      factId: factId(previous, index),
      factIdInFirstRecord: factId(zeros, 0),
    };
    expect(given).toMatchObject(derived);
  });

  test.each(keys.boxes.sealed)("a box for $purpose in $library of $ids", ({ purpose, library, ids, box }) => {
    const inside = openSealedBox(fromHex(box), sealingPair(fromHex(keys.boxes.sealingSeed)));
    const context = [purpose, library === null ? null : fromHex(library), ids.map(fromHex), fromHex(keys.boxes.device)];
    const expected = join(labelled("albumen key box 1", encode(context)), fromHex(keys.boxes.key));
    expect(toHex(inside ?? new Uint8Array(0))).toBe(toHex(expected));
  });

  test.each(keys.padme)("PADMÉ of %d is %d", (length, padded) => {
    expect(padme(length)).toBe(padded);
  });
});

describe("the relay", () => {
  test.each(relay.pages)("a page up to $cursor.sequence of $last", ({ page, cursor, last, records }) => {
    const read = readPage(fromHex(page));
    expect([read.cursor, read.last, read.records.map((one) => toHex(hash(one)))]).toEqual([cursor, last, records]);
  });

  test.each(relay.cursors.tried)("after the cursor: $name", ({ page, continues: expected }) => {
    expect(continues(relay.cursors.cursor, readPage(fromHex(page)))).toBe(expected);
  });

  test.each(relay.malformed)("no page: $name", ({ page }) => {
    expect(() => readPage(fromHex(page))).toThrow();
  });

  test.each(relay.uploads)("an upload of $records", ({ upload, records }) => {
    expect(readUpload(fromHex(upload)).map((one) => toHex(hash(one)))).toEqual(records);
  });

  test.each(relay.challenges)(
    "a challenge for a $purpose",
    ({ library, device, nonce, expires, origin, label, message, signature, otherPurpose }) => {
      const made = challengeMessage(library, device, nonce, expires, origin);
      expect(toHex(made)).toBe(message);
      expect([signature, otherPurpose].map((one) => isAnswer(label, made, fromHex(one), device))).toEqual([true, false]);
    },
  );
});

describe("blobs", () => {
  const keyOf = (kind: string, plain: string, withEpoch: boolean): Uint8Array => {
    const place = fromHex(blobs.photo + plain + (withEpoch ? blobs.epochKey : ""));
    return labelled("albumen blob key 1", join(Uint8Array.of(kind.length), ascii(kind), place), 32, fromHex(blobs.secret));
  };

  test.each(blobs.blobs)(
    "$size bytes, with an epoch's key: $withEpoch",
    ({ size, kind, withEpoch, hash: plain, length, name, blob }) => {
      const content = Uint8Array.from({ length: size }, (_, at) => 7 * at + 3);
      expect(toHex(hash(content))).toBe(plain);
      const padded = padme(8 + size);
      expect(length).toBe(padded + 16 * Math.ceil(padded / 65_536));
      const key = keyOf(kind, plain, withEpoch);
      const sealed = sealBlob(content, key);
      expect([toHex(hash(sealed)), sealed.length]).toEqual([name, length]);
      if (blob !== null) expect(blob).toBe(toHex(sealed));
      expect(toHex(openBlob(sealed, key) ?? Uint8Array.of(0, 0))).toBe(toHex(content));
      expect(openBlob(sealed, keyOf(kind, plain, !withEpoch))).toBeNull();
    },
  );

  test.each(blobs.invalid)("no blob: $name", ({ kind, hash: plain, blob }) => {
    expect(openBlob(fromHex(blob), keyOf(kind, plain, false))).toBeNull();
  });
});

describe("pairing", () => {
  const secret = fromHex(pairing.secret);
  const bodyOf = (step: string): Uint8Array => fromHex(pairing.messages.find((one) => one.step === step)?.body ?? "");

  test.each(pairing.codes.variants)("a code: %s", (text) => {
    const read = readCode(text);
    expect([toHex(read?.secret ?? new Uint8Array(0)), read?.relay]).toEqual([pairing.codes.secret, pairing.codes.relay]);
  });

  test.each(pairing.codes.wrong)("no code: %j", (text) => {
    expect(readCode(text)).toBeNull();
  });

  test("the mailbox has its name and its key", () => {
    const { name, key } = mailboxOf(secret);
    expect([name, toHex(key)]).toEqual([pairing.mailbox, pairing.key]);
  });

  test.each(pairing.messages)("the message $step", ({ step, message }) => {
    expect(readStep(fromHex(message), secret)).toBe(step);
  });

  test.each(pairing.invalid)("$name is read as $opens", ({ message, opens }) => {
    expect(readStep(fromHex(message), secret)).toBe(opens);
  });

  test("the commitment is kept, and both screens show the same six and six", () => {
    const [offer, reveal] = [bodyOf("offer"), bodyOf("reveal")];
    expect(isKept(fromHex(pairing.commitment), reveal)).toBe(true);
    expect(isKept(fromHex(pairing.commitment), offer)).toBe(false);
    const { bytes, places, digits } = shownString(offer, reveal);
    expect([toHex(bytes), digits]).toEqual([pairing.string.bytes, pairing.string.digits]);
    expect(places.map((place) => pairingString(Uint8Array.of(place)).symbols[0]?.emoji)).toEqual(pairing.string.emoji);
  });
});
