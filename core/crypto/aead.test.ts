import { describe, expect, test } from "vitest";
import { hexToBytes, utf8 } from "../primitives/bytes.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { createNonces, nonceBytes, openAead, sealAead } from "./aead.ts";

const bytesOf = (hex: string): Uint8Array => hexToBytes(hex.replace(/\s/g, "")) ?? new Uint8Array(0);

describe("XChaCha20-Poly1305-IETF", () => {
  // draft-irtf-cfrg-xchacha-03, A.3.1.
  const key = bytesOf("808182838485868788898a8b8c8d8e8f 909192939495969798999a9b9c9d9e9f");
  const nonce = bytesOf("404142434445464748494a4b4c4d4e4f 5051525354555657");
  const associated = bytesOf("50515253c0c1c2c3c4c5c6c7");
  const plaintext = utf8(
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
  );
  const ciphertext = bytesOf(`
    bd6d179d3e83d43b9576579493c0e939 572a1700252bfaccbed2902c21396cbb 731c7f1b0b4aa6440bf3a82f4eda7e39
    ae64c6708c54c216cb96b72e1213b452 2f8c9ba40db5d945b11b69b982c1bb9e 3f3fac2bc369488f76b2383565d3fff9
    21f9664c97637da9768812f615c68b13 b52e c0875924c1c7987947deafd8780acf49`);

  test("seals and opens the vector of its draft", () => {
    expect(sealAead(plaintext, associated, nonce, key)).toEqual(ciphertext);
    expect(openAead(ciphertext, associated, nonce, key)).toEqual(plaintext);
  });

  test("does not open with another key, nonce or associated data, nor cut short", () => {
    const other = (bytes: Uint8Array): Uint8Array => bytes.map((byte, at) => (at === 0 ? byte ^ 1 : byte));
    expect(openAead(ciphertext, associated, nonce, other(key))).toBeNull();
    expect(openAead(ciphertext, associated, other(nonce), key)).toBeNull();
    expect(openAead(ciphertext, other(associated), nonce, key)).toBeNull();
    for (const length of [0, 15, 16, ciphertext.length - 1]) {
      expect(openAead(ciphertext.subarray(0, length), associated, nonce, key)).toBeNull();
    }
  });
});

describe("nonces", () => {
  test("are cut from blocks of 256, each once and in order", () => {
    const blocks: Uint8Array[] = [];
    const random = seededRandom(1);
    const nonces = createNonces((length) => {
      const block = random(length);
      blocks.push(block.slice());
      return block;
    });
    expect(blocks).toEqual([]);
    const drawn = Array.from({ length: 600 }, nonces);
    expect(blocks.map((block) => block.length)).toEqual([256 * 24, 256 * 24, 256 * 24]);
    const cut = blocks.flatMap((block) =>
      Array.from({ length: 256 }, (_, at) => block.slice(at * nonceBytes, (at + 1) * nonceBytes)),
    );
    expect(drawn).toEqual(cut.slice(0, 600));
    expect(new Set(drawn.map((nonce) => nonce.join())).size).toBe(600);
  });

  test("are nobody else's to change: neither the source's block nor a nonce given out reaches the next one", () => {
    const block = new Uint8Array(256 * nonceBytes).fill(5);
    const nonces = createNonces(() => block);
    nonces().fill(9);
    block.fill(7);
    expect(nonces()).toEqual(new Uint8Array(nonceBytes).fill(5));
  });
});
