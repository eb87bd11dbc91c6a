/**
 * The vectors in v1/ are what the code makes today, byte for byte. Where a format changes on purpose they are written anew with
 * `ALBUMEN_WRITE_VECTORS=1 npx vitest run --project property property-tests/vectors`, and the difference is looked at.
 */
import { expect, test } from "vitest";
import { createBlobVectors } from "./blob-vectors.ts";
import { createInvalidVectors } from "./invalid-vectors.ts";
import { createKeyVectors } from "./key-vectors.ts";
import { createLibraryVectors } from "./library-vectors.ts";
import { createPairingVectors } from "./pairing-vectors.ts";
import { createRelayVectors } from "./relay-vectors.ts";
import { writeSmallLibrary } from "./small-library.ts";
import { type Json, readVectors, writeVectors } from "./vector-file.ts";

const writers: Readonly<Record<string, () => Json>> = {
  keys: createKeyVectors,
  library: () => createLibraryVectors(writeSmallLibrary()),
  "invalid-records": () => createInvalidVectors(writeSmallLibrary()),
  relay: () => createRelayVectors(writeSmallLibrary()),
  blobs: createBlobVectors,
  pairing: () => createPairingVectors(writeSmallLibrary()),
};

test.each(Object.keys(writers))("%s.json is what the code makes", (name) => {
  const made = writers[name]?.() ?? null;
  if (process.env["ALBUMEN_WRITE_VECTORS"] === "1") writeVectors(name, made);
  expect(readVectors(name)).toEqual(made);
});
