/** Reading a relay's whole log of a library, for a device that holds nothing of it yet. Nothing is checked or stored here. */
import { err, ok, type Result } from "@albumen/core/primitives/result.ts";
import { pageLimits, type Cursor } from "@albumen/core/wire/page.ts";
import type { SyncError } from "./api.ts";
import type { RelayClient } from "./relay-port.ts";
import { within } from "./timers.ts";

/** The log as the relay shows it. */
export interface WholeLog {
  readonly records: readonly Uint8Array[];
  /** After the last of them. */
  readonly cursor: Cursor;
}

/** Milliseconds that a page may take. */
const pagePatience = 120_000;

/** Reads page after page until the relay's log ends. `progress` hears how many records were read, and how many there are. */
export async function readWholeLog(
  client: RelayClient,
  progress?: (read: number, of: number) => void,
): Promise<Result<WholeLog, SyncError>> {
  const records: Uint8Array[] = [];
  for (let after = 0; ; ) {
    const page = await within(pagePatience, new AbortController().signal, () => client.read(after, pageLimits.records));
    if (page === null) return err({ kind: "unreachable", reason: "the relay does not send the library: try again" });
    if (!page.ok) return err({ kind: page.error.kind === "unreachable" ? "unreachable" : "refused", reason: page.error.reason });
    records.push(...page.value.records);
    const { cursor, last } = page.value;
    progress?.(records.length, Math.max(last, records.length));
    // A relay that claims more and shows nothing new would be read for ever.
    if (cursor.sequence >= last || cursor.sequence <= after || page.value.records.length === 0) return ok({ records, cursor });
    after = cursor.sequence;
  }
}
