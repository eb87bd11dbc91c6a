/** `blobs.json`: contents of several sizes, sealed; and ciphertexts that must not open. */
import { blobChunkBytes, openBlob, sealBlob } from "@albumen/core/crypto/blob.ts";
import { plainHash } from "@albumen/core/crypto/hash.ts";
import { blobKey, type EpochKey, type LibrarySecret } from "@albumen/core/crypto/keys.ts";
import { blobName } from "@albumen/core/crypto/verify.ts";
import type { PhotoId } from "@albumen/core/ids/ids.ts";
import { bytesToHex, concatBytes } from "@albumen/core/primitives/bytes.ts";
import { madeUpContent } from "./small-photo.ts";
import type { Json } from "./vector-file.ts";

const secret = new Uint8Array(32).fill(2) as LibrarySecret;
const epochKey = new Uint8Array(32).fill(1) as EpochKey;
const photo = "6".repeat(32) as PhotoId;
const sizes = [0, 1, 500, blobChunkBytes - 8, blobChunkBytes, 3 * blobChunkBytes + 5];

/** The vectors: small ciphertexts in full, large ones by their name. */
export function createBlobVectors(): Json {
  return {
    provenance: { made: "core/crypto/blob.ts; byte n of a content is (7 n + 3) mod 256" },
    secret: bytesToHex(secret),
    epochKey: bytesToHex(epochKey),
    photo,
    blobs: sizes.flatMap((size) => [null, epochKey].map((key) => describe(size, key))),
    invalid: invalid(),
  };
}

function describe(size: number, key: EpochKey | null): Json {
  const content = madeUpContent(size);
  const hash = plainHash(content);
  const sealed = sealBlob(content, blobKey(secret, key, { kind: "original", photo, hash }));
  return {
    size,
    kind: "original",
    withEpoch: key !== null,
    hash: bytesToHex(hash),
    length: sealed.length,
    name: blobName(sealed),
    blob: size > 1000 ? null : bytesToHex(sealed),
  };
}

function invalid(): Json {
  const content = madeUpContent(500);
  const key = blobKey(secret, null, { kind: "original", photo, hash: plainHash(content) });
  const sealed = sealBlob(content, key);
  const flipped = sealed.slice();
  flipped[100] = (flipped[100] ?? 0) ^ 1;
  const cases: readonly (readonly [string, Uint8Array])[] = [
    ["nothing", new Uint8Array(0)],
    ["a flipped bit", flipped],
    ["a byte cut off", sealed.subarray(0, sealed.length - 1)],
    ["a chunk appended", concatBytes(sealed, sealed)],
  ];
  return cases.map(([name, blob]) => {
    if (openBlob(blob, key) !== null) throw new Error(`"${name}" opens`);
    return { name, kind: "original", hash: bytesToHex(plainHash(content)), blob: bytesToHex(blob) };
  });
}
