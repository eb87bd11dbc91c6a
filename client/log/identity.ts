/**
 * Identity: which device of which library this store belongs to, and the secrets that make it so. One value in the store's
 * `meta` table, canonical CBOR { v: 1, library, relay, name, signingSeed, sealingSeed }; the store encrypts it at rest.
 */
import { seedsToMemberKeys, type MemberKeys } from "@albumen/core/crypto/keys.ts";
import { bytesToId, idToBytes, type LibraryId } from "@albumen/core/ids/ids.ts";
import type { Store, StoreWrite } from "@albumen/core/ports/store.ts";
import { decodeCbor, encodeCbor, hasKeys } from "@albumen/core/primitives/cbor.ts";

/** What a device keeps of itself. */
export interface Identity {
  readonly library: LibraryId;
  /** Address without a slash at its end. */
  readonly relay: string;
  readonly name: string;
  /** 32 bytes each; the key pairs follow from them. */
  readonly signingSeed: Uint8Array;
  readonly sealingSeed: Uint8Array;
}

const identityKey = "identity";

/** The write that keeps `identity`. */
export function identityWrite(identity: Identity): StoreWrite {
  const { library, relay, name, signingSeed, sealingSeed } = identity;
  const value = encodeCbor({ v: 1, library: idToBytes(library), relay, name, signingSeed, sealingSeed });
  return { table: "meta", key: identityKey, value };
}

/** The identity in the store; null where it is empty. @throws Error where the value is damaged. */
export async function readIdentity(store: Store): Promise<Identity | null> {
  const bytes = await store.get("meta", identityKey);
  if (bytes === null) return null;
  const decoded = decodeCbor(bytes);
  const map = decoded.ok ? decoded.value : null;
  if (!hasKeys(map, ["v", "library", "relay", "name", "signingSeed", "sealingSeed"])) throw damagedIdentity();
  const { relay, name, signingSeed, sealingSeed } = map;
  const library = bytesToId("LibraryId", map.library);
  if (library === null || typeof relay !== "string" || typeof name !== "string") throw damagedIdentity();
  if (!(signingSeed instanceof Uint8Array) || !(sealingSeed instanceof Uint8Array)) throw damagedIdentity();
  return { library, relay, name, signingSeed, sealingSeed };
}

/** The key pairs of an identity. */
export function identityKeys(identity: Pick<Identity, "signingSeed" | "sealingSeed">): MemberKeys {
  return seedsToMemberKeys(identity.signingSeed, identity.sealingSeed);
}

function damagedIdentity(): Error {
  return new Error(
    "the identity in this device's store is damaged: restore the folder from a backup, or join again from another device",
  );
}
