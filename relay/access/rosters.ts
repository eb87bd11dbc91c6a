/**
 * The rosters of all libraries, evaluated from the membership records in the log and kept until one comes that changes who
 * belongs, or a record that a cut-off leads to and that was missing.
 *
 * Who belongs to a library is core/roster's pure function; here it is only fed. What it may cost is bounded, because anybody
 * may found a library and write long statements into it: at most 20,000 hashes of cut-offs and what is before them are looked
 * up; what lies beyond counts as not held. An honest roster needs a few for each removal, whatever was written in between.
 */
import type { DeviceId, LibraryId, RecordHash } from "@albumen/core/ids/ids.ts";
import { ok, type Result } from "@albumen/core/primitives/result.ts";
import { evaluateRoster, type MembershipRecord, type Roster } from "@albumen/core/roster/roster.ts";
import { parseStatement } from "@albumen/core/roster/statement-codec.ts";
import { recordHash } from "@albumen/core/crypto/verify.ts";
import { parseRecord } from "@albumen/core/wire/record.ts";
import type { LogStore, LogStoreError } from "../log-store/log-store.ts";
import { createVerifyMemo } from "./verify-memo.ts";

/** What somebody is to a library. */
export type Role = "member" | "removed";

/** Who belongs to a library, as far as the relay asks. */
export interface Members {
  /** Everybody ever admitted. */
  readonly roleByDevice: ReadonlyMap<DeviceId, Role>;
  /** Those of them that are recovery words. */
  readonly words: ReadonlySet<DeviceId>;
}

/** Who would belong, and which membership records would count. */
export interface WouldBe extends Members {
  readonly counting: ReadonlySet<RecordHash>;
}

/** A membership record that is not in the log yet. */
export interface NewRecord extends MembershipRecord {
  /** The record before it in its device's chain. */
  readonly previous: RecordHash | null;
}

/** All rosters; null where the library has no valid `create` record. */
export interface Rosters {
  readonly of: (library: LibraryId) => Promise<Result<Members | null, LogStoreError>>;
  /** As if `records` were in the log. */
  readonly including: (library: LibraryId, records: readonly NewRecord[]) => Promise<Result<WouldBe | null, LogStoreError>>;
  /** Tells that these were appended, and which membership records are among them. */
  readonly noteAppended: (library: LibraryId, hashes: readonly RecordHash[], records: readonly MembershipRecord[]) => void;
}

interface Evaluated {
  readonly wouldBe: WouldBe | null;
  /** Hashes that cut-offs lead to and that are not held. */
  readonly missing: ReadonlySet<RecordHash>;
}

type Evaluating = Promise<Result<Evaluated, LogStoreError>>;

interface Entry {
  readonly records: Map<RecordHash, MembershipRecord>;
  evaluated: Evaluating | null;
  missing: ReadonlySet<RecordHash>;
}

/** Libraries kept in memory. */
const capacity = 512;
const maximalSteps = 20_000;

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
      entry.value.evaluated ??= evaluate(library, [...entry.value.records.values()], []);
      const evaluated = await entry.value.evaluated;
      if (!evaluated.ok) entry.value.evaluated = null;
      else entry.value.missing = evaluated.value.missing;
      return evaluated.ok ? ok(evaluated.value.wouldBe) : evaluated;
    },
    including: async (library, records) => {
      const entry = await entryOf(library);
      if (!entry.ok) return entry;
      const evaluated = await evaluate(library, [...entry.value.records.values()], records);
      return evaluated.ok ? ok(evaluated.value.wouldBe) : evaluated;
    },
    noteAppended: (library, hashes, records) => {
      void entries.get(library)?.then((entry) => {
        if (!entry.ok) return;
        for (const record of records) entry.value.records.set(record.hash, record);
        const fillsGap = entry.value.missing.size > 0 && hashes.some((hash) => entry.value.missing.has(hash));
        if (fillsGap || records.some(movesSomebody)) entry.value.evaluated = null;
      });
    },
  };
}

/** Whether a membership record can change who belongs: the others only pass keys on, or let content count. */
function movesSomebody({ statement }: MembershipRecord): boolean {
  switch (statement.kind) {
    case "create":
    case "add":
    case "remove":
      return true;
    case "rotate":
    case "seal":
    case "ask":
    case "keep":
      return false;
  }
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
  return ok({ records, evaluated: null, missing: new Set() });
}

function createEvaluation(store: LogStore) {
  const verify = createVerifyMemo();
  return async (library: LibraryId, held: readonly MembershipRecord[], more: readonly NewRecord[]): Evaluating => {
    const records = [...held, ...more];
    const named = records.flatMap(({ statement }) =>
      statement.kind === "remove" ? statement.removed.flatMap(({ cutoff }) => cutoff.map((at) => at.hash)) : [],
    );
    const before = await store.membershipBefore(library, [...new Set([...named, ...more.flatMap(previousHash)])], maximalSteps);
    if (!before.ok) return before;
    // Content does not matter here: from each record the walk goes straight to the membership record before it.
    const links = new Map([...before.value, ...more.map(({ hash, previous }) => [hash, previous] as const)]);
    const reached = [...named, ...links.values()].filter((hash) => hash !== null);
    const missing = new Set(reached.filter((hash) => !links.has(hash)));
    const roster = evaluateRoster(library, records, { verify, previousOf: (hash) => links.get(hash) ?? null });
    return ok({ wouldBe: roster === null ? null : toWouldBe(roster), missing });
  };
}

function previousHash({ previous }: NewRecord): readonly RecordHash[] {
  return previous === null ? [] : [previous];
}

function toWouldBe({ members, counting }: Roster): WouldBe {
  const roleByDevice = members.map(({ device, removedBy }): [DeviceId, Role] => [
    device,
    removedBy === null ? "member" : "removed",
  ]);
  const words = members.filter((member) => member.words).map(({ device }) => device);
  return { roleByDevice: new Map(roleByDevice), words: new Set(words), counting };
}
