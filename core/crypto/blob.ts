/**
 * Blobs: photos' parts, encrypted so that the ciphertext is deterministic, ranged and resumable.
 *
 *   padded = length (8, big-endian) ‖ content ‖ zeros up to the PADMÉ length
 *   chunks = padded cut every 64 KiB, each XChaCha20-Poly1305-IETF under the blob's key,
 *            nonce = chunk index (8, big-endian) ‖ last flag (1) ‖ zeros (15), no associated data
 *
 * A blob's key comes from kind, photo and plaintext hash, so a nonce never meets two plaintexts; the last flag makes
 * truncation and reordering evident.
 */
import { bytesToU64, concatBytes, u64ToBytes } from "../primitives/bytes.ts";
import { padmeLength } from "../primitives/padme.ts";
import { nonceBytes, openAead, sealAead } from "./aead.ts";
import type { BlobKey } from "./keys.ts";

/** Plaintext bytes per chunk; a chunk's ciphertext is 16 longer. */
export const blobChunkBytes = 65_536;

const empty = new Uint8Array(0);

/** The ciphertext of `content`. */
export function sealBlob(content: Uint8Array, key: BlobKey): Uint8Array {
  const padded = new Uint8Array(padmeLength(8 + content.length));
  padded.set(u64ToBytes(content.length));
  padded.set(content, 8);
  const count = Math.ceil(padded.length / blobChunkBytes);
  const chunks = Array.from({ length: count }, (_, index) => {
    const chunk = padded.subarray(index * blobChunkBytes, (index + 1) * blobChunkBytes);
    return sealAead(chunk, empty, chunkNonce(index, index === count - 1), key);
  });
  return concatBytes(...chunks);
}

/** The content, or null where any byte of `ciphertext` is not what was sealed under `key`. */
export function openBlob(ciphertext: Uint8Array, key: BlobKey): Uint8Array | null {
  const sealedChunk = blobChunkBytes + 16;
  const count = Math.ceil(ciphertext.length / sealedChunk);
  const chunks: Uint8Array[] = [];
  for (let index = 0; index < count; index++) {
    const chunk = ciphertext.subarray(index * sealedChunk, (index + 1) * sealedChunk);
    const opened = openAead(chunk, empty, chunkNonce(index, index === count - 1), key);
    if (opened === null) return null;
    chunks.push(opened);
  }
  const padded = concatBytes(...chunks);
  const length = bytesToU64(padded);
  if (length === null || padded.length !== padmeLength(8 + length)) return null;
  return padded.slice(8, 8 + length);
}

function chunkNonce(index: number, last: boolean): Uint8Array {
  const nonce = new Uint8Array(nonceBytes);
  nonce.set(u64ToBytes(index));
  nonce[8] = last ? 1 : 0;
  return nonce;
}
