/**
 * What this browser keeps of the store key: the key in the open or under a passphrase (storage/kept-key.ts), after how many
 * minutes it locks by itself, both encrypted under an AES-GCM key that WebCrypto holds and gives to nobody, not even to this
 * page. It lies in a database of its own, so that deleting the library's data never leaves a key without its lock.
 *
 *   database NAME, object store "keys", key "store": { wrapping: CryptoKey (not extractable), iv: 12 bytes, wrapped }
 *   wrapped = AES-256-GCM(minutes, 0 for never (1) ‖ kept key (32 or 97))
 *
 * The first tab writes it; two tabs that start together end with the same key, because a new record is only ever added. Later it
 * is replaced in one transaction, by the tab that has the library open: it is the old record or the new one, never none.
 */
import { createStoreKey } from "../../storage/sealed-store.ts";
import type { Random } from "@albumen/core/ports/random.ts";
import { concatBytes } from "@albumen/core/primitives/bytes.ts";

/** What the record says. */
export interface KeyRecord {
  /** As storage/kept-key.ts reads it. */
  readonly kept: Uint8Array;
  /** Minutes without input after which the library locks by itself, 0 … 255; 0 for never. */
  readonly minutes: number;
}

/** The place of the record. */
export interface KeyPlace {
  /** The record, made with the first call. @throws Error where the browser keeps no keys. */
  readonly read: () => Promise<KeyRecord>;
  /** Replaces the record; it is durable when this resolves. @throws Error where that fails; the record is as it was then. */
  readonly write: (record: KeyRecord) => Promise<void>;
}

interface WrappedRecord {
  readonly wrapping: CryptoKey;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly wrapped: ArrayBuffer;
}

/** Minutes for a new record; they count once there is a passphrase. */
const usualMinutes = 15;

/** The place in the database `name`; nothing is opened yet. */
export function createKeyPlace(name: string, random: Random): KeyPlace {
  const within = async <T>(work: (db: IDBDatabase) => Promise<T>): Promise<T> => {
    const db = await openDatabase(name);
    try {
      return await work(db);
    } finally {
      db.close();
    }
  };
  const make = async (): Promise<WrappedRecord> => {
    const wrapping = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    return wrap({ kept: createStoreKey(random), minutes: usualMinutes }, wrapping, random);
  };
  return {
    read: () => within(async (db) => unwrap((await find(db)) ?? (await add(db, await make())))),
    write: (record) =>
      within(async (db) => {
        const found = await find(db);
        if (found === null) throw new Error("the key of this browser's store was removed meanwhile");
        const wrapped = await wrap(record, found.wrapping, random);
        const change = db.transaction("keys", "readwrite", { durability: "strict" });
        change.objectStore("keys").put(wrapped, "store");
        await endOf(change);
      }),
  };
}

async function wrap({ kept, minutes }: KeyRecord, wrapping: CryptoKey, random: Random): Promise<WrappedRecord> {
  const iv = new Uint8Array(random(12));
  const plain = new Uint8Array(concatBytes(new Uint8Array([minutes]), kept));
  return { wrapping, iv, wrapped: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, wrapping, plain) };
}

async function unwrap({ wrapping, iv, wrapped }: WrappedRecord): Promise<KeyRecord> {
  const plain = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, wrapping, wrapped));
  return { minutes: plain[0] ?? 0, kept: plain.slice(1) };
}

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("keys");
  return resultOf(request);
}

async function find(db: IDBDatabase): Promise<WrappedRecord | null> {
  const found: WrappedRecord | undefined = await resultOf(db.transaction("keys").objectStore("keys").get("store"));
  return found ?? null;
}

/** Adds `made`, or gives what another tab added meanwhile. */
async function add(db: IDBDatabase, made: WrappedRecord): Promise<WrappedRecord> {
  try {
    await resultOf(db.transaction("keys", "readwrite", { durability: "strict" }).objectStore("keys").add(made, "store"));
    return made;
  } catch {
    const other = await find(db);
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

function endOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("the browser's database failed"));
  });
}
