import { expect, test } from "vitest";
import type { PhotoId } from "../ids/ids.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { concatBytes, u64ToBytes } from "../primitives/bytes.ts";
import { padmeLength } from "../primitives/padme.ts";
import { sealAead } from "./aead.ts";
import { blobChunkBytes, openBlob, sealBlob } from "./blob.ts";
import { plainHash } from "./hash.ts";
import { blobKey, createLibrarySecret } from "./keys.ts";

const secret = createLibrarySecret(seededRandom(3));
const photo = "44".repeat(16) as PhotoId;

function keyOf(content: Uint8Array, kind = "thumbnail"): ReturnType<typeof blobKey> {
  return blobKey(secret, null, { kind, photo, hash: plainHash(content) });
}

for (const length of [0, 1, blobChunkBytes - 8, blobChunkBytes, 3 * blobChunkBytes + 5]) {
  test(`a blob of ${length} bytes opens to what was sealed, and seals to the same bytes again`, () => {
    const content = seededRandom(length)(length);
    const sealed = sealBlob(content, keyOf(content));
    expect(sealBlob(content, keyOf(content))).toEqual(sealed);
    expect(openBlob(sealed, keyOf(content))).toEqual(content);
  });
}

test("a blob with chunks cut off, swapped or flipped does not open", () => {
  const content = seededRandom(9)(3 * blobChunkBytes);
  const sealed = sealBlob(content, keyOf(content));
  const chunk = blobChunkBytes + 16;
  const swapped = new Uint8Array([
    ...sealed.subarray(chunk, 2 * chunk),
    ...sealed.subarray(0, chunk),
    ...sealed.subarray(2 * chunk),
  ]);
  const flipped = sealed.slice();
  flipped[70_000] = (flipped[70_000] ?? 0) ^ 1;
  expect(openBlob(sealed.subarray(0, 2 * chunk), keyOf(content))).toBeNull();
  expect(openBlob(swapped, keyOf(content))).toBeNull();
  expect(openBlob(flipped, keyOf(content))).toBeNull();
  expect(openBlob(sealed, keyOf(content, "index"))).toBeNull();
  expect(openBlob(new Uint8Array(0), keyOf(content))).toBeNull();
});

/** The ciphertext of `padded`, laid out a second time: nonce = chunk index (8) ‖ last flag (1) ‖ zeros (15). */
function sealPadded(padded: Uint8Array, key: ReturnType<typeof blobKey>): Uint8Array {
  const sealed: Uint8Array[] = [];
  for (let at = 0, index = 0; at < padded.length; at += blobChunkBytes, index++) {
    const last = at + blobChunkBytes >= padded.length ? 1 : 0;
    const nonce = concatBytes(u64ToBytes(index), Uint8Array.of(last), new Uint8Array(15));
    sealed.push(sealAead(padded.subarray(at, at + blobChunkBytes), new Uint8Array(0), nonce, key));
  }
  return concatBytes(...sealed);
}

test("a blob is its length, its content and zeros, cut into chunks under a nonce of their own each", () => {
  const content = seededRandom(10)(2 * blobChunkBytes);
  const padded = new Uint8Array(padmeLength(8 + content.length));
  padded.set(concatBytes(u64ToBytes(content.length), content));
  expect(padded.length).toBeGreaterThan(2 * blobChunkBytes);
  expect(sealBlob(content, keyOf(content))).toEqual(sealPadded(padded, keyOf(content)));
});

test("a blob whose length does not fit what is sealed does not open", () => {
  const key = keyOf(new Uint8Array(0));
  const sealedWith = (length: Uint8Array, bytes: number): Uint8Array =>
    sealPadded(concatBytes(length, new Uint8Array(bytes - 8)), key);
  expect(openBlob(sealedWith(u64ToBytes(50), padmeLength(58)), key)).toEqual(new Uint8Array(50));
  expect(openBlob(sealedWith(u64ToBytes(40), padmeLength(58)), key)).toBeNull();
  expect(openBlob(sealedWith(u64ToBytes(90), padmeLength(58)), key)).toBeNull();
  expect(openBlob(sealedWith(new Uint8Array(8).fill(255), 8), key)).toBeNull();
  expect(openBlob(sealPadded(new Uint8Array(7), key), key)).toBeNull();
});
