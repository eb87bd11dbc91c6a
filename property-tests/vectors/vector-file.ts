/** Vectors as files: JSON, two spaces, written by a program and compared by a test. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** What a file of vectors holds. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const folder = new URL("./v1/", import.meta.url);

/** The vectors in the file `name`; null where there is none. */
export function readVectors(name: string): Json {
  const path = new URL(`${name}.json`, folder);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Json) : null;
}

/** Writes them. */
export function writeVectors(name: string, vectors: Json): void {
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(vectors, null, 2)}\n`);
}
