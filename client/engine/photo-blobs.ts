/** Photo blobs: the parts of a photo as they travel, sealed for the members and named by their ciphertext. */
import { openBlob, sealBlob } from "@albumen/core/crypto/blob.ts";
import { plainHash } from "@albumen/core/crypto/hash.ts";
import { blobKey, type LibrarySecret } from "@albumen/core/crypto/keys.ts";
import { blobName } from "@albumen/core/crypto/verify.ts";
import type { AnnouncedBlob, BlobKind } from "@albumen/core/facts/announcement.ts";
import type { PhotoId } from "@albumen/core/ids/ids.ts";
import { bytesToHex, hexToBytes } from "@albumen/core/primitives/bytes.ts";

/** A sealed blob and how an announcement names it. */
export interface SealedBlob {
  readonly announced: AnnouncedBlob;
  readonly ciphertext: Uint8Array;
}

/** `content` of `photo`, sealed: the same content gives the same ciphertext on every device of the library. */
export function sealPhotoBlob(secret: LibrarySecret, photo: PhotoId, kind: BlobKind, content: Uint8Array): SealedBlob {
  const hash = plainHash(content);
  const ciphertext = sealBlob(content, blobKey(secret, null, { kind, photo, hash }));
  return { ciphertext, announced: { kind, hash: bytesToHex(hash), epoch: null, name: blobName(ciphertext) } };
}

/** The content that `announced` promises, or null where `ciphertext` is anything else. */
export function openPhotoBlob(
  secret: LibrarySecret,
  photo: PhotoId,
  announced: AnnouncedBlob,
  ciphertext: Uint8Array,
): Uint8Array | null {
  const hash = hexToBytes(announced.hash);
  // A blob sealed under an epoch's key is one of a newer version: nothing here writes them yet.
  if (hash === null || announced.epoch !== null) return null;
  const content = openBlob(ciphertext, blobKey(secret, null, { kind: announced.kind, photo, hash }));
  return content !== null && bytesToHex(plainHash(content)) === announced.hash ? content : null;
}
