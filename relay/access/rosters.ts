/**
 * The rosters of all libraries, evaluated from the membership records in the log and kept until another one comes.
 *
 * Who belongs to a library is core/roster's pure function; here it is only fed. What it may cost is bounded, because anybody
 * may found a library and write long statements into it: at most 200,000 ancestors are looked up, and at most 4,000,000 steps
 * taken back along chains; what lies beyond counts as not held. Honest rosters stay far below: ten records of a device that
 * was removed after 100,000 records take 1,000,000 steps.
 */
import type { DeviceId, LibraryId, RecordHash } from "@albumen/core/ids/ids.ts";
import { ok, type Result } from "@albumen/core/primitives/result.ts";
import { evaluateRoster, type MembershipRecord } from "@albumen/core/roster/roster.ts";
import { parseStatement } from "@albumen/core/roster/statement-codec.ts";
import { recordHash } from "@albumen/core/crypto/verify.ts";
import { parseRecord } from "@albumen/core/wire/record.ts";
import type { LogStore, LogStoreError } from "../log-store/log-store.ts";
import { createVerifyMemo } from "./verify-memo.ts";

/** What somebody is to a library. */
export type Role = "member" | "removed";

/** The part of a roster that the relay asks for. */
export interface Members {
  /** Everybody ever admitted. */
  readonly roleByDevice: ReadonlyMap<DeviceId, Role>;
  /** Those of them that are recovery words. */
  readonly words: ReadonlySet<DeviceId>;
  /** Membership records that count. */
  readonly counting: ReadonlySet<RecordHash>;
}

/** All rosters; null where the library has no valid `create` record. */
export interface Rosters {
  readonly of: (library: LibraryId) => Promise<Result<Members | null, LogStoreError>>;
  /** As if `record` were in the log. */
  readonly including: (library: LibraryId, record: MembershipRecord) => Promise<Result<Members | null, LogStoreError>>;
  /** Tells that `record` was appended. */
  readonly add: (library: LibraryId, record: MembershipRecord) => void;
}

interface Entry {
  readonly records: Map<RecordHash, MembershipRecord>;
  members: Promise<Result<Members | null, LogStoreError>> | null;
}

/** Libraries kept in memory. */
const capacity = 512;
const maximalAncestors = 200_000;
const maximalSteps = 4_000_000;

/** The rosters of the libraries in `store`. */
export function createRosters(store: LogStore): Rosters {
  const entries = new Map<LibraryId, Promise<Result<Entry, LogStoreError>>>();
  const evaluate = createEvaluation(store);
  const entryOf = (library: LibraryId): Promise<Result<Entry, LogStoreError>> => {
    const held = entries.get(library) ?? loadEntry(store, library);
    entries.delete(library);
    entries.set(library, held);
    if (entries.size > capacity) entries.delete(entries.keys().next().value ?? library);
    // A library that is not there, or could not be read, is looked up again next time.
    void held.then((entry) => {
      if ((!entry.ok || entry.value.records.size === 0) && entries.get(library) === held) entries.delete(library);
    });
    return held;
  };
  return {
    of: async (library) => {
      const entry = await entryOf(library);
      if (!entry.ok) return entry;
      entry.value.members ??= evaluate(library, [...entry.value.records.values()]);
      const members = await entry.value.members;
      if (!members.ok) entry.value.members = null;
      return members;
    },
    including: async (library, record) => {
      const entry = await entryOf(library);
      return entry.ok ? evaluate(library, [...entry.value.records.values(), record]) : entry;
    },
    add: (library, record) => {
      void entries.get(library)?.then((entry) => {
        if (!entry.ok) return;
        entry.value.records.set(record.hash, record);
        entry.value.members = null;
      });
    },
  };
}

async function loadEntry(store: LogStore, library: LibraryId): Promise<Result<Entry, LogStoreError>> {
  const loaded = await store.membership(library);
  if (!loaded.ok) return loaded;
  const records = new Map<RecordHash, MembershipRecord>();
  for (const bytes of loaded.value) {
    const parts = parseRecord(bytes);
    const statement = parts.ok && parts.value.publicPart !== null ? parseStatement(parts.value.publicPart.slice()) : null;
    if (!parts.ok || statement === null) continue;
    const { device, sequence } = parts.value.header;
    const hash = recordHash(bytes);
    records.set(hash, { device, sequence, hash, statement });
  }
  return ok({ records, members: null });
}

function createEvaluation(store: LogStore) {
  const verify = createVerifyMemo();
  return async (library: LibraryId, records: readonly MembershipRecord[]): Promise<Result<Members | null, LogStoreError>> => {
    const named = records.flatMap(({ statement }) =>
      statement.kind === "remove" ? statement.removed.flatMap(({ cutoff }) => cutoff.map((at) => at.hash)) : [],
    );
    const ancestors = await store.ancestors(library, [...new Set(named)], maximalAncestors);
    if (!ancestors.ok) return ancestors;
    let steps = 0;
    const previousOf = (hash: RecordHash): RecordHash | null =>
      ++steps > maximalSteps ? null : (ancestors.value.get(hash) ?? null);
    const roster = evaluateRoster(library, records, { verify, previousOf });
    if (roster === null) return ok(null);
    const roles = roster.members.map(({ device, removedBy }): [DeviceId, Role] => [
      device,
      removedBy === null ? "member" : "removed",
    ]);
    const words = roster.members.filter((member) => member.words).map((member) => member.device);
    return ok({ roleByDevice: new Map(roles), words: new Set(words), counting: roster.counting });
  };
}
