/**
 * The one door to Automerge. The slim build carries no WASM of its own, so that there is one copy of it per process and the
 * composition decides where its bytes come from: await `initializeDocuments` once before anything else of this room.
 */
import * as Automerge from "@automerge/automerge/slim";

export { Automerge };

/** Loads Automerge's WASM: its bytes, or an address a browser can fetch them from. Repeated calls do nothing. */
export async function initializeDocuments(wasm: Uint8Array | string): Promise<void> {
  if (!Automerge.isWasmInitialized()) await Automerge.initializeWasm(wasm);
}
