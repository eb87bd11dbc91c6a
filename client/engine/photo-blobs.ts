/** Photo blobs: the parts of a photo as they travel, sealed for the members and named by their ciphertext. */
import { openBlob, sealBlob } from "@albumen/core/crypto/blob.ts";
import { plainHash } from "@albumen/core/crypto/hash.ts";
import { blobKey, type EpochKey, type LibrarySecret } from "@albumen/core/crypto/keys.ts";
import { blobName } from "@albumen/core/crypto/verify.ts";
import type { AnnouncedBlob, BlobKind } from "@albumen/core/facts/announcement.ts";
import type { EpochId, PhotoId } from "@albumen/core/ids/ids.ts";
import { bytesToHex, hexToBytes } from "@albumen/core/primitives/bytes.ts";
import type { BlobSecrets } from "./blob-secrets.ts";

/** A sealed blob and how an announcement names it. */
export interface SealedBlob {
  readonly announced: AnnouncedBlob;
  readonly ciphertext: Uint8Array;
}

/** `content` of `photo`, sealed: the same content gives the same ciphertext on every device of the library. */
export function sealPhotoBlob({ secret, epoch }: BlobSecrets, photo: PhotoId, kind: BlobKind, content: Uint8Array): SealedBlob {
  const hash = plainHash(content);
  const ciphertext = sealBlob(content, blobKey(secret, epoch?.key ?? null, { kind, photo, hash }));
  return { ciphertext, announced: { kind, hash: bytesToHex(hash), epoch: epoch?.id ?? null, name: blobName(ciphertext) } };
}

/** The content that `announced` promises, or null where `ciphertext` is anything else or the key of its epoch is not here. */
export function openPhotoBlob(
  { secret, keys }: { readonly secret: LibrarySecret; readonly keys: ReadonlyMap<EpochId, EpochKey> },
  photo: PhotoId,
  announced: AnnouncedBlob,
  ciphertext: Uint8Array,
): Uint8Array | null {
  const hash = hexToBytes(announced.hash);
  const epochKey = announced.epoch === null ? null : keys.get(announced.epoch);
  if (hash === null || epochKey === undefined) return null;
  const content = openBlob(ciphertext, blobKey(secret, epochKey, { kind: announced.kind, photo, hash }));
  return content !== null && bytesToHex(plainHash(content)) === announced.hash ? content : null;
}
