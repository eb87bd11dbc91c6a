/** Everything that a page keeps in its browser, read through the page, as whoever has the profile can read it. */
import type { Page } from "playwright-core";

/** All keys and values of IndexedDB, localStorage and sessionStorage, one after the other. */
export async function readStorage(page: Page): Promise<Buffer> {
  const pieces = await page.evaluate(async () => {
    const found: string[] = [];
    const keepBytes = (bytes: Uint8Array): void => {
      let text = "";
      for (const byte of bytes) text += String.fromCharCode(byte);
      found.push(btoa(text));
    };
    const keep = (value: unknown): void => {
      if (value instanceof Uint8Array) keepBytes(value);
      else if (value instanceof ArrayBuffer) keepBytes(new Uint8Array(value));
      else if (value instanceof CryptoKey) keep(`${value.algorithm.name} ${value.extractable ? "extractable" : "kept"}`);
      else if (typeof value === "object" && value !== null)
        for (const [name, part] of Object.entries(value)) [name, part].map(keep);
      else keepBytes(new TextEncoder().encode(String(value)));
    };
    const resultOf = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error("IndexedDB failed"));
      });
    for (const { name = "" } of await indexedDB.databases()) {
      const db = await resultOf(indexedDB.open(name));
      for (const table of db.objectStoreNames) {
        const store = db.transaction(table).objectStore(table);
        const [keys, values] = await Promise.all([
          resultOf(store.getAllKeys()),
          resultOf(store.getAll() as IDBRequest<unknown[]>),
        ]);
        for (const part of [name, table, ...keys, ...values]) keep(part);
      }
      db.close();
    }
    for (const storage of [localStorage, sessionStorage]) keep({ ...storage });
    return found;
  });
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece, "base64")));
}

/** The store key that the browser keeps in the open, as the page itself could read it; the kept box where there is a passphrase. */
export async function readKeptKey(page: Page): Promise<Buffer> {
  const kept = await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open("albumen-key");
      request.onsuccess = () => resolve(request.result);
    });
    const record = await new Promise<{ wrapping: CryptoKey; iv: Uint8Array<ArrayBuffer>; wrapped: ArrayBuffer }>((resolve) => {
      const request = db.transaction("keys").objectStore("keys").get("store");
      request.onsuccess = () => resolve(request.result);
    });
    db.close();
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: record.iv }, record.wrapping, record.wrapped);
    return [...new Uint8Array(plain).subarray(1)];
  });
  return Buffer.from(kept);
}
