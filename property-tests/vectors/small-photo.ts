/** The one photo of the vectors: a file of 300 bytes that nobody decodes, announced with one blob. */
import { sealBlob } from "@albumen/core/crypto/blob.ts";
import { plainHash } from "@albumen/core/crypto/hash.ts";
import { blobKey, photoId } from "@albumen/core/crypto/keys.ts";
import { blobName } from "@albumen/core/crypto/verify.ts";
import { encodeAnnouncement } from "@albumen/core/facts/announcement.ts";
import type { IndexHash, PackId, PhotoId } from "@albumen/core/ids/ids.ts";
import type { Membership } from "@albumen/core/membership/membership.ts";
import { bytesToHex } from "@albumen/core/primitives/bytes.ts";
import type { EventText } from "./scribe.ts";

/** Byte n of a made-up content is (7 n + 3) mod 256. */
export function madeUpContent(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => 7 * at + 3);
}

/** The event that announces the photo to the members of the library. @throws where the library's secret is not held. */
export function announcePhoto({ secret }: Membership, pack: PackId): { readonly photo: PhotoId; readonly event: EventText } {
  if (secret === null) throw new Error("the library's secret is not held");
  const photo = photoId(secret, madeUpContent(300));
  const thumbnail = madeUpContent(1000);
  const hash = plainHash(thumbnail);
  const name = blobName(sealBlob(thumbnail, blobKey(secret, null, { kind: "thumbnail", photo, hash })));
  const blobs = [{ kind: "thumbnail", hash: bytesToHex(hash), epoch: null, name }] as const;
  const announcement = encodeAnnouncement([{ photo, pack, index: "f6".repeat(32) as IndexHash, file: "see.jpg", blobs }]);
  const event = { what: "import", at: 1_700_000_000_000, height: 1, body: { kind: "announcement", announcement } } as const;
  return { photo, event };
}
