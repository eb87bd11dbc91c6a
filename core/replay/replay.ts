/**
 * Replay: from the set of verified records to what holds. It knows nothing of index records: people, albums and everything
 * shown are computed from its result.
 */
import { greatestAssertion } from "../facts/assertion.ts";
import type { VerifiedRecord } from "../facts/verified-record.ts";
import { parseId, type DeviceId, type PackId } from "../ids/ids.ts";
import { choosePhotos, type CanonicalPhoto, type IndexMismatch } from "./announced-photos.ts";
import { findDeleted, type DeletedEntities } from "./deleted.ts";
import { createEventLog, type EventLog } from "./event-log.ts";
import { createLiveFacts, type LiveFacts } from "./live-facts.ts";

/** What replay is computed from. */
export interface ReplayInput {
  readonly records: readonly VerifiedRecord[];
  readonly isVoid: (record: VerifiedRecord) => boolean;
  readonly seniority: (device: DeviceId) => number;
}

/** What holds. */
export interface Replay {
  readonly log: EventLog;
  readonly live: LiveFacts;
  /** By id; purged ones left out. */
  readonly photos: readonly CanonicalPhoto[];
  readonly mismatches: readonly IndexMismatch[];
  readonly deleted: DeletedEntities;
}

/** Replays the records. */
export function replayRecords({ records, isVoid, seniority }: ReplayInput): Replay {
  const log = createEventLog(records, isVoid);
  const live = createLiveFacts(log);
  const choice = { pack: libraryPack(live), seniority, settled: live.ofKind("settleIndex") };
  const { photos, mismatches } = choosePhotos(log.events, choice);
  const deleted = findDeleted(log, live, photos);
  return { log, live, photos: photos.filter((photo) => !deleted.photos.has(photo.id)), mismatches, deleted };
}

function libraryPack(live: LiveFacts): PackId | null {
  const settings = live.ofKind("setting").filter(({ statement }) => statement.key === "pack");
  return parseId("PackId", greatestAssertion(settings)?.statement.text);
}
