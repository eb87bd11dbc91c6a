import "../arbitraries/automerge.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sha256 } from "@albumen/core/crypto/hash.ts";
import { authorChange, createActorCopy, type DocumentEntry } from "@albumen/core/documents/author.ts";
import { readAuthoredChange } from "@albumen/core/documents/authored-change.ts";
import { decodeAnyChange, maximalOperations } from "@albumen/core/documents/verify-change.ts";
import { bytesToHex, concatBytes } from "@albumen/core/primitives/bytes.ts";

const seed = 37;
const actor = "7e".repeat(24);

/** Lengths of the values of each change in turn: often equal, so that runs of every kind occur. */
const changes = fc.array(fc.array(fc.constantFrom(0, 1, 2, 2, 2, 7, 8, 300), { minLength: 1, maxLength: 12 }), {
  minLength: 1,
  maxLength: 4,
});

function author(sizes: readonly (readonly number[])[]): readonly Uint8Array[] {
  let copy = createActorCopy(actor);
  let number = 0;
  return sizes.map((lengths) => {
    const entries = lengths.map((length): DocumentEntry => {
      const key = bytesToHex(sha256(Uint8Array.of(number >> 8, number++ & 255)).subarray(0, 16));
      return { key, value: new Uint8Array(length).fill(number) };
    });
    const authored = authorChange(copy, entries);
    copy = authored.copy;
    return authored.change;
  });
}

/** The chunk with `body`, with the length and the checksum that belong to it. */
function chunkOf(body: Uint8Array): Uint8Array {
  const length: number[] = [];
  for (let rest = body.length; length.length === 0 || rest > 0; rest >>>= 7) length.push((rest & 127) | (rest > 127 ? 128 : 0));
  const covered = concatBytes(Uint8Array.of(1, ...length), body);
  return concatBytes(Uint8Array.of(0x85, 0x6f, 0x4a, 0x83), sha256(covered).subarray(0, 4), covered);
}

function bodyOf(change: Uint8Array): Uint8Array {
  let at = 9;
  while ((change[at] ?? 0) > 127) at++;
  return change.subarray(at + 1);
}

/** What the fast reader takes, Automerge decodes to the same. */
function expectAgreement(change: Uint8Array): boolean {
  const read = readAuthoredChange(change, maximalOperations);
  if (read !== null) expect({ ok: true, value: read }).toEqual(decodeAnyChange(change));
  return read !== null;
}

test("every change as it is authored is read without Automerge, and to the same", () => {
  fc.assert(
    fc.property(changes, (sizes) => {
      // Where all values are empty, which no fact is, Automerge leaves out their column.
      for (const [at, change] of author(sizes).entries()) {
        expect(expectAgreement(change)).toBe(sizes[at]?.some((length) => length > 0) === true);
      }
    }),
    { seed, numRuns: 100 },
  );
  for (const count of [63, 64, 128, 8192]) {
    const [change = new Uint8Array(0)] = author([Array.from({ length: count }, (_, at) => at % 3)]);
    expect(chunkOf(bodyOf(change))).toEqual(change);
    expect(expectAgreement(change)).toBe(true);
    expect(readAuthoredChange(change, count)).not.toBeNull();
    expect(readAuthoredChange(change, count - 1)).toBeNull();
  }
});

test("of every bit that is flipped under a checksum that fits, either nothing is read or what Automerge decodes", () => {
  let read = 0;
  for (const change of author([[3], [2, 2], [1, 2, 2, 300, 7]])) {
    const body = bodyOf(change);
    for (let bit = 0; bit < 8 * body.length; bit++) {
      const flipped = body.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      if (expectAgreement(chunkOf(flipped))) read++;
    }
  }
  // Flips in keys, values, actor and dependency give other changes that somebody could have written.
  expect(read).toBeGreaterThan(1000);
});

test("of bytes put, inserted and cut the same holds, and a checksum that does not fit is never read", () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom("put", "insert", "cut")), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(changes, damage, (sizes, steps) => {
      const [change = new Uint8Array(0)] = author(sizes);
      let body = bodyOf(change);
      for (const [place, byte, step] of steps) {
        const at = place % (body.length + 1);
        const rest = body.subarray(step === "insert" ? at : at + 1);
        body = concatBytes(body.subarray(0, at), step === "cut" ? new Uint8Array(0) : Uint8Array.of(byte), rest);
      }
      expectAgreement(chunkOf(body));
      const wrong = change.slice();
      wrong[4] = (wrong[4] ?? 0) ^ 1;
      expect(readAuthoredChange(wrong, maximalOperations)).toBeNull();
    }),
    { seed, numRuns: 500 },
  );
});
