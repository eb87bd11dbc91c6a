/** What every route of the relay may ask for. Routes get it as a parameter; nothing here is global. */
import type { Context } from "hono";
import type { Challenges } from "./access/challenges.ts";
import type { Rosters } from "./access/rosters.ts";
import type { Sessions } from "./access/sessions.ts";
import type { BlobStore } from "./blob-store/blob-store.ts";
import type { Clock, Log } from "./effects.ts";
import type { RelayLimits } from "./limits.ts";
import type { LiveHub } from "./live/hub.ts";
import type { LogStore } from "./log-store/log-store.ts";
import type { Mailboxes } from "./mailboxes.ts";
import type { TokenBuckets } from "./token-buckets.ts";

/** Stores, limits and the state that lives in memory. */
export interface RelayContext {
  readonly logStore: LogStore;
  readonly blobStore: BlobStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: RelayLimits;
  readonly origin: string;
  readonly challenges: Challenges;
  readonly sessions: Sessions;
  readonly rosters: Rosters;
  readonly mailboxes: Mailboxes;
  readonly hub: LiveHub;
  readonly deviceBuckets: TokenBuckets;
  readonly findBuckets: TokenBuckets;
  readonly membershipBuckets: TokenBuckets;
  /** Who asks, as far as rates go: an address. */
  readonly addressOf: (request: Context) => string;
}
