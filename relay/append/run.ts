/** A run: records that were admitted and enter the log together, in one transaction; then the rosters hear of them. */
import type { LibraryId, RecordHash } from "@albumen/core/ids/ids.ts";
import type { Statement } from "@albumen/core/roster/statement.ts";
import type { AppendOutcome, RelayError } from "@albumen/core/wire/relay-api.ts";
import { consentingKeys } from "../log-store/consenting-keys.ts";
import type { Rosters } from "../access/rosters.ts";
import type { LogEntry, LogOutcome, LogStore } from "../log-store/log-store.ts";
import { storeRefusal } from "../refusal.ts";
import type { Candidate } from "./authentic.ts";
import { refusedOutcome } from "./upload.ts";

/** How a record was admitted; `statement` is null for content and for what this relay does not understand. */
export interface Admitted {
  readonly aside: boolean;
  readonly statement: Statement | null;
}

/** The run of one upload. */
export interface Run {
  readonly has: (hash: RecordHash) => boolean;
  readonly add: (candidate: Candidate, how: Admitted) => void;
  /** Writes what was added and settles its outcomes; the refusal where the log failed. */
  readonly flush: () => Promise<RelayError | null>;
}

/** Where a run goes. */
export interface RunContext {
  readonly library: LibraryId;
  readonly logStore: LogStore;
  readonly rosters: Rosters;
}

interface Pending {
  readonly index: number;
  readonly entry: LogEntry;
  readonly statement: Statement | null;
}

/** An empty run; what became of each record is written into `outcomes`. */
export function createRun({ library, logStore, rosters }: RunContext, outcomes: (AppendOutcome | undefined)[]): Run {
  let pending: Pending[] = [];
  return {
    has: (hash) => pending.some(({ entry }) => entry.hash === hash),
    add: ({ index, hash, bytes, parts }, { aside, statement }) => {
      const { device, sequence, previous, kind } = parts.header;
      const admits = statement === null ? [] : consentingKeys(library, device, statement);
      pending.push({ index, entry: { hash, device, sequence, previous, kind, aside, admits, bytes }, statement });
    },
    flush: async () => {
      const written = pending;
      pending = [];
      if (written.length === 0) return null;
      const appended = await logStore.append(
        library,
        written.map(({ entry }) => entry),
      );
      if (!appended.ok) return storeRefusal(appended.error);
      written.forEach(({ index }, at) => {
        outcomes[index] = toOutcome(appended.value[at]);
      });
      const stored = written.filter((_, at) => appended.value[at]?.outcome !== "refused");
      rosters.noteAppended(
        library,
        stored.map(({ entry }) => entry.hash),
        stored.flatMap(({ entry: { device, sequence, hash }, statement }) =>
          statement === null ? [] : [{ device, sequence, hash, statement }],
        ),
      );
      return null;
    },
  };
}

function toOutcome(outcome: LogOutcome | undefined): AppendOutcome {
  if (outcome === undefined) return refusedOutcome("the log did not answer for it");
  switch (outcome.outcome) {
    case "stored":
    case "duplicate":
    case "forked":
      return { outcome: outcome.outcome, sequence: outcome.place, reason: null };
    case "refused":
      return refusedOutcome(reasons[outcome.why]);
  }
}

const reasons = {
  "too-many-forks": "four other records stand at its place in its device's chain",
  "too-many-aside": "a removed key sets aside no more than 64 records",
} as const;
