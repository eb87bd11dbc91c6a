/** An upload on its way: its records taken apart, and what is known of each so far. */
import { recordHash } from "@albumen/core/crypto/verify.ts";
import type { LibraryId } from "@albumen/core/ids/ids.ts";
import { ok, type Result } from "@albumen/core/primitives/result.ts";
import type { AppendOutcome } from "@albumen/core/wire/relay-api.ts";
import { parseRecord } from "@albumen/core/wire/record.ts";
import type { Caller } from "../access/caller.ts";
import type { LogStore, LogStoreError } from "../log-store/log-store.ts";
import type { Candidate } from "./authentic.ts";

/** One upload. */
export interface Upload {
  readonly library: LibraryId;
  /** Null where it came without a session. */
  readonly caller: Caller | null;
  /** Whose rate of membership records without session it counts for. */
  readonly address: string;
  readonly records: readonly Uint8Array[];
}

/** An upload taken apart. */
export interface SortedUpload {
  /** The well-formed ones that could belong here, in order. */
  readonly candidates: readonly Candidate[];
  /** By position in the upload; what is still open is filled in later. */
  readonly outcomes: (AppendOutcome | undefined)[];
}

/** The outcome of a record that is not taken. */
export function refusedOutcome(reason: string): AppendOutcome {
  return { outcome: "refused", sequence: null, reason };
}

/** Takes `upload` apart: settles what is malformed, foreign or held already. */
export async function sortUpload(upload: Upload, store: LogStore): Promise<Result<SortedUpload, LogStoreError>> {
  const hashes = upload.records.map(recordHash);
  const places = await store.places(upload.library, hashes);
  if (!places.ok) return places;
  const candidates: Candidate[] = [];
  const outcomes = upload.records.map((bytes, index): AppendOutcome | undefined => {
    const parts = parseRecord(bytes);
    if (!parts.ok) return refusedOutcome(parts.error.reason);
    const hash = hashes[index] ?? recordHash(bytes);
    const place = places.value[index] ?? null;
    const { kind, library } = parts.value.header;
    const founds = library === null && kind === "membership" && (hash as string) === upload.library;
    if (library !== upload.library && !founds) return refusedOutcome("it belongs to another library");
    if (upload.caller === null && kind === "content") return refusedOutcome("records with content need a session");
    candidates.push({ index, hash, bytes, parts: parts.value, held: place !== null });
    return place === null ? undefined : { outcome: "duplicate", sequence: place, reason: null };
  });
  return ok({ candidates, outcomes });
}
