import { expect, test } from "vitest";
import type { PhotoId } from "../ids/ids.ts";
import { seededRandom } from "../testing/seeded-random.ts";
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
