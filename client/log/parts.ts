/** What a composition hands to a log: every effect. */
import type { Random } from "@albumen/core/ports/random.ts";
import type { Store } from "@albumen/core/ports/store.ts";
import type { RelayTransport } from "./relay-port.ts";

/** What a composition hands to a log: every effect. */
export interface LogParts {
  readonly store: Store;
  readonly random: Random;
  /** Milliseconds since 1970; for display and time-outs only. */
  readonly clock: () => number;
  readonly transport: RelayTransport;
}
