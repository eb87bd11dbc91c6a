/** Removing databases from this browser. */

/** Removes them one after the other. @throws Error where the browser refuses; those before are gone then. */
export async function eraseDatabases(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.deleteDatabase(name);
      request.onsuccess = () => resolve();
      request.onerror = () => reject(request.error ?? new Error(`the browser could not remove the database ${name}`));
    });
  }
}
