/**
 * The store key at rest: 32 random bytes, encrypted under an AES-GCM key that WebCrypto holds and gives to nobody, not even to
 * this page. Both lie in a database of their own, so that deleting the library's data never leaves a key without its lock.
 *
 *   database NAME, object store "keys", key "store": { wrapping: CryptoKey (not extractable), iv: 12 bytes, wrapped: 48 bytes }
 *
 * The first tab writes it; two tabs that start together end with the same key, because the record is only ever added.
 */
import type { Random } from "@albumen/core/ports/random.ts";
import { parseStoreKey, type StoreKey } from "../../storage/sealed-store.ts";

interface WrappedKey {
  readonly wrapping: CryptoKey;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly wrapped: ArrayBuffer;
}

/** The store key of this browser, made with the first call. @throws Error where the browser keeps no keys. */
export async function openStoreKey(name: string, random: Random): Promise<StoreKey> {
  const db = await openDatabase(name);
  try {
    const kept = (await read(db)) ?? (await keep(db, await wrapNewKey(random)));
    const { wrapping, iv, wrapped } = kept;
    const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, wrapping, wrapped);
    const key = parseStoreKey(new Uint8Array(bytes));
    if (key === null) throw new Error("the key of this browser's store is damaged");
    return key;
  } finally {
    db.close();
  }
}

async function wrapNewKey(random: Random): Promise<WrappedKey> {
  const wrapping = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = new Uint8Array(random(12));
  const wrapped = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, wrapping, new Uint8Array(random(32)));
  return { wrapping, iv, wrapped };
}

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("keys");
  return resultOf(request);
}

async function read(db: IDBDatabase): Promise<WrappedKey | null> {
  const found: WrappedKey | undefined = await resultOf(db.transaction("keys").objectStore("keys").get("store"));
  return found ?? null;
}

/** Adds `made`, or gives what another tab added meanwhile. */
async function keep(db: IDBDatabase, made: WrappedKey): Promise<WrappedKey> {
  try {
    await resultOf(db.transaction("keys", "readwrite", { durability: "strict" }).objectStore("keys").add(made, "store"));
    return made;
  } catch {
    const other = await read(db);
    if (other === null)
      throw new Error("this browser cannot keep the key of the store: is it a private window, or is the disk full?");
    return other;
  }
}

function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the browser's database failed"));
  });
}
