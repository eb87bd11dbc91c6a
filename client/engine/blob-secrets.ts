/** Blob secrets: with what the parts of photos are sealed, before and after somebody was removed. */
import type { EpochKey, LibrarySecret } from "@albumen/core/crypto/keys.ts";
import type { EpochId } from "@albumen/core/ids/ids.ts";
import { writableEpoch } from "@albumen/core/membership/membership.ts";
import { ok, type Result } from "@albumen/core/primitives/result.ts";
import type { WriteError } from "../log/api.ts";
import { rotateIfNeeded } from "../log/authority.ts";
import type { EncryptedLog } from "../log/log.ts";

/** What a library's blobs are sealed with: its secret, and since the first removal the key of an epoch as well. */
export interface BlobSecrets {
  readonly secret: LibrarySecret;
  readonly epoch: { readonly id: EpochId; readonly key: EpochKey } | null;
}

/**
 * What to seal blobs with now; null while the library's secret has not arrived. A removed device knows the secret, so what is
 * written after a removal takes the key of an epoch that the removed device cannot open.
 */
export function blobSecrets(log: EncryptedLog): Promise<Result<BlobSecrets | null, WriteError>> {
  return log.exclusive(async () => {
    const { secret, roster } = log.membership();
    if (secret === null) return ok(null);
    if (roster.members.every((member) => member.removedBy === null)) return ok({ secret, epoch: null });
    const rotated = await rotateIfNeeded(log);
    if (!rotated.ok) return rotated;
    const id = writableEpoch(log.membership());
    const key = id === null ? undefined : log.membership().keys.get(id);
    if (id === null || key === undefined) throw new Error("a device that rotated can write under no epoch");
    return ok({ secret, epoch: { id, key } });
  });
}
