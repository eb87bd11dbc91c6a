/** Loads Automerge's WASM for tests in Node. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { initializeDocuments } from "@albumen/core/documents/automerge.ts";

await initializeDocuments(readFileSync(createRequire(import.meta.url).resolve("@automerge/automerge/automerge.wasm")));
