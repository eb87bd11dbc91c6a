/**
 * Staging: what is checked of untrusted bytes before anything is kept: size and layout, library, authenticity. A record is
 * authentic iff its own signature is its device's, or an authentic later record of its device chains to it; so the tip of a run is
 * verified and the rest is hashed. Who belongs to the library is no question here: the roster filters, it never refuses.
 */
import { isSignatureValid } from "@albumen/core/crypto/record-seal.ts";
import { recordHash } from "@albumen/core/crypto/verify.ts";
import type { DeviceId, LibraryId, RecordHash } from "@albumen/core/ids/ids.ts";
import { parseStatement } from "@albumen/core/roster/statement-codec.ts";
import type { Chains } from "@albumen/core/sync/chains.ts";
import { parseRecord, type RecordParts } from "@albumen/core/wire/record.ts";
import type { QuarantineView } from "./api.ts";

/** A record whose authenticity was checked, not yet durable. */
export interface StagedRecord {
  readonly hash: RecordHash;
  readonly bytes: Uint8Array;
  readonly parts: RecordParts;
}

/** Outcome of staging a batch. */
export interface Staged {
  /** New and authentic, in the order given. */
  readonly accepted: readonly StagedRecord[];
  readonly duplicates: number;
  readonly refused: readonly QuarantineView[];
  /** Whether an accepted record chains to one that was refused in an earlier batch: shown again it would be accepted. */
  readonly vouchesForRefused: boolean;
}

/** Most records of strangers that are held. */
const maximalStrangers = 1000;

/** What staging compares with. */
export interface StagingContext {
  readonly library: LibraryId;
  /** The records held. */
  readonly held: { readonly has: (hash: RecordHash) => boolean };
  readonly chains: Pick<Chains, "isFollowed">;
  /** Null while nobody is known: before the library's first record. */
  readonly isKnown: ((device: DeviceId) => boolean) | null;
  /** Records of strangers that are held. */
  readonly strangers: number;
  /** What was refused before; grows to 1,000 entries. */
  readonly refused: Map<string, QuarantineView>;
}

interface Candidate extends StagedRecord {
  authentic: boolean;
}

/** Checks `records` and changes nothing but `context.refused`. */
export function stageBatch(records: readonly Uint8Array[], context: StagingContext): Staged {
  const candidates = new Map<RecordHash, Candidate>();
  const refused: QuarantineView[] = [];
  let duplicates = 0;
  const refuse = (hash: RecordHash, device: DeviceId | null, reason: string): void => {
    refused.push({ id: hash, device, reason });
    // Bounded: a relay that sends rubbish without end fills no memory with it.
    if (context.refused.size < 1000) context.refused.set(hash, { id: hash, device, reason });
  };
  for (const bytes of records) {
    const hash = recordHash(bytes);
    if (context.held.has(hash) || candidates.has(hash)) {
      duplicates++;
      continue;
    }
    const parts = parseRecord(bytes);
    if (!parts.ok) refuse(hash, null, parts.error.reason);
    else if ((parts.value.header.library ?? hash) !== context.library)
      refuse(hash, parts.value.header.device, "it belongs to another library");
    else candidates.set(hash, { hash, bytes, parts: parts.value, authentic: false });
  }
  authenticate(candidates, context.chains);
  const accepted: StagedRecord[] = [];
  const isStranger = findStrangers(candidates.values(), context.isKnown);
  let { strangers } = context;
  for (const candidate of candidates.values()) {
    if (candidate.authentic && isStranger(candidate) && ++strangers > maximalStrangers) {
      refuse(
        candidate.hash,
        candidate.parts.header.device,
        "nobody of this library knows its device, and too many such records are held",
      );
    } else if (candidate.authentic) {
      accepted.push(candidate);
      context.refused.delete(candidate.hash);
    } else
      refuse(candidate.hash, candidate.parts.header.device, "its signature is not its device's, or a byte of it was changed");
  }
  const vouchesForRefused = accepted.some(({ parts: { header } }) => {
    return header.previous !== null && context.refused.has(header.previous) && !candidates.has(header.previous);
  });
  return { accepted, duplicates, refused, vouchesForRefused };
}

/**
 * Records of keys that the roster never admitted and that nobody known admits in the same batch. A relay passes on none; one that
 * invents keys may not fill this device with what they sign. Who is admitted later comes again: the log then reads otherwise.
 */
function findStrangers(
  candidates: Iterable<Candidate>,
  isKnown: ((device: DeviceId) => boolean) | null,
): (candidate: Candidate) => boolean {
  if (isKnown === null) return () => false;
  const added = new Set<DeviceId>();
  for (const { authentic, parts } of candidates) {
    const { device } = parts.header;
    const statement = authentic && parts.publicPart !== null ? parseStatement(parts.publicPart) : null;
    if (statement?.kind === "add" && (isKnown(device) || added.has(device))) added.add(statement.device);
  }
  return ({ parts: { header } }) => !isKnown(header.device) && !added.has(header.device);
}

/**
 * Verifies the tips of runs and hashes the rest: newest first, so that each record is judged after all that may follow it. A
 * device vouches for the records of its own chain and for nobody else's.
 */
function authenticate(candidates: ReadonlyMap<RecordHash, Candidate>, chains: Pick<Chains, "isFollowed">): void {
  const newestFirst = [...candidates.values()].sort((a, b) => b.parts.header.sequence - a.parts.header.sequence);
  for (const candidate of newestFirst) {
    const { hash, parts } = candidate;
    const { device, sequence, previous } = parts.header;
    candidate.authentic ||= chains.isFollowed({ device, sequence, hash }) || isSignatureValid(parts);
    const before = candidate.authentic && previous !== null ? candidates.get(previous) : undefined;
    const place = before?.parts.header;
    if (before !== undefined && place?.device === device && place.sequence === sequence - 1) before.authentic = true;
  }
}
