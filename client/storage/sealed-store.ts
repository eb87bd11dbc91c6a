/**
 * A store whose values are encrypted at rest, around any other store. Keys and sizes stay visible to whoever reads the disk;
 * the engine uses only hashes, ids and fixed words as keys.
 *
 *   stored value = nonce (24) ‖ XChaCha20-Poly1305(value, associated data = table ‖ "/" ‖ key)
 *
 * A value that was damaged, moved to another key, or sealed under another store key is an exception that names table and key:
 * it is no expected failure, and nothing of its content may leave the store in words.
 */
import { createNonces, nonceBytes, openAead, sealAead } from "@albumen/core/crypto/aead.ts";
import type { Random } from "@albumen/core/ports/random.ts";
import type { Store, StoreTable } from "@albumen/core/ports/store.ts";
import type { Brand } from "@albumen/core/primitives/brand.ts";
import { concatBytes, utf8 } from "@albumen/core/primitives/bytes.ts";

/** The key under which a device's store is encrypted; 32 bytes. */
export type StoreKey = Brand<Uint8Array, "StoreKey">;

/** `bytes` as a store key, or null where they are not 32. */
export function parseStoreKey(bytes: Uint8Array): StoreKey | null {
  return bytes.length === 32 ? (bytes as StoreKey) : null;
}

/** A fresh store key. */
export function createStoreKey(random: Random): StoreKey {
  return random(32) as StoreKey;
}

/** `inner` with every value sealed under `key`. */
export function createSealedStore(inner: Store, key: StoreKey, random: Random): Store {
  const nextNonce = createNonces(random);
  const seal = (table: StoreTable, name: string, value: Uint8Array): Uint8Array => {
    const nonce = nextNonce();
    return concatBytes(nonce, sealAead(value, placeOf(table, name), nonce, key));
  };
  const open = (table: StoreTable, name: string, sealed: Uint8Array): Uint8Array => {
    const value = openAead(sealed.subarray(nonceBytes), placeOf(table, name), sealed.subarray(0, nonceBytes), key);
    if (value === null)
      throw new Error(`the stored value "${name}" of the table "${table}" is damaged or belongs to another store key`);
    return value;
  };
  return {
    get: async (table, name) => {
      const sealed = await inner.get(table, name);
      return sealed === null ? null : open(table, name, sealed);
    },
    keys: inner.keys,
    entries: async (table, range) =>
      (await inner.entries(table, range)).map(([name, sealed]) => [name, open(table, name, sealed)]),
    write: (writes) =>
      inner.write(
        writes.map(({ table, key: name, value }) => ({
          table,
          key: name,
          value: value === null ? null : seal(table, name, value),
        })),
      ),
    close: inner.close,
  };
}

function placeOf(table: StoreTable, key: string): Uint8Array {
  return utf8(`${table}/${key}`);
}
