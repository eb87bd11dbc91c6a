import { expect, test } from "vitest";
import { bytesToHex } from "../primitives/bytes.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { createWords, wordsToKeys } from "./words.ts";

/** BIP39's own vector for 256 bits of zeros. */
const zeros = `${"abandon ".repeat(23)}art`;

test("words are the 24 of BIP39 for 32 random bytes", () => {
  expect(createWords((length) => new Uint8Array(length))).toBe(zeros);
  const words = createWords(seededRandom(3));
  expect(words.split(" ")).toHaveLength(24);
  expect(wordsToKeys(words)).not.toBeNull();
});

test("words are the same keys for ever", () => {
  // Python: Ed25519 of the seed BLAKE2b("\x14albumen words sign 1" + 32 zeros), X25519 of SHA-512's first half of the other seed.
  const keys = wordsToKeys(zeros);
  expect(keys?.device).toBe("a2796eb41c28a99904d929f141a3c4f109b5b32a90aa147ca4215f97d4d46aa4");
  expect(keys === null ? "" : bytesToHex(keys.seal)).toBe("92f897b51278fc48730fffe6095402a7a2fcd571dac0c7fe63a6212314686c32");
});

test("words read however they are typed", () => {
  for (const typed of [`  ${zeros}\n`, zeros.toUpperCase(), zeros.replaceAll(" ", "  \n\t ")]) {
    expect(wordsToKeys(typed)?.device).toBe(wordsToKeys(zeros)?.device);
  }
});

test("a wrong word is noticed, and so are too few, too many and words of another length of secret", () => {
  for (const other of [
    "",
    zeros.replace("art", "abandon"),
    zeros.replace("abandon", "albumen"),
    `${zeros} art`,
    "abandon ".repeat(23),
    // Valid words of 128 bits.
    `${"abandon ".repeat(11)}about`,
  ]) {
    expect(wordsToKeys(other), other).toBeNull();
  }
});
