/**
 * The mark of recovery words that nobody has shown to be on paper: `meta` "words" → the words' key. The device that shows new
 * words sets it; it is cleared when these words come back (`checkWords` in `recovery-words.ts`).
 */
import { bytesToId, idToBytes, type DeviceId } from "@albumen/core/ids/ids.ts";
import type { Store, StoreWrite } from "@albumen/core/ports/store.ts";

const place = { table: "meta", key: "words" } as const;

/** The write that sets it, or clears it where `words` is null. */
export function wordsMarkWrite(words: DeviceId | null): StoreWrite {
  return { ...place, value: words === null ? null : idToBytes(words) };
}

/** The words that it is set for; null for none. */
export async function readWordsMark(store: Store): Promise<DeviceId | null> {
  return bytesToId("DeviceId", await store.get(place.table, place.key));
}
